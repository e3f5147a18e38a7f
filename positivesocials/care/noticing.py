"""What a text gives away about somebody, and a picture offered or asked for to tell what one has.

It warns and never forbids; nothing leaves this process and nothing is kept. tests/lines/noticing.txt says
what is noticed and what is not. Every pattern is bounded, so that no text takes long.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from positivesocials.care import diagnosing, names, numbers, streets
from positivesocials.care.traced import Traced


class Kind(StrEnum):
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"
    NAME = "name"
    PICTURE = "picture"  # Offered, so that others say what it is.
    ASKING = "asking"  # For such a picture.


@dataclass(frozen=True)
class Finding:
    kind: Kind
    start: int
    end: int


Finder = Callable[[Traced], Iterator[tuple[int, int]]]
_SITE = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}"
_MAIL = re.compile(rf"(?<![a-z0-9._%+-])[a-z0-9._%+-]{{1,64}}@{_SITE}")
_AT = r"(?:\s{0,3}[\[({<]\s?(?:at|a|arroba|ات)\s?[\])}>]\s{0,3}|\s?[-_*]at[-_*]\s?|\s@\s?)"
_BARE_AT = r"\s(?:at|arroba|arobase|chiocciola|ات)\s"
_DOT = (
    r"\s{0,3}(?:[\[({<]\s?(?:dot|\.|punto|punkt|point|دوت)\s?[\])}>]|\s(?:dot|punto|punkt|point|دوت|نقطه)\s"
    r"|[-_*]dot[-_*]|\s\.\s?)\s{0,3}"
)
_ENDING = (
    r"(?:com|org|net|info|me|io|de|fr|es|uk|co|eu|ch|at|it|nl|mx|ar|cl|eg|sa|lb|us|ca|au|edu|app|pl|se|no"
    r"|dk|be|br|in|ru|ua|tr|nz|ie|pt|gr|cz|hu|ro|biz|email|online)\b"
)
_BOX = (
    r"(?<![a-z0-9._+-])((?:[a-z0-9]{1,30} (?:underscore|dash|hyphen|dot|guion bajo|minus) ){0,3}[a-z0-9._+]"
    r"[a-z0-9._+-]{0,63})"
)
_NAME = r"[a-z0-9-]{2,63}"
_SPELT = (
    re.compile(rf"{_BOX}{_AT}{_NAME}(?:{_DOT}|\.)(?:[a-z]{{2,3}}(?:{_DOT}|\.))?{_ENDING}"),
    # "At example.com" names a page more often than a mailbox.
    re.compile(rf"{_BOX}{_BARE_AT}{_NAME}{_DOT}(?:[a-z]{{2,3}}{_DOT})?{_ENDING}"),
    re.compile(rf"{_BOX}\s(?:arroba|اروبا)\s{_NAME}\.{_ENDING}"),
)
_HOSTS = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|proton(?:mail)?|gmx|live|aol|جيميل|هوتميل|ياهو)"
_HOSTED = re.compile(rf"{_BOX}(?:\s?@\s?|{_AT}|{_BARE_AT})(?:{_HOSTS})(?![a-z])")
# A name with a figure in it, and whose house it is at.
_HOUSED = re.compile(
    rf"(?<![a-z0-9._+-])((?=[a-z._-]{{1,40}}\d)[a-z0-9._-]{{4,64}})"
    rf"\s(?:(?:on|with|via|over) )?(?:{_HOSTS})(?![a-z])"
)
# gmail: kim.b.1990
_LISTED = re.compile(
    rf"\b(?:{_HOSTS}|e-?mail|correo)\s?(?:is|es|:|=|->)\s?((?=[a-z._-]{{0,40}}[\d._])[a-z0-9][a-z0-9._-]{{3,40}}[a-z0-9])"
)
# "Look at example dot org" names a page, not a mailbox.
_LOOKING = {
    *(
        "look",
        "looking",
        "looked",
        "find",
        "found",
        "it",
        "is",
        "read",
        "more",
        "available",
        "see",
        "us",
        "are",
    ),
    *(
        "order",
        "ordered",
        "buy",
        "bought",
        "works",
        "working",
        "work",
        "shop",
        "stay",
        "that",
        "here",
        "guide",
    ),
    *("them", "page", "info", "help", "article", "listed", "was", "chat"),
}


# Without one of these there is no mailbox in a text.
_CLUES = (
    *("@", "dot", "punto", "punkt", "point", "arroba", "arobase", "chiocciola", "دوت", "نقطه", "ات", "اروبا"),
    *(f"{opening}{sign}" for opening in ("(", "[", "{", "<", "-", "_", "*") for sign in ("a", " a")),
    *(
        "mail",
        "outlook",
        "yahoo",
        "icloud",
        "proton",
        "gmx",
        "live",
        "aol",
        "correo",
        "جيميل",
        "هوتميل",
        "ياهو",
    ),
)


def _mails(text: Traced) -> Iterator[tuple[int, int]]:
    if not any(clue in text.plain for clue in _CLUES):
        return
    if "@" in text.plain:
        yield from (found.span() for found in _MAIL.finditer(text.plain))
    for pattern in (*_SPELT, _HOSTED, _HOUSED, _LISTED):
        yield from (found.span() for found in pattern.finditer(text.plain) if found[1] not in _LOOKING)


FINDERS: dict[Kind, Finder] = {
    Kind.PHONE: numbers.phones_in,
    Kind.MAIL: _mails,
    Kind.ADDRESS: streets.addresses_in,
    Kind.NAME: names.names_in,
    Kind.ASKING: diagnosing.asked_for_in,
}


def findings_in(text: str, *, has_picture: bool = False) -> list[Finding]:
    """In the order of the text; each place once."""
    traced = Traced(text)
    spans = [(kind, span) for kind, find in FINDERS.items() for span in find(traced)]
    spans += [(Kind.PICTURE, span) for span in diagnosing.offered_in(traced, has_picture=has_picture)]
    found = [Finding(kind, *traced.place(start, end)) for kind, (start, end) in spans]
    return sorted(_apart(found), key=lambda finding: finding.start)


def _apart(found: list[Finding]) -> Iterator[Finding]:
    """Without what lies inside another finding of its kind."""
    end: dict[Kind, int] = {}
    for one in sorted(found, key=lambda finding: (finding.start, -finding.end)):
        if one.end > end.get(one.kind, -1):
            end[one.kind] = one.end
            yield one
