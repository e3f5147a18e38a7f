"""Suggested names for an alias: drawn at random, so that they say nothing about who wears them."""

import secrets
from collections.abc import Collection

from django.core import signing

from positivesocials.core import wording
from positivesocials.profiles.models import new_salt

PICTURE = "picture of an alias"
TRIES = 20

FIRST = (
    "Amber", "Blue", "Bold", "Brisk", "Bright", "Calm", "Clear", "Copper", "Curious", "Early", "Easy",
    "Fair", "Gentle", "Green", "Happy", "Hazel", "Honest", "Kind", "Late", "Light", "Lucky", "Merry",
    "Mild", "Misty", "Northern", "Patient", "Plain", "Quick", "Quiet", "Rusty", "Silver", "Slow", "Soft",
    "Southern", "Steady", "Sunny", "Tidy", "Velvet", "Warm", "Wandering", "Western", "Winter",
)  # fmt: skip
SECOND = (
    "Acorn", "Anchor", "Apple", "Badger", "Basket", "Beech", "Bicycle", "Bridge", "Button", "Candle",
    "Cloud", "Curlew", "Fern", "Fig", "Finch", "Garden", "Hare", "Harbour", "Heron", "Kettle", "Ladder",
    "Lantern", "Lark", "Maple", "Meadow", "Mitten", "Mountain", "Otter", "Owl", "Pebble", "Pine", "Plum",
    "Quilt", "River", "Robin", "Sparrow", "Stone", "Teapot", "Thistle", "Violin", "Willow", "Window", "Wren",
)  # fmt: skip


def draw_picture() -> str:
    """A picture for an alias, as it goes into a form: nobody chooses one that somebody has already."""
    return signing.Signer(salt=PICTURE).sign(new_salt())


def picture(drawn: str) -> str:
    """The salt that was drawn here; another one for whatever was not."""
    try:
        return signing.Signer(salt=PICTURE).unsign(drawn)
    except signing.BadSignature:
        return new_salt()


def suggest(seen: Collection[str] = ()) -> str:
    """One that nobody wears among the names `seen`, unless so many are worn that none is soon found."""
    drawn = (f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}" for _ in range(TRIES))
    alias = next(drawn)
    while any(wording.is_one_name(alias, name) for name in seen):
        alias = next(drawn, "")
    return alias
