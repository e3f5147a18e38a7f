"""Reading a WordPress export (WXR) as a stream: what is kept of a file is one item at a time.

Settings of plugins (`postmeta`, `termmeta`, `commentmeta`), serialised PHP among them, are passed over.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _

from positivesocials.core.refusals import Refused

VERSIONS = {"1.0", "1.1", "1.2"}
CHUNK = 64 * 1024
LARGEST_ITEM = 32 * 1024 * 1024
LONGEST_TAG = 1024 * 1024
ELEMENT = 200  # What an element takes in memory, however short it is.
MOST_AUTHORS = 100_000
DEEPEST = 100
EXPORT = ("http://wordpress.org/export/", "https://wordpress.org/export/")
SPACES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "": "",
}
CHANNEL, ITEM = "rss/channel", "rss/channel/item"
COMMENT, AUTHOR = "rss/channel/item/wp:comment", "rss/channel/wp:author"
META = "rss/channel/item/wp:postmeta"
ALT = "_wp_attachment_image_alt"
HOLDERS = {CHANNEL, ITEM, COMMENT, AUTHOR, META}
WANTED = {
    *("title", "link", "wp:wxr_version", "wp:base_site_url", "wp:base_blog_url"),
    *("wp:author_login", "wp:author_display_name"),
    *("pubDate", "guid", "category", "dc:creator", "content:encoded", "excerpt:encoded"),
    *("wp:post_id", "wp:post_date", "wp:post_date_gmt", "wp:post_name", "wp:post_type", "wp:post_password"),
    *("wp:status", "wp:is_sticky", "wp:comment_status", "wp:attachment_url", "wp:post_parent"),
    *("wp:meta_key", "wp:meta_value"),
    *("wp:comment_id", "wp:comment_author", "wp:comment_author_email", "wp:comment_content"),
    *(
        "wp:comment_date",
        "wp:comment_date_gmt",
        "wp:comment_approved",
        "wp:comment_type",
        "wp:comment_parent",
    ),
}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Term:
    """What an item is filed under: `domain` is the taxonomy."""

    domain: str
    name: str


@dataclass
class Comment:
    line: int
    texts: dict[str, str] = field(default_factory=dict)


@dataclass
class Item:
    """One post, page or other thing, with the texts of its own elements by name."""

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


@dataclass
class Channel:
    """What stands above the items."""

    texts: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)

    @property
    def site(self) -> str:
        """Where it was published: what makes the numbers of its posts unlike those of another site."""
        known = (
            self.texts.get(name, "") for name in ("wp:base_blog_url", "wp:base_site_url", "link", "title")
        )
        return next((name for name in known if name), "")


def refused(line: int, reason: str) -> Refused:
    return Refused(_("Line %(line)d: %(reason)s Nothing was brought in.") % {"line": line, "reason": reason})


class Reader:
    """Pushes a file through expat. `channel` fills as it is read."""

    def __init__(self) -> None:
        self.channel = Channel()
        self.version = ""
        self._ready: list[Item] = []
        self._path: list[str] = []
        self._item: Item | None = None
        self._meta = ""
        self._comment: Comment | None = None
        self._author: dict[str, str] = {}
        self._text: list[str] | None = None
        self._attributes: dict[str, str] = {}
        self._line = self._size = self._kept = self._channel_line = 0
        self._parser = self._new_parser()

    def _new_parser(self) -> "expat.XMLParserType":
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = CHUNK
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        # A document type is where bombs and files of the server come from; no export has one.
        parser.StartDoctypeDeclHandler = self._no_document_type
        parser.EntityDeclHandler = self._no_document_type
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        return parser

    def items(self, path: Path, progress: Progress) -> Iterator[Item]:
        """The items in their order. Refuses with the line where a file is wrong."""
        if not path.is_file():
            # A pipe cannot be read twice, and would be waited for without end.
            raise Refused(_("Cannot read %s.") % path)
        try:
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    self._feed(chunk)
                    progress(len(chunk))
                    yield from self._taken()
            self._feed(b"", is_last=True)
        except OSError:
            raise Refused(_("Cannot read %s.") % path) from None
        yield from self._taken()
        self._must_have_a_version(max(1, self._channel_line))

    def _taken(self) -> list[Item]:
        ready, self._ready = self._ready, []
        return ready

    def _feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            what = expat.errors.messages.get(error.code, "")
            raise refused(
                error.lineno, _("this is not well-formed XML (%s), or the file was cut here.") % what
            ) from None
        except (LookupError, ValueError):
            # Of encodings that expat itself does not know, those of one byte a letter are looked up.
            raise refused(1, _("the encoding that it declares cannot be read: save it as UTF-8.")) from None
        self._size += len(chunk)
        if self._size - self._parser.CurrentByteIndex > LONGEST_TAG:
            raise refused(self._parser.CurrentLineNumber, _("a tag here is longer than any export has."))

    def _no_document_type(self, *_declared: object) -> None:
        raise refused(
            self._parser.CurrentLineNumber,
            _("a document type or an entity is declared here: no export does."),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(_named(name))
        here = "/".join(self._path)
        self._text, self._attributes, self._line = None, attributes, self._parser.CurrentLineNumber
        if len(self._path) > DEEPEST:
            raise refused(self._line, _("elements are nested deeper here than any export has."))
        if len(self._path) == 1 and here != "rss":
            raise refused(
                self._line, _("this is no WordPress export: it begins with another element than “rss”.")
            )
        if here == CHANNEL:
            self._channel_line = self._line
        elif here == ITEM:
            self._item, self._kept = Item(self._line), 0
        elif here == COMMENT:
            self._comment = Comment(self._line)
        elif here == AUTHOR:
            self._author = {}
        elif "/".join(self._path[:-1]) in HOLDERS and self._path[-1] in WANTED:
            self._text = []
        self._grow(ELEMENT if self._item else 0)

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)
            self._grow(len(text))

    def _grow(self, size: int) -> None:
        self._kept += size
        if self._kept > LARGEST_ITEM:
            line = self._item.line if self._item else self._line
            raise refused(line, _("what begins here is larger than 32 MB."))

    def _end(self, _name: str) -> None:
        here, inside = "/".join(self._path), "/".join(self._path[:-1])
        name = self._path.pop()
        if self._text is not None:
            self._keep(inside, name, "".join(self._text))
            self._text = None
        elif here == COMMENT and self._item and self._comment:
            self._item.comments.append(self._comment)
            self._comment = None
        elif here == AUTHOR and len(self.channel.authors) < MOST_AUTHORS:
            login = self._author.get("wp:author_login", "").strip()
            self.channel.authors[login] = self._author.get("wp:author_display_name", "").strip()
        elif here == ITEM and self._item:
            self._ready.append(self._item)
            self._item = None

    def _keep(self, inside: str, name: str, text: str) -> None:
        if inside == ITEM and self._item:
            if name == "category":
                self._item.terms.append(Term(self._attributes.get("domain", ""), text.strip()))
            else:
                self._item.texts.setdefault(name, text)
                self._item.lines.setdefault(name, self._line)
        elif inside == COMMENT and self._comment:
            self._comment.texts.setdefault(name, text)
        elif inside == META and self._item:
            self._keep_alt(name, text)
        elif inside == AUTHOR:
            self._author.setdefault(name, text)
        elif inside == CHANNEL:
            self._kept = 0
            self.channel.texts.setdefault(name, text.strip())
            if name == "wp:wxr_version":
                self.version = text.strip()
                self._must_have_a_version(self._line)

    def _keep_alt(self, name: str, text: str) -> None:
        """Of what plugins and WordPress itself keep, only what a picture shows."""
        if name == "wp:meta_key":
            self._meta = text.strip()
        elif self._meta == ALT and self._item:
            self._item.texts.setdefault("alt", text)

    def _must_have_a_version(self, line: int) -> None:
        if self.version in VERSIONS:
            return
        if self.version:
            reason = _("“%s” is no version of WordPress exports that is known here (1.0, 1.1, 1.2).")
            raise refused(line, reason % self.version[:40])
        raise refused(line, _("the version of the export (wp:wxr_version) is missing here."))


def _named(name: str) -> str:
    space, _space, local = name.rpartition(" ")
    if space.startswith(EXPORT):
        return f"excerpt:{local}" if space.rstrip("/").endswith("excerpt") else f"wp:{local}"
    known = SPACES.get(space)
    return f"?{local}" if known is None else f"{known}{local}"


def check(path: Path, progress: Progress) -> int:
    """Read the whole file before anything is written, so that a cut or wrong one leaves nothing behind."""
    return sum(1 for _item in Reader().items(path, progress))


def read(path: Path, progress: Progress) -> tuple[Channel, Iterator[Item]]:
    reader = Reader()
    return reader.channel, reader.items(path, progress)


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        raise Refused(_("Cannot read %s.") % path) from None
