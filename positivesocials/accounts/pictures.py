"""Square pictures that a phone reads."""

import segno
from django.utils.safestring import SafeString, mark_safe


def square(text: str) -> SafeString:
    """A QR code as SVG, dark on light in any theme, to stand inside a page."""
    picture = segno.make(text, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000")
    return mark_safe(picture)  # noqa: S308 - drawn here from numbers only.
