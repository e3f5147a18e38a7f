"""Words as they are compared: without case, accents, vowel signs and most endings, whatever the database."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content"
# A number apart from letters, so that "hsv2", "hsv-2" and "HSV 2" are one.
MARKS = "\u0300-\u036f\u064b-\u0652\u0670\u0640"
WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}]|['’ʼ`´](?=[^\W\d_]))*|\d+")
APOSTROPHE = re.compile(r"['’ʼ`´]")
ARABIC = re.compile(r"[\u0600-\u06ff]")
# What is left after marks were taken off: several letters that are written for one.
ARABIC_LETTERS = str.maketrans("ٱىیةک", "اييهك", "ـ")
ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
VOWEL = re.compile(r"[aeiouy]")
LONGEST = 40
SHORTEST_WITH_ENDING = 4


def fold(text: str) -> str:
    """Small letters without marks above or below them; Arabic with one form of each letter."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return plain.translate(ARABIC_LETTERS) if ARABIC.search(plain) else plain


@lru_cache(maxsize=65536)
def folded_word(word: str) -> str:
    """One word as typed, with its ending.

    >>> folded_word("Clamídia's")
    'clamidias'
    """
    plain = APOSTROPHE.sub("", fold(word))[:LONGEST]
    return str(int(plain)) if plain.isdecimal() else plain


LITTLE_WORDS = frozenset(map(folded_word, (CONTENT / "little_words.txt").read_text("utf-8").split()))


@lru_cache(maxsize=65536)
def stem(folded: str) -> str:
    """A folded word without the endings that do not change what it is about.

    >>> [stem(word) for word in ("condoms", "condones", "testing", "tests", "syphilis", "lice")]
    ['condom', 'condon', 'test', 'test', 'syphilis', 'lic']
    """
    if ARABIC.search(folded):
        return _without_article(folded)
    word = folded
    if len(word) < SHORTEST_WITH_ENDING:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and VOWEL.search(rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    return word.removesuffix("e") if len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("es") and len(word) > 5 and word[-3] in "nrlzxsd":
        return word[:-2]
    if word.endswith("s") and word[-2] not in "siu":
        return word[:-1]
    return word


def _without_article(word: str) -> str:
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


def folded_words(text: str) -> list[str]:
    return [folded_word(word) for word in WORD.findall(text)]


def terms(text: str) -> list[str]:
    """What a text is found by, in its order, with the little words."""
    return [stem(folded_word(word)) for word in WORD.findall(text)]


def is_little(folded: str) -> bool:
    """Whether a word says nothing of what is looked for."""
    return folded in LITTLE_WORDS
