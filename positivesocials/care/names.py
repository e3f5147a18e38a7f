"""A whole name: a first one and a family name, where somebody says whose it is."""

import re
from collections.abc import Iterator
from pathlib import Path

from positivesocials.care.traced import Traced

_WORD = r"[^\W\d_](?:[\w'-]{1,24})"
# Names that are no everyday words, for those who write without capital letters.
_FIRST_NAMES = "|".join(
    (Path(__file__).parent / "content" / "first_names.txt").read_text(encoding="utf-8").split()
)
_MINE = re.compile(
    r"\b(?:my (?:full |real |legal )?name(?:'s| is|:)|full name:?|i am called"
    r"|i'm called|my (?:husband|wife|boyfriend|girlfriend|partner|ex|doctor)(?:'s name is"
    r"| is called)"
    rf"|me llamo|mi nombre(?: completo)?(?: es|:)|nombre completo:?|se llama"
    rf"|اسمي(?: الكامل| الحقيقي)?(?: هو)?|انا اسمي)\s{{1,3}}({_WORD}(?: {_WORD}){{1,3}})"
)
_AM = re.compile(
    r"\b(?:i am|i'm|im|this is|it's|soy|yo soy|انا|(?:by my name|sincerely|regards|signed|yours)[,:]?)"
    rf"\s(?:dr\.? )?({_WORD} {_WORD})(?! {_WORD}y\b)"
)
# Of one or two words, which have to be written as names.
_SURNAME = re.compile(
    rf"\bmy (?:surname|last name|family name|maiden name)(?:'s| is|:)\s{{1,2}}({_WORD})(?![\w'-])"
)
_HERS = re.compile(
    r"\b(?:(?:his|her|their|the|whose) (?:full |real )?name(?:'s| is|:)"
    r"|(?:is|was|he's|she's|are) (?:called|named)"
    r"|(?:i )?go by|google (?:me|him|her)[,:]?|look (?:me|him|her) up(?: on \w{2,12})?[,:]?(?: as| under)?"
    r"|(?:facebook|insta|instagram|tiktok|linkedin|snap|snapchat|fb|ig|twitter)"
    r"(?: as| under|:|,|'s| is| i'm| i am)"
    r"|as|under)"
    rf"\s{{1,2}}({_WORD} {_WORD}(?: {_WORD})?)"
)
_LOWER = re.compile(
    rf"(?:\b(?:i am|i'm|im|this is|it's|my (?:real |full )?name is)\s)((?:{_FIRST_NAMES})\s{_WORD})"
    r"(?=\s?(?:[.,!?]|$|from\b|btw\b|by the way\b|speaking\b|writing\b|here\b|aged?\b|\d))"
)
_NO_NAME = frozenset(
    [
        "not",
        "on",
        "in",
        "at",
        "the",
        "a",
        "an",
        "is",
        "was",
        "my",
        "your",
        "it",
        "and",
        "but",
        "or",
        "so",
        "too",
        "very",
        "here",
        "there",
        "from",
        "of",
        "to",
        "for",
        "important",
        "private",
        "secret",
        "nobody",
        "everyone",
        "known",
        "listed",
        "who",
        "what",
        "that",
        "which",
        "because",
        "just",
        "only",
        "really",
        "also",
        "i",
        "im",
        "dont",
        "you",
        "we",
        "they",
        "if",
        "y",
        "o",
        "pero",
        "de",
        "del",
        "la",
        "el",
        "lo",
        "que",
        "no",
        "es",
        "muy",
        "en",
        "con",
        "por",
        "para",
        "un",
        "una",
        "mi",
        "tu",
        "soy",
        "tengo",
        "vivo",
        "estoy",
        "hace",
        "desde",
        "como",
        "tambien",
        "و",
        "عمري",
        "من",
        "عندي",
        "انا",
        "في",
        "ولكن",
        "لكن",
        "ليس",
        "لا",
        "مش",
        "وانا",
        "وعمري",
        "وعندي",
        "وانا",
        "ساكن",
        "مع",
        "عن",
        "هذا",
        "هو",
        "غير",
        "سر",
        "مهم",
    ]
)
# What stands with a capital letter behind "I am" and is no name.
_WHAT_ONE_IS = frozenset(
    [
        *("old", "young", "gran", "big", "huge", "fan", "real", "full", "half", "part", "middle", "school"),
        *("proud", "pro", "anti", "class", "portuguese", "brazilian", "russian", "ukrainian", "nigerian"),
        *("kenyan", "egyptian", "syrian", "lebanese", "moroccan", "austrian", "danish", "swedish"),
        *("norwegian", "finnish", "european", "team", "truly", "faithfully"),
        "african",
        "american",
        "british",
        "irish",
        "scottish",
        "welsh",
        "english",
        "french",
        "german",
        "spanish",
        "italian",
        "polish",
        "dutch",
        "swiss",
        "greek",
        "turkish",
        "arab",
        "latino",
        "latina",
        "hispanic",
        "asian",
        "indian",
        "chinese",
        "japanese",
        "korean",
        "black",
        "white",
        "mixed",
        "native",
        "new",
        "south",
        "north",
        "east",
        "west",
        "hiv",
        "hsv",
        "hpv",
        "std",
        "sti",
        "positive",
        "negative",
        "undetectable",
        "deaf",
        "blind",
        "gay",
        "queer",
        "trans",
        "bi",
        "lesbian",
        "straight",
        "catholic",
        "muslim",
        "jewish",
        "christian",
        "hindu",
        "buddhist",
        "orthodox",
        "protestant",
        "not",
        "so",
        "a",
        "an",
        "the",
        "in",
        "on",
        "at",
        "from",
        "living",
        "very",
        "sorry",
        "happy",
        "glad",
        "sure",
        "just",
        "still",
        "here",
        "back",
        "dr",
        "mr",
        "mrs",
        "ms",
        "saint",
        "san",
        "santa",
        "santo",
        "god",
        "jesus",
        "team",
        "team's",
        "british",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "generation",
        "zealander",
        "canadian",
        "australian",
        "mexican",
        "cuban",
        "colombian",
        "argentinian",
        "person",
        "people",
        "world",
        "aids",
        "prep",
        "pep",
        "u=u",
        "good",
        "bad",
        "great",
        "thank",
        "thanks",
        "hello",
        "my",
        "your",
        "our",
        "his",
        "her",
        "what",
        "how",
        "why",
        "when",
        "where",
        "who",
        "which",
        "that",
        "this",
        "there",
        "it",
        "if",
        "is",
        "are",
        "was",
        "were",
        "proof",
        "living",
        "day",
        "year",
        "one",
        "two",
        "three",
        "first",
        "last",
        "all",
        "no",
        "yes",
        "some",
        "any",
        "every",
        "each",
        "both",
        "muy",
        "tan",
        "mas",
        "feliz",
        "super",
        "bien",
        "mal",
        "asi",
        "aqui",
        "hoy",
        "ya",
        "una",
        "uno",
        "un",
        "la",
        "el",
    ]
)


