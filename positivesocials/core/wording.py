"""Text made comparable: without case, accents and the marks that Arabic may or may not write. And text made
harmless: what members write, without what cheats the eye.
"""

import re
import unicodedata

_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
# Letters of Cyrillic and Greek that look like Latin ones; then what looks alike among small Latin ones.
_ALIKE = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423"
    "\u0425\u0500\u051a\u051c\u04ba\u04ae\u04c0\u042c\u0430\u0435\u0455\u0456\u0458\u043a"
    "\u043e\u0440\u0441\u0443\u0445\u0501\u051b\u051d\u04bb\u0475\u04af\u04cf\u044c\u043c"
    "\u0442\u043d\u0432"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b3\u03c9\u03b7",
    "ABESIJKMHOPCTYXDQWHYIbaesijkopcyxdqwhvyibmthbABEZHIKMNOPTYXaeikvoptuxywn",
)
_ALIKE_SMALL = str.maketrans("l1|\u0131\u0269\u02510\u00f8\u0261", "iiiiiaoog")
_TOKEN = re.compile(r"\w+|[^\w\s]")
LONGEST = 5000
# Each gap between words of a pattern is bounded, so that no text takes long.
GAP = r"(?:\W+\w+){0,5}?\W*"
# Embeddings, overrides and isolates turn what stands beside them; each block finds its own direction.
_TURNING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
# Controls but tab and newline, and the two separators that break a line where none is seen.
_CONTROLS = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF]
_CHEATING = dict.fromkeys([*_TURNING, *_CONTROLS])
_MARKS = dict.fromkeys([0x200E, 0x200F, 0x061C])


def harmless(text: str) -> str:
    """What was typed, without controls and marks that turn the line; line ends as one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHEATING).strip()


def one_line(text: str) -> str:
    """The same for a name: single spaces, and no mark of direction at all."""
    return " ".join(harmless(text).translate(_MARKS).split())


def is_seen(text: str) -> bool:
    """Whether there is a letter, number or sign in it, and not only what leaves the page blank."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text)


def is_one_name(first: str, second: str) -> bool:
    """Whether two names read as one, whatever case, width, accents, spaces or unseen marks they were typed
    with, and from whichever of the scripts that share their letters.
    """
    return folded(one_line(first)) == folded(one_line(second)) or _looks_of(first) == _looks_of(second)


def _looks_of(name: str) -> str:
    """Letters that look alike are one here; so are names that differ in what stands between them."""
    plain = unicodedata.normalize("NFKC", one_line(name)).translate(_ARABIC)
    apart = unicodedata.normalize("NFKD", plain)
    # Before the case is taken away: capitals look like other letters than small ones do.
    seen = "".join(sign for sign in apart if unicodedata.category(sign)[0] in "LNS").translate(_ALIKE)
    looks = seen.casefold().translate(_ALIKE_SMALL).replace("rn", "m").replace("vv", "w")
    return looks or folded(one_line(name))


def folded(text: str, *, longest: int = LONGEST) -> str:
    if text.isascii():
        return text.translate(_QUOTES).casefold()[:longest]
    # The letters first: taking accents off would split those of Arabic apart.
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_ARABIC)
    apart = unicodedata.normalize("NFKD", plain.casefold())
    kept = "".join(letter for letter in apart if not unicodedata.category(letter).startswith(("M", "Cf")))
    # A single sign can stand for a whole sentence: a text must not grow by being folded.
    return kept[:longest]


def tokens(text: str) -> list[str]:
    """The words and signs of a text, folded, without the marks between them."""
    found = _TOKEN.findall(folded(text))
    return [token for token in found if not unicodedata.category(token[0]).startswith(("P", "Z"))]


def one_of(*patterns: str) -> re.Pattern[str]:
    """Any of these, in folded text. `~` stands for a few words in between."""
    return re.compile("|".join(f"(?:{pattern.replace('~', GAP)})" for pattern in patterns))
