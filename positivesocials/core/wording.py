"""Text made comparable: without case, accents and the marks that Arabic may or may not write. And text made
harmless: what members write, without what cheats the eye.
"""

import re
import unicodedata

_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
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
    """Whether two names read as one, whatever case, width, accents or unseen marks they were typed with."""
    return folded(one_line(first)) == folded(one_line(second))


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
