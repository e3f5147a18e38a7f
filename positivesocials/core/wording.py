"""Text made comparable: without case, accents and the marks that Arabic may or may not write."""

import re
import unicodedata

_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_TOKEN = re.compile(r"\w+|[^\w\s]")
LONGEST = 5000
# Each gap between words of a pattern is bounded, so that no text takes long.
GAP = r"(?:\W+\w+){0,5}?\W*"


def folded(text: str) -> str:
    # The letters first: taking accents off would split those of Arabic apart.
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_ARABIC)
    apart = unicodedata.normalize("NFKD", plain.casefold())
    kept = "".join(letter for letter in apart if not unicodedata.category(letter).startswith(("M", "Cf")))
    # A single sign can stand for a whole sentence: a text must not grow by being folded.
    return kept[:LONGEST]


def tokens(text: str) -> list[str]:
    """The words and signs of a text, folded, without the marks between them."""
    found = _TOKEN.findall(folded(text))
    return [token for token in found if not unicodedata.category(token[0]).startswith(("P", "Z"))]


def one_of(*patterns: str) -> re.Pattern[str]:
    """Any of these, in folded text. `~` stands for a few words in between."""
    return re.compile("|".join(f"(?:{pattern.replace('~', GAP)})" for pattern in patterns))
