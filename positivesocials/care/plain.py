"""Text as phrases are looked for in it: words with one space behind each, a dot where a sentence ends.

Case, accents, apostrophes, marks that are not seen, figures in place of letters and letters written several
times make no difference: "I caaan't" and "i can not" are the same. Everything takes linear time.
"""

import re
from collections.abc import Iterable

from positivesocials.core.wording import folded

# A post has at most 100,000 signs; a few of them stand for more than one when folded.
LONGEST = 120_000
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_TOKEN = re.compile(r"[^\W_]+(?:['*@$][^\W_]{1,60}){0,20}|[.!?;\n…؟؛]+")
_FIGURES = str.maketrans("013457@$", "oieastas")
_HAS_BOTH = re.compile(r"(?=[^\W_]*[a-z])[a-z@$]*[a-z][013457@$]+[a-z][a-z013457@$]*")
_LETTERS_APART = re.compile(r"(?<= )(?:[^\W\d_] ){3,}")
_STARRED = ("suicide", "suicidal", "kill", "killing", "die", "dead", "rape", "raped", "abuse", "cutting")
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
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
    **dict.fromkeys(("sucidal", "suicdal", "suicidle", "suisidal", "sewercidal", "siucidal"), "suicidal"),
    **dict.fromkeys(("sucide", "suicde", "suiside", "suecide", "suacide", "siucide"), "suicide"),
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
    # Folding looks at each sign; plain ASCII needs none of it.
    plain = text[:LONGEST].lower().replace("`", "'") if text.isascii() else folded(text, longest=LONGEST)
    plain = _DRAWN_OUT.sub(r"\1", plain)
    said = f". {' '.join(_words(_TOKEN.findall(plain)))} . "
    return _DOUBLED.sub(r"\1", _LETTERS_APART.sub(_joined, f" {said}"))


def squeezed(word: str) -> str:
    """One word of a phrase, as `words_of` leaves it."""
    return _DOUBLED.sub(r"\1", folded(word))


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
    return letters.group().replace(" ", "") + " "
