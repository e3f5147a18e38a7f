"""A guide's Markdown cut into sections, with what its marks name filled in.

`[^who_2024]` is a source, `{{hiv.signs}}` the value of a claim, `![](picture:KEY)` a picture. What names
a claim that may not be printed falls away: the list item, the table row or the paragraph.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from positivesocials.articles import directives
from positivesocials.articles.directives import ANY_PICTURE, DIRECTIVE, PICTURE, UUID, Directive
from positivesocials.articles.sourcing import Book, Numbered, Pictured
from positivesocials.claims.selectors import Fact, Facts, Source
from positivesocials.core import markdown

KEY = r"^[a-z0-9_-]+$"
HEADING = re.compile(r"^## +(.+?) *#*$", re.MULTILINE)
MARK = re.compile(r"\[\^([a-z0-9_-]+)\]")
CLAIM = re.compile(r"\{\{ *([a-z0-9_.-]+) *\}\}")
EITHER = re.compile(r"\[\^([a-z0-9_-]+)\]|\{\{ *([a-z0-9_.-]+) *\}\}")
ANY = re.compile(r"\{\{(.*?)\}\}")
ALONE = re.compile(r"<p>\{\{ *(table|list|window|picture) +([a-z0-9_ -]+?) *\}\}</p>")
ON_ITS_LINE = re.compile(r"^ *(\{\{ *(?:table|list|window) [^}\n]*\}\}) *$", re.MULTILINE)
FENCE = re.compile(r"^::: *(warning|do|dont) *\n(.*?)^::: *$", re.MULTILINE | re.DOTALL)
FENCE_LINE = re.compile(r"^:::.*$", re.MULTILINE)
# Where a section keeps its place under a heading in other words: `## En resumen {#in-short}`.
ANCHOR = re.compile(r"(.+?) *\{#([\w-]+)\}")
PICTURED = re.compile(
    rf'<img src="[^"]*?({UUID})\.webp" (alt="([^"]*)"[^>]*)>(<figcaption.*?</figcaption>)?', re.DOTALL
)
ACROSS = re.compile(r'href="/guides/([\w-]+)/(?:#([\w-]+))?"')
TO_GUIDE = re.compile(
    r'<a href="(/guides/[^"/?#]+(?:/in/[^"/?#]+)?)/?(?:[?#][^"]*)?"[^>]*>(.*?)</a>', re.DOTALL
)
SHORT, NOW = "in-short", "when-to-get-help-now"
BOXES = {
    "warning": ("note mark", _("Take care")),
    "do": ("note yes", _("Do")),
    "dont": ("note no", _("Do not")),
}


@dataclass(frozen=True)
class Section:
    anchor: str
    heading: str
    html: SafeString
    is_short: bool = False
    is_urgent: bool = False


@dataclass(frozen=True)
class Parts:
    opening: SafeString
    sections: list[Section]
    sources: list[Numbered]


@dataclass(frozen=True)
class Named:
    """What a text names, whether or not it is known. `odd` is what looks like a mark and means nothing."""

    claims: list[str]
    sources: list[str]
    blocks: list[Directive]
    odd: list[str]
    pictures: list[str]


def read(
    text: str,
    facts: Facts,
    extra: Sequence[Source] = (),
    *,
    language: str = "en",
    prefix: str = "",
    pictures: Mapping[str, Pictured] | None = None,
) -> Parts:
    """Sources are numbered in the order in which the page first names them; unnamed ones come last."""
    with translation.override(language):
        is_rtl = translation.get_language_bidi()
        book = Book(facts, extra, prefix=prefix, is_rtl=is_rtl, pictures=pictures)
        opening, *cut = HEADING.split(_clean(text))
        sections = _sections(zip(cut[::2], cut[1::2], strict=True), book)
        return Parts(_html(opening, book), list(sections), book.listed())


def leading_to(parts: Parts, open_paths: Collection[str]) -> Parts:
    """Links to guides that nobody can open now fall away, and their words stand without them."""

    def link(found: re.Match[str]) -> str:
        return found[0] if f"{found[1]}/" in open_paths else found[2]

    return _changed(parts, lambda said: TO_GUIDE.sub(link, said))


def in_one_file(parts: Parts, slugs: Collection[str], carry: Callable[[str], str]) -> Parts:
    """Among guides of one file, links between them stay in it, and all others lead to the site.

    `carry` gives for the key of a picture an address that needs no network and holds all of it, or nothing:
    then its words stand in its place.
    """

    def picture(found: re.Match[str]) -> str:
        if address := carry(found[1]):
            return f'<img src="{address}" {found[2]}>{found[4] or ""}'
        return f"<p>{escape(_('Picture:'))} {found[3]}</p>{found[4] or ''}"

    def link(found: re.Match[str]) -> str:
        slug, anchor = found.groups()
        return f'href="#{slug}{f"-{anchor}" if anchor else ""}"' if slug in slugs else found[0]

    def html(said: str) -> str:
        return ACROSS.sub(link, PICTURED.sub(picture, said)).replace('href="/', f'href="{settings.ORIGIN}/')

    return _changed(parts, html)


def _changed(parts: Parts, change: Callable[[str], str]) -> Parts:
    def html(said: SafeString) -> SafeString:
        return mark_safe(change(said))  # noqa: S308 - It was clean, and addresses of ours came or went.

    cut = [replace(section, html=html(section.html)) for section in parts.sections]
    return replace(parts, opening=html(parts.opening), sections=cut)


def named(text: str) -> Named:
    text = _clean(text)
    inside = [words.strip() for words in ANY.findall(text)]
    blocks = [directives.parse(*found) for found in DIRECTIVE.findall(text)]
    claims = [words for words in inside if CLAIM.fullmatch(f"{{{{{words}}}}}") and "." in words]
    known = {*claims, *(match[0].strip("{} ") for match in DIRECTIVE.finditer(text))}
    odd = [words for words in inside if words not in known]
    odd += ANY_PICTURE.findall(PICTURE.sub("", text))
    return Named(_once(claims), _once(MARK.findall(text)), blocks, _once(odd), pictures_in(text))


def pictures_in(text: str) -> list[str]:
    return _once([found[2] for found in PICTURE.finditer(text.replace("\r\n", "\n"))])


def printed_from(text: str, facts: Facts) -> list[Fact]:
    """The facts that a text prints now: those it names, and those that its blocks are drawn from."""
    found = named(text)
    by_name = (facts.get(key) for key in found.claims)
    in_blocks = (facts.of(*about) for block in found.blocks for about in block.drawn_from)
    return [*filter(None, by_name), *chain.from_iterable(in_blocks)]


def _once(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _clean(text: str) -> str:
    """One kind of line end, and each block apart from the words around it."""
    apart = ON_ITS_LINE.sub(r"\n\1\n", text.replace("\r\n", "\n"))
    return PICTURE.sub(lambda found: f"\n{found[0].strip()}\n", apart)


def _sections(cut: Iterator[tuple[str, str]], book: Book) -> Iterator[Section]:
    whole = list(cut)
    named = anchored(heading for heading, _text in whole)
    for (heading, anchor), (_words, body) in zip(named, whole, strict=True):
        html = _html(body, book)
        # All of it has fallen away: a heading alone would promise what is not there.
        if html or not body.strip():
            yield Section(f"{book.prefix}{anchor}", heading, html, anchor == SHORT, anchor == NOW)


def anchored(headings: Iterable[str]) -> list[tuple[str, str]]:
    """Each heading as it is read, and the anchor below which its section stands: once on a page."""
    taken: set[str] = set()
    found = []
    for words in headings:
        named = ANCHOR.fullmatch(words)
        heading = named[1] if named else words
        plain = named[2] if named else slugify(heading, allow_unicode=True) or "part"
        anchor = plain if plain not in taken else f"{plain}-{len(taken)}"
        taken.add(anchor)
        found.append((heading, anchor))
    return found


def headings_in(text: str) -> list[str]:
    return [heading for heading, _anchor in anchored(HEADING.findall(text))]


def _html(text: str, book: Book) -> SafeString:
    """Boxes and what lies between them, in the order in which they stand."""
    between, *rest = FENCE.split(text)
    html = [_prose(between, book)]
    for kind, inside, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        html += [_box(kind, _prose(inside, book)), _prose(after, book)]
    # Markdown has been cleaned; what was put into it is escaped where it is made.
    return mark_safe("".join(html))  # noqa: S308


def _box(kind: str, inside: str) -> str:
    if not inside:
        return ""
    css, title = BOXES[kind]
    return f'<div class="{css}" role="group"><div><p><b>{escape(title)}</b></p>{inside}</div></div>'


def _prose(text: str, book: Book) -> str:
    """The text is clean before the marks become links and figures that we build ourselves."""

    def mark(found: re.Match[str]) -> str:
        if found[1]:
            return book.mark_of(found[1])
        fact = book.facts.get(found[2])
        return book.told(fact) if fact else ""

    pictures: list[re.Match[str]] = []

    def put_aside(found: re.Match[str]) -> str:
        """Words about a picture are no Markdown. What an editor wrote so has fallen away before."""
        pictures.append(found)
        return f"{{{{picture {len(pictures) - 1}}}}}"

    html = markdown.render_page(PICTURE.sub(put_aside, _printable(text, book))).strip()
    if book.prefix:
        html = html.replace('href="#', f'href="#{book.prefix}')
    pieces = ALONE.split(html)
    # Marks are numbered from the top down, in the prose and in the blocks alike.
    told = [EITHER.sub(mark, pieces[0])]
    for kind, words, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        told += [_block(kind, words, pictures, book), EITHER.sub(mark, after)]
    return "".join(told)


def _block(kind: str, words: str, pictures: Sequence[re.Match[str]], book: Book) -> str:
    if kind != "picture":
        return directives.render(directives.parse(kind, words), book)
    alt, key, below = pictures[int(words)].groups(default="")
    return directives.draw_picture(alt, key, below, book)


def _printable(text: str, book: Book) -> str:
    """The text without what names a claim that may not be printed."""
    gone = [lines for lines, words in markdown.smallest_parts(text) if not _may_print(words, book)]
    if not gone:
        return text
    left_out = {number for lines in gone for number in lines}
    return "".join(
        line for number, line in enumerate(text.splitlines(keepends=True)) if number not in left_out
    )


def _may_print(words: str, book: Book) -> bool:
    without = DIRECTIVE.sub("", words)
    return all(book.facts.get(inside.strip()) is not None for inside in ANY.findall(without))
