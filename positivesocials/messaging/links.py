"""Addresses in what people write: found by local rules, never opened by us."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

# Written out, or names that are hardly anything else. The rest count with something behind a slash.
OFTEN = "com|org|net|info|biz|app|dev|xyz|club|online|site|link|eu|uk|de|es|fr|nl"
NAME = r"(?:[^\W_][\w-]*\.)+"
LINK = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"]+|(?<![\w@.]){NAME}(?:(?:{OFTEN})(?![\w-])(?:/[^\s<>\"]*)?|[^\W\d_]{{2,}}/[^\s<>\"]+)",
    re.IGNORECASE,
)
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\W\d_]{2,}")


def has_link(text: str) -> bool:
    """Whether there is an address of the web or of mail in it."""
    return bool(LINK.search(text) or MAIL.search(text))


@dataclass(frozen=True)
class Address:
    """One address that somebody wrote: as a browser would open it, and the name it leads to.

    `is_strange`: its name has letters that can look like others. `is_open`: anyone on the way can read along.
    """

    url: str
    host: str
    is_strange: bool
    is_open: bool


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in parts; addresses come with which one they are, everything else without."""
    end = 0
    for number, match in enumerate(LINK.finditer(text)):
        found = _bare(match.group())
        yield text[end : match.start()], ""
        yield found, f"link-{number}"
        end = match.start() + len(found)
    yield text[end:], ""


def address_in(text: str, which: str) -> Address | None:
    """The one of them, if it is one that can be opened."""
    found = [part for part, name in pieces(text) if name and name == which]
    return _address(found[0]) if found else None


def _address(written: str) -> Address | None:
    url = written if re.match("https?://", written, re.IGNORECASE) else f"https://{written}"
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    is_strange = not written.isascii() or "xn--" in host or "@" in parts.netloc
    return Address(url, host, is_strange, parts.scheme.lower() == "http") if host else None


def _bare(found: str) -> str:
    """Without the marks that end a sentence, and a bracket that was opened before it."""
    bare = found.rstrip(".,;:!?'\"")
    return bare.rstrip(").,;:!?") if "(" not in bare else bare
