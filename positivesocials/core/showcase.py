"""Sample content for the page that shows every part."""

from typing import Any


def page() -> dict[str, Any]:
    return {}
