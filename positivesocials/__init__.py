"""PositiveSocials: information, support and community in sexual health, for individuals and couples."""

__version__ = "0.1.0"
