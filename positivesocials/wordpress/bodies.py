"""The text of a WordPress post as the plain HTML that news are made of, and what of it has no place here."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import nh3
from django.utils.translation import gettext as _

KEPT = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "blockquote", "h2", "h3", "hr", "a"}
BLOCKS = {
    *("div", "section", "article", "figure", "figcaption", "details", "summary", "address", "main"),
    *("aside", "header", "footer", "dd", "tr", "caption", "center", "pre"),
}
RENAMED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", **dict.fromkeys(BLOCKS, "p")}
EMBEDS = {"iframe", "video", "audio", "source", "embed", "track"}
READ = (
    KEPT | set(RENAMED) | EMBEDS | {"img", "table", "thead", "tbody", "tfoot", "td", "th", "dl", "dt", "code"}
)
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "img": {"src", "alt"}, **{tag: {"src"} for tag in EMBEDS}}
SCHEMES = {"http", "https", "mailto", "tel"}
NEVER = re.compile(r"<(script|style|form|svg|math|object|applet)\b", re.I)
BLOCK_START = re.compile(
    r"</?(?:p|div|ul|ol|li|blockquote|h[1-6]|hr|table|t[rdh]|thead|tbody|tfoot|pre|figure|figcaption|section"
    r"|article|dl|dt|dd|form|iframe|video|audio|script|style|address|details|center)\b",
    re.I,
)
OUTER = "p|div|ul|ol|blockquote|h[1-6]|hr|table|figure|section|article|dl|address|center"
OUTER_START = re.compile(rf"<(?:{OUTER})\b", re.I)
OUTER_END = re.compile(rf"</(?:{OUTER})>|<hr\b[^<>]{{0,200}}>", re.I)
SHORTCODE = re.compile(r"\[?\[(/?)([A-Za-z][\w-]{0,39})(\s[^\[\]]{0,2000})?/?\]\]?")
VALUED = re.compile(r"\s[\w-]{1,40}=[\"'\w]")
# Shortcodes that WordPress and its commonest companions know without any value.
KNOWN = {
    *(
        "gallery",
        "caption",
        "wp_caption",
        "embed",
        "audio",
        "video",
        "playlist",
        "googlemaps",
        "youtube",
        "vimeo",
    ),
    *(
        "contact-form",
        "contact-form-7",
        "archives",
        "polldaddy",
        "slideshow",
        "tweet",
        "sitemap",
        "soundcloud",
    ),
}
SILENT = {"caption", "wp_caption", "embed"}
ALONE = re.compile(r"^[ \t]*(https?://[^\s<>\"']{1,2000})[ \t]*$", re.M)
EMPTY = re.compile(r"<(p|li|a|strong|b|em|i|h2|h3|blockquote|ul|ol)(?:\s[^<>]*)?>(?:\s|&nbsp;|<br>)*</\1>")
# Marks that turn the line, and control characters. Line ends and tabs stay.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f]")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
LEFT_OPEN = {
    "p",
    "br",
    "hr",
    "img",
    "input",
    "source",
    "track",
    "embed",
    "td",
    "th",
    "tr",
    "dd",
    "dt",
    "col",
    "li",
}
DEEPEST = 100
INLINE = re.compile(r"</?(?:a|b|i|u|s|em|strong|span|code|sub|sup|small|mark|cite|q)(?:\s[^<>]*)?>", re.I)
TAGS = re.compile(r"<[^<>]*>")
MARKED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass
class Body:
    html: str = ""
    left: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        return words_of(self.html)


def calm(text: str) -> str:
    """Without what would turn the line around or cannot be seen at all."""
    return TURNING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line_of(text: str) -> str:
    """One line of words, whatever markup and breaks it held."""
    # Once more, for what was written as numbers.
    return calm(words_of(calm(text)))


def words_of(markup: str) -> str:
    return " ".join(html.unescape(TAGS.sub(" ", INLINE.sub("", markup))).replace("\xa0", " ").split())


def convert(source: str, *, base: str) -> Body:
    body = Body()
    for tag in sorted({tag.lower() for tag in NEVER.findall(source)}):
        body.left.append((f"<{tag}>", _("Scripts, styles and forms have no place in an article.")))
    has_blocks = "<!-- wp:" in source
    text = _without_shortcodes(_without_comments(calm(source)), body)
    if _depth(text) > DEEPEST:
        body.left.append((_("the markup"), _("It is nested deeper than any page shows: words only.")))
        text = html.escape(words_of(text))
    text = ALONE.sub(_as_link, text)
    text = text if has_blocks else _in_paragraphs(text)
    read = nh3.clean(text, tags=READ, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    walker = _Walker(body, base)
    walker.feed(read)
    walker.close()
    body.html = _tidy(calm("".join(walker.out)))
    return body


def _depth(text: str) -> int:
    """How deep what has to be closed is nested; deep nesting takes a reader of HTML very long."""
    deepest = depth = 0
    for closing, tag in TAG.findall(text):
        if tag.lower() not in LEFT_OPEN:
            depth = max(0, depth + (-1 if closing else 1))
            deepest = max(deepest, depth)
    return deepest


def _without_comments(text: str) -> str:
    """Blocks are marked by comments. An unclosed one is left for the cleaner."""
    out, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        out.append(text[at:start])
        at = end + 3
    return "".join([*out, text[at:]])


def _without_shortcodes(text: str, body: Body) -> str:
    closed = {found[1] for found in SHORTCODE.findall(text) if found[0]}

    def replaced(found: re.Match[str]) -> str:
        whole, name = found.group(0), found.group(2)
        if whole.startswith("[[") and whole.endswith("]]"):
            return whole[1:-1]
        is_one = name in KNOWN or name in closed or VALUED.search(found.group(3) or "")
        if not is_one:
            return whole
        if not found.group(1) and name not in SILENT:
            body.left.append((f"[{name}]", _("Shortcodes do nothing here.")))
        return whole[: whole.startswith("[[")] + whole[len(whole) - whole.endswith("]]") :]

    return SHORTCODE.sub(replaced, text)


def _as_link(found: re.Match[str]) -> str:
    address = html.escape(html.unescape(found.group(1)))
    return f'<p><a href="{address}">{address}</a></p>'


def _in_paragraphs(text: str) -> str:
    """As WordPress shows what was written without blocks: an empty line parts paragraphs."""
    out, at, low = [], 0, text.lower() if text.isascii() else _lowered(text)
    while (start := low.find("<pre", at)) >= 0 and (end := low.find("</pre>", start)) >= 0:
        out += [_parted(text[at:start]), text[start : end + 6]]
        at = end + 6
    return "".join([*out, _parted(text[at:])])


def _lowered(text: str) -> str:
    """In small letters, each still in its place."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _parted(text: str) -> str:
    apart = OUTER_END.sub(r"\g<0>\n\n", OUTER_START.sub(r"\n\n\g<0>", text))
    parts = (part.strip() for part in re.split(r"\n[ \t]*\n", apart))
    return "\n".join(_paragraph(part) for part in parts if part)