def names_in(text: Traced) -> Iterator[tuple[int, int]]:
    for found in _MINE.finditer(text.plain):
        words = found[1].split(" ")
        if not {words[0], words[1]} & _NO_NAME and not (
            words[1][0] in "وف" and len(words[1]) > 2 and _is_joined(words)
        ):
            yield found.start(), found.start(1) + len(" ".join(words[:2]))
    for pattern in (_AM, _HERS, _SURNAME):
        for found in pattern.finditer(text.plain):
            written = text.as_written(*found.span(1)).split()[:2]
            if _is_whole_name(written, found[1].split()[:2]):
                yield found.span()
    for found in _LOWER.finditer(text.plain):
        if not set(found[1].split()) & (_NO_NAME | _WHAT_ONE_IS):
            yield found.span()


def _is_whole_name(written: list[str], plain: list[str]) -> bool:
    return all(_is_capital(word) for word in written) and not set(plain) & _WHAT_ONE_IS


def _is_joined(words: list[str]) -> bool:
    """In Arabic "and" stands before a word without a space: that is no second name."""
    return words[1].startswith("و") and not words[1].startswith("ول")


def _is_capital(word: str) -> bool:
    """Smith, O'Connor, McKay, Smith-Jones."""
    return word[0].isupper() and word[-1].islower()
