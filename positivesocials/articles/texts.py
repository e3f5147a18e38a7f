"""An article as plain text: a headline around "|", a standfirst, paragraphs, then the site's own footer."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from positivesocials.core.refusals import Refused

LARGEST = 1_000_000
LONGEST_TITLE = 250
LONGEST_CATEGORY = 80
LONGEST_STANDFIRST = 600
# From this line on a saved page is no longer the article.
FOOTER = re.compile(r"^leave a (reply|comment)\b.{0,40}$", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NEWS = re.compile(r"\s+news$", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    title: str
    category: str
    standfirst: str
    paragraphs: list[str]


@dataclass(frozen=True)
class _Block:
    line: int
    text: str


def read_file(path: Path) -> Text:
    """The article in a file, or a Refused that names the line where it stops being one."""
    return parse(_decode(_bytes(path)))


def parse(text: str) -> Text:
    blocks = _blocks(text)
    if not blocks:
        raise _refused(1, _("there is no text in this file."))
    title, category = _headline(blocks[0])
    if len(blocks) == 1:
        raise _refused(blocks[0].line, _("the headline is there, but no article follows it."))
    standfirst, body = blocks[1], blocks[2:]
    if not body:
        raise _refused(standfirst.line, _("the article ends after its standfirst."))
    if len(standfirst.text) > LONGEST_STANDFIRST:
        raise _refused(standfirst.line, _("the standfirst is over %d characters.") % LONGEST_STANDFIRST)
    return Text(title, category, standfirst.text, [block.text for block in body])


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(_("Cannot read %s: %s.") % (path, error.strerror or _("not a file"))) from None
    if len(data) > LARGEST:
        raise Refused(_("%s is larger than an article can be.") % path)
    return data


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(line, _("this is not text in UTF-8.")) from None
    if odd := CONTROL.search(text):
        raise _refused(text.count("\n", 0, odd.start()) + 1, _("this is not text."))
    return text


def _blocks(text: str) -> list[_Block]:
    """Paragraphs of the article with the line each starts on; lines that were wrapped are joined again."""
    blocks: list[_Block] = []
    is_new = True
    for number, line in enumerate(text.splitlines(), start=1):
        words = " ".join(line.split())
        if FOOTER.match(words):
            break
        if words and is_new:
            blocks.append(_Block(number, words))
        elif words:
            blocks[-1] = _Block(blocks[-1].line, f"{blocks[-1].text} {words}")
        is_new = not words
    return blocks


def _headline(block: _Block) -> tuple[str, str]:
    title, bar, rest = block.text.partition("|")
    title, category = title.strip(), NEWS.sub("", rest.strip())
    if not bar or not title or not category:
        raise _refused(block.line, _("a headline was expected here: a title, “|” and a category."))
    if len(title) > LONGEST_TITLE or len(category) > LONGEST_CATEGORY:
        raise _refused(block.line, _("this headline is too long."))
    return title, category


def _refused(line: int, reason: str) -> Refused:
    return Refused(_("Line %(line)d: %(reason)s") % {"line": line, "reason": reason})
