"""Rich text from the desk to safe HTML: whatever is stored, only these tags leave."""

from functools import cache
from pathlib import Path

import nh3
from django.contrib.staticfiles.finders import find
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "blockquote", "link", "hr"]
TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "blockquote", "h2", "h3", "hr", "a"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def kept_html(source: str) -> str:
    """HTML from elsewhere as it is stored: nothing but what an editor could have written."""
    return nh3.clean(source, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


STYLES = ("core/tokens.css", "articles/guides.css", "articles/kept.css")


def safe_html(source: str) -> SafeString:
    html = nh3.clean(
        expand_db_html(source),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it.


@cache
def style_of_file() -> SafeString:
    """What the file of all guides looks like: it carries its styles along, and no page of the site does."""
    sheets = [Path(str(find(name))).read_text(encoding="utf-8") for name in STYLES]
    return mark_safe(f"<style>{''.join(sheets)}</style>")  # noqa: S308 - these are files of ours.
