"""Markdown to safe HTML. Two dialects: what members write, and the pages that ship with the site.

Raw HTML and images are in neither: an image in a post would tell its host who reads it.
"""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TEXT_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
PAGE_TAGS = TEXT_TAGS | {"h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"http", "https", "mailto"}
# A list and not its items: their marks stand on the side on which the list leaves room for them.
_AUTO = {"dir": "auto"}


@lru_cache(maxsize=1)
def _member_dialect() -> MarkdownIt:
    dialect = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return dialect.disable(["image", "html_inline", "html_block", "heading", "lheading", "code"])


@lru_cache(maxsize=1)
def _page_dialect() -> MarkdownIt:
    dialect = MarkdownIt("commonmark", {"html": False}).enable("table")
    return dialect.disable(["image", "html_inline", "html_block", "code"])


def render(text: str) -> SafeString:
    """What a member wrote. Each block finds its own direction; links carry no weight and no referrer."""
    html = nh3.clean(
        _member_dialect().render(text),
        tags=TEXT_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener noreferrer",
        set_tag_attribute_values=dict.fromkeys(("p", "ul", "ol", "blockquote", "pre"), _AUTO),
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it.


def render_page(text: str) -> SafeString:
    """A page that ships with the site: headings from h2 down and tables as well."""
    html = nh3.clean(
        _page_dialect().render(text),
        tags=PAGE_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES | {"tel"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it.
