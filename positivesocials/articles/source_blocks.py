"""A source that a guide names beside those of the claims, as the desk asks for it."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from positivesocials.articles import sections
from positivesocials.claims.selectors import Source

YEAR = re.compile(r"\d{4}")


class SourceBlock(blocks.StructBlock):  # type: ignore[misc]
    key = blocks.RegexBlock(
        regex=sections.KEY, help_text=_("Short name for the marks in the text, such as [^who_2024].")
    )
    title = blocks.CharBlock(max_length=300)
    publisher = blocks.CharBlock(max_length=120)
    url = blocks.URLBlock(required=False)
    date = blocks.CharBlock(max_length=20, required=False)

    class Meta:
        icon = "link"
        label = _("Source")


def source_of(block: Any) -> Source:
    year = YEAR.search(str(block["date"] or ""))
    url = str(block["url"] or "")
    return Source(block["key"], block["title"], block["publisher"], url, int(year[0]) if year else None)
