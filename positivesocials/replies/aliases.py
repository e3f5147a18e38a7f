"""Suggested names for an alias: drawn at random, so that they say nothing about who wears them."""

import secrets

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


def suggest() -> str:
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"
