"""A picture must never change: members recognise one another by it."""

import hashlib

import pytest

from positivesocials.core import patches

# Computed from the reference drawing of the design.
SUMS = {
    ("Quiet Heron", ""): "c9c7a3ca11976eb4",
    ("Juniper", "k3"): "fa686bdcdb3e2be0",
    ("  \uff2dISTRAL ", "x"): "e1d9f2126549cd7f",
    ("هادئ", "1"): "6c77f6fb513c3571",
    ("🦊 Fox", ""): "f4beaebe96b8786a",
}


def _sum(drawing: str) -> str:
    return hashlib.sha256(drawing.encode()).hexdigest()[:16]


@pytest.mark.parametrize(("persona", "expected"), SUMS.items())
def test_a_patch_is_the_one_of_the_reference(persona, expected):
    assert _sum(patches.patch(*persona)) == expected


def test_a_pair_is_the_one_of_the_reference():
    assert _sum(patches.pair(("Okapi", "a"), ("Lumen", "b"))) == "7c1b9c154a219bff"


def test_capitals_and_spaces_around_a_name_draw_the_same_patch():
    assert patches.patch(" JUNIPER ", "s") == patches.patch("juniper", "s")


def test_another_salt_draws_another_patch():
    assert len({patches.patch("Juniper", str(salt)) for salt in range(50)}) > 45
