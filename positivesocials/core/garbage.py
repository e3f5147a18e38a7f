"""How often Python looks for garbage, and at what. Pages make thousands of objects that go with them."""

import gc

# Objects between two looks: Python's 700 would look at the same ones dozens of times a page.
OFTEN = 20_000


def look_seldom() -> None:
    gc.set_threshold(OFTEN, *gc.get_threshold()[1:])


def settle() -> None:
    """All that is loaded by now stays and is never looked at again: for a server that is ready."""
    gc.collect()
    gc.freeze()
