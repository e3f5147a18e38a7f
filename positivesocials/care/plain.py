"""Text as phrases are looked for in it: words with one space behind each, a dot where a sentence ends.

Case, accents, apostrophes, marks that are not seen, figures in place of letters and letters written several
times make no difference: "I caaan't" and "i can not" are the same. Everything takes linear time.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from positivesocials.core.wording import folded

FOLDER = Path(__file__).parent / "content" / "phrases"
# A post has at most 100,000 signs; a few of them stand for more than one when folded.
LONGEST = 120_000
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_TOKEN = re.compile(r"[^\W_]+(?:['*@$][^\W_]{1,60}){0,20}|[.!?;\n…؟؛]+")
_FIGURES = str.maketrans("013457@$", "oieastas")
_HAS_BOTH = re.compile(r"(?=[^\W_]*[a-z])[a-z@$]*[a-z][013457@$]+[a-z][a-z013457@$]*")
# However it is spelt: suicidl, suisidee, sewercide.
_SUICIDE = re.compile(r"s(?:u|ew|iu|ue|oo)[iyea]?r?[csz]{1,2}[iyea]?d[iyae]{0,2}(l?)l?e?")
_NO_LETTER = re.compile(r"[\W_]")
# Of Latin letters, of marks, and pictures.
_USUAL_SIGNS = ((0xA0, 0x250), (0x2000, 0x2070), (0x2600, 0x2800), (0x1F300, 0x1FB00), (0xFE0F, 0xFE10))
_LETTERS_APART = re.compile(r"(?<= )(?:[^\W\d_] ){3,}")
_STARRED = ("suicide", "suicidal", "kill", "killing", "die", "dead", "rape", "raped", "abuse", "cutting")
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_APART = ("i'm", "i've", "i'd", "i'll", "don't", "can't", "didn't", "it's", "he's", "she's", "isn't")
_IS = {"he", "she", "it", "that", "there", "what", "who", "life", "everything", "nothing", "nobody"}
_SHORT = {
    "im": "i am",
    "ive": "i have",
    "id": "i would",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "cant": "can not",
    "cannot": "can not",
    "couldnt": "could not",
    "wont": "will not",
    "wouldnt": "would not",
    "isnt": "is not",
    "wasnt": "was not",
    "arent": "are not",
    "havent": "have not",
    "hasnt": "has not",
    "hadnt": "had not",
    "wanna": "want to",
    "gonna": "going to",
    "hes": "he is",
    "shes": "she is",
    "theyre": "they are",
    "theres": "there is",
    "whats": "what is",
    "youre": "you are",
    "u": "you",
    "anymore": "any more",
    "bf": "boyfriend",
    "gf": "girlfriend",
    "hubby": "husband",
    "mum": "mother",
    "mom": "mother",
    "dad": "father",
    "selfharm": "self harm",
    "rn": "right now",
    "2nite": "tonight",
    "tonite": "tonight",
    "alot": "a lot",
    "idk": "i do not know",
    "idc": "i do not care",
    "wana": "want to",
    "gona": "going to",
    "dieing": "dying",
    "urself": "yourself",
    "myslef": "myself",
    "cuz": "because",
    "bc": "because",
    "nd": "and",
    "kiero": "quiero",
    "q": "que",
    "xq": "porque",
    "pq": "porque",
}


def words_of(text: str) -> str:
    """` i want to die . `: what the phrases are compared with."""
    usual = _usual_words()
    # A sign between spaces ends a sentence, as the end of a line does.
    plain = _plain(text[:LONGEST]).replace("\n", " . ")
    # Most words are usual ones, and only the others are looked at.
    words = [usual.get(word) or _said(word) for word in plain.split()]
    said = _LETTERS_APART.sub(_joined, f" . {' '.join(filter(None, words))} . ")
    while " . . " in said:
        said = said.replace(" . . ", " . ")
    return said


def squeezed(word: str) -> str:
    """One word of a phrase, as `words_of` leaves it."""
    return _DOUBLED.sub(r"\1", folded(word))


@cache
def usual_words() -> tuple[str, ...]:
    """Of all languages, the most usual ones first: only how long a search takes hangs on them."""
    _, _, words = (FOLDER / "usual.txt").read_text(encoding="utf-8").partition("\n")
    return tuple(words.split())


@cache
def _usual_words() -> dict[str, str]:
    words = (*usual_words(), *_SHORT, *_APART)
    return {f"{word}{mark}": _said(f"{word}{mark}") for word in words for mark in ("", ",", ".", "?", "!")}


def _plain(text: str) -> str:
    """Folded. Folding looks at each sign, and is spared where a table of the usual ones does."""
    if not text.isascii():
        text = text.translate(_folded_signs())
    return text.lower().replace("`", "'") if text.isascii() else folded(text, longest=LONGEST)


@cache
def _folded_signs() -> dict[int, str]:
    """Letters with accents, quotes, dashes, and pictures, which are no part of a word."""
    signs = (chr(code) for start, end in _USUAL_SIGNS for code in range(start, end))
    plain = ((sign, folded(sign)) for sign in signs)
    return {ord(sign): said if said.isascii() else _NO_LETTER.sub(" ", said) for sign, said in plain}


def _said(written: str) -> str:
    """What stands between two spaces, without the marks around it."""
    if written.isalpha():
        plain = _DRAWN_OUT.sub(r"\1", written)
        said = _SHORT.get(plain) or _spelt(plain)
    else:
        said = " ".join(_words(_TOKEN.findall(_DRAWN_OUT.sub(r"\1", written))))
    return _DOUBLED.sub(r"\1", said)


def _spelt(word: str) -> str:
    found = _SUICIDE.fullmatch(word) if len(word) > 5 else None
    return ("suicidal" if found[1] else "suicide") if found else word


def _words(tokens: Iterable[str]) -> Iterable[str]:
    for token in tokens:
        if not token[0].isalnum():
            yield "."
        elif "'" in token:
            yield from _apart(token)
        elif token.isalpha() or token.isdecimal():
            yield _SHORT.get(token, token)
        else:
            yield _uncovered(token)


def _apart(token: str) -> Iterable[str]:
    """can't, I'm, friend's."""
    bare = token.replace("'", "")
    word, _, ending = token.rpartition("'")
    if bare in _SHORT:
        yield _SHORT[bare]
    elif ending == "t" and word.endswith("n"):
        yield f"{word[:-1]} not"
    elif ending in _ENDINGS:
        yield f"{word} {_ENDINGS[ending]}"
    elif ending == "s":
        yield f"{word} {'is' if word in _IS else 's'}"
    else:
        yield bare


def _uncovered(token: str) -> str:
    """k1ll, su*cide."""
    if "*" in token:
        return next((word for word in _STARRED if _is_like(token, word)), token.replace("*", ""))
    if _HAS_BOTH.fullmatch(token):
        return token.translate(_FIGURES)
    return _SHORT.get(token, re.sub(r"[*@$]", "", token))


def _is_like(token: str, word: str) -> bool:
    return len(token) == len(word) and all(
        sign in {"*", letter} for sign, letter in zip(token, word, strict=True)
    )


def _joined(letters: re.Match[str]) -> str:
    return squeezed(letters.group().replace(" ", "")) + " "