def _paragraph(part: str) -> str:
    return part if BLOCK_START.search(part) else f"<p>{part.replace(chr(10), '<br>')}</p>"


class _Walker(HTMLParser):
    """Goes through what the cleaner made well-formed, and writes what news may hold."""

    def __init__(self, body: Body, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.body, self.base = body, base
        self.out: list[str] = []
        self.in_pre = self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._leave_picture(values)
        elif tag in EMBEDS:
            self._link_to(values.get("src", ""))
        elif tag == "table":
            self.body.left.append((_("a table"), _("It stands as lines: articles have no tables.")))
        elif tag in {"td", "th"}:
            self.out.append(" · " if self.cells else "")
            self.cells += 1
        elif tag == "dt":
            self.out.append("<p><strong>")
        elif tag in KEPT or tag in RENAMED:
            self._open(tag, values)

    def _open(self, tag: str, values: dict[str, str]) -> None:
        self.in_pre += tag == "pre"
        self.cells = 0 if tag == "tr" else self.cells
        name, more = RENAMED.get(tag, tag), ""
        if tag == "a" and values.get("href"):
            more = f' href="{html.escape(self._absolute(values["href"]))}"'
        elif tag == "ol" and values.get("start", "").isdigit():
            more = f' start="{values["start"]}"'
        self.out.append(f"<{name}{more}>")

    def handle_endtag(self, tag: str) -> None:
        self.in_pre -= tag == "pre"
        if tag == "dt":
            self.out.append("</strong></p>")
        elif tag in (KEPT | set(RENAMED)) - {"br", "hr"}:
            self.out.append(f"</{RENAMED.get(tag, tag)}>")

    def handle_data(self, data: str) -> None:
        text = html.escape(data, quote=False)
        self.out.append(text.replace("\n", "<br>") if self.in_pre else text)

    def _absolute(self, href: str) -> str:
        try:
            return urljoin(self.base, href)
        except ValueError:
            return ""

    def _leave_picture(self, values: dict[str, str]) -> None:
        what = _("the picture %s") % (values.get("src", "")[:300] or values.get("alt", "")[:100])
        self.body.left.append((what.strip(), _("Pictures stand below a text, not in it.")))

    def _link_to(self, address: str) -> None:
        if address.startswith(("http://", "https://")):
            shown = html.escape(address)
            self.out.append(f'<p><a href="{shown}">{shown}</a></p>')
            self.body.left.append((address[:300], _("What was shown from elsewhere is a link now.")))


def _tidy(markup: str) -> str:
    """Well-formed, and without what is empty once pictures and shortcodes are gone."""
    tidy = nh3.clean(markup, tags=KEPT, attributes={"a": {"href"}, "ol": {"start"}}, link_rel=None)
    for _round in range(4):
        tidy, count = EMPTY.subn("", tidy)
        if not count:
            break
    return re.sub(r"\n\s*\n+", "\n", tidy).strip()


class _Speaker(HTMLParser):
    """The words of a comment with the line ends and addresses that its markup meant."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.href = self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append({"br": "\n", "p": "\n\n", "li": "\n- ", "blockquote": "\n\n> "}.get(tag, ""))
        if tag == "a":
            self.href, self.said = dict(attrs).get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.href and self.href not in self.said:
            self.out.append(f" ({self.href})")
        self.out.append("\n\n" if tag in {"p", "blockquote"} else "")

    def handle_data(self, data: str) -> None:
        self.said += data if self.href else ""
        self.out.append(data)


def spoken(source: str) -> str:
    """A comment as the text of a reply. What a backslash stands before stays as it was written."""
    markup = nh3.clean(
        calm(source),
        tags={"p", "br", "li", "blockquote", "a"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    speaker = _Speaker()
    speaker.feed(markup)
    speaker.close()
    text = MARKED.sub(r"\\\\\\\1", calm("".join(speaker.out)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
