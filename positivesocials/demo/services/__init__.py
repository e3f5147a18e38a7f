"""Seeding the demo community: the only code of the product that invents people."""

from positivesocials.demo.services.seeding import STEPS, seed

__all__ = ["STEPS", "seed"]
