"""Safe HTML: what members write, the pages that ship with the site, and what other sites have published.

The first two are Markdown without raw HTML. Images are in none: an image tells its host who reads it.
"""

import html as entities
import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline, link

TEXT_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
PAGE_TAGS = TEXT_TAGS | {"h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"}
FOREIGN_TAGS = PAGE_TAGS | {"b", "i", "div", "caption"}
# What stands between these is a program, a style or a form, and no text.
NO_TEXT = {
    *("script", "style", "iframe", "object", "embed", "applet", "noscript", "template", "svg", "math"),
    *("textarea", "select", "button", "title", "head", "frameset", "noembed", "noframes", "xmp", "audio"),
    *("video", "canvas", "map"),
}
SCHEMES = {"http", "https", "mailto"}
# Controls, and marks that turn or hide what follows them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]"
)
# What begins or ends here does not run into the word beside it.
APART = re.compile(r"<(?=/?(?:p|div|br|hr|li|ul|ol|dt|dd|h[1-6]|tr|td|th|table|pre|blockquote)\b)", re.I)
LINK = re.compile(r"\[([^\]\[]{0,400})\]\([^)\s]{0,2000}\)")
SIGNS = re.compile(r"[*_`>#|~]+")
# A line of words and of signs that mean nothing in Markdown or HTML.
_LINE = r"[^\W\d_](?:[^\W_]|[ .,;:?!'\"()%/@–—…’‘“”]|-(?=[^\W_]))*(?<! )"
WORDS_ALONE = re.compile(rf"{_LINE}(?:\n+{_LINE})*")
SPACES = re.compile(r"\s+")
# So many brackets of a text may begin no link: for each the parser looks through all that follows.
MOST_FAILED = 100
_FAILED = "brackets that began no link"
# A list and not its items: their marks stand on the side on which the list leaves room for them.
_AUTO = {"dir": "auto"}


@lru_cache(maxsize=1)
def _member_dialect() -> MarkdownIt:
    dialect = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return _patient(dialect.disable(["image", "html_inline", "html_block", "heading", "lheading", "code"]))


@lru_cache(maxsize=1)
def _page_dialect() -> MarkdownIt:
    dialect = MarkdownIt("commonmark", {"html": False}).enable("table")
    return _patient(dialect.disable(["image", "html_inline", "html_block", "code"]))


def _patient(dialect: MarkdownIt) -> MarkdownIt:
    dialect.inline.ruler.at("link", _link)
    return dialect


def _link(state: StateInline, silent: bool) -> bool:
    """A link, as the parser finds it; after too many brackets that began none they are signs as typed."""
    failed = state.env.get(_FAILED, 0)
    if state.src[state.pos] != "[" or failed >= MOST_FAILED:
        return False
    end = parseLinkLabel(state, state.pos, True)
    if end >= 0 and link(state, silent):
        return True
    # One that is closed and leads nowhere, as in "[ ]", cost nothing.
    if end < 0 or state.src.startswith("(", end + 1):
        state.env[_FAILED] = state.env.get(_FAILED, 0) + 1
    return False


def plain(text: str) -> str:
    """What a member wrote, on one line and without the signs of Markdown: for an excerpt, not for safety."""
    return SPACES.sub(" ", SIGNS.sub("", LINK.sub(r"\1", text))).strip()


def render(text: str) -> SafeString:
    """What a member wrote. Each block finds its own direction; links carry no weight and no referrer."""
    if WORDS_ALONE.fullmatch(text):
        return _of_words(text)
    return _of_markdown(text)


def _of_words(text: str) -> SafeString:
    """The same for words alone, as most texts are, without the parser."""
    blocks = (block.replace("\n", "<br>\n") for block in re.split(r"\n{2,}", text))
    drawn = "".join(f'<p dir="auto">{block}</p>\n' for block in blocks)
    return mark_safe(drawn)  # noqa: S308 - Not one sign of HTML is among them.


def _of_markdown(text: str) -> SafeString:
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


def smallest_parts(text: str) -> Iterator[tuple[range, str]]:
    """The lines and words of all that can fall away from a page alone: list items, table rows, paragraphs."""
    around: list[tuple[str, list[int] | None]] = []
    for token in _page_dialect().parse(text):
        if token.nesting > 0:
            around.append((token.type, token.map))
        elif token.nesting < 0:
            around.pop()
        elif token.type == "inline":
            yield _nearest(around), token.content


def _nearest(around: list[tuple[str, list[int] | None]]) -> range:
    whole = [lines for kind, lines in around if lines and kind in {"list_item_open", "tr_open"}]
    first, end = (whole or [lines for _kind, lines in around if lines])[-1]
    return range(first, end)


def clean_foreign(html: str) -> SafeString:
    """What another site has published: text, lists, tables and links to whole addresses, and nothing else.

    A reader's browser fetches nothing of it; its links carry neither weight nor where one came from.
    """
    cleaned = nh3.clean(
        _seen(html),
        tags=FOREIGN_TAGS,
        clean_content_tags=NO_TEXT,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="nofollow noopener noreferrer",
    )
    # Written as numbers they were not seen before.
    return mark_safe(UNSEEN.sub("", cleaned))  # noqa: S308 - nh3 has just cleaned it.


def words_of(html: str) -> str:
    """The text of what another site has published, on one line and without any tag, however often escaped."""
    text = html
    for _round in range(3):
        apart = APART.sub(" <", _seen(text))
        text = entities.unescape(nh3.clean(apart, tags=set(), clean_content_tags=NO_TEXT))
    return " ".join(UNSEEN.sub("", text).split())


def _seen(text: str) -> str:
    """Without what nobody sees, and without halves of characters, which no database keeps."""
    return UNSEEN.sub("", text.encode("utf-8", "ignore").decode())
