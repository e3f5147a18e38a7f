"""Where somebody lives: a street with a number, a postcode, a flat."""

import re
from collections.abc import Iterator

from positivesocials.care.traced import Traced

_NUMBER = r"\d{1,5}[a-d]?"
_SURE = (
    r"(?:street|str|road|rd|avenue|ave|lane|ln|boulevard|blvd|terrace|crescent|gardens|parkway|highway|st)"
)
_UNSURE = r"(?:drive|dr|way|close|court|ct|place|pl|square|sq|row|hill|grove|park|walk|circle|trail)"
_ENGLISH = re.compile(
    rf"\b{_NUMBER},? (?:(?!days|minutes|hours|years|people|times|weeks|months"
    rf"|miles|km\b)[\w'.-]{{1,30}} ){{1,4}}({_SURE}|{_UNSURE})\b"
)
_SPANISH = re.compile(
    r"(?<!\w)(?:calle|c/|avenida|avda|av\.|plaza|paseo|carrera|cra\.?|pasaje|ronda|camino|travesia|colonia)"
    r"(?:(?<=/)|\s)(?:[\w.'-]{1,30}[ ,]{1,3}){1,5}(?:n[.°ºo]{0,2}\s?|num\.?\s?"
    r"|numero\s|#\s?)?\d{1,5}\b(?!\s?(?:anos|personas|euros|dias|horas|minutos"
    r"|de la (?:manana|tarde|noche)|:\d))"
)
_GERMAN = re.compile(
    r"\b[^\W\d_]{3,30}(?:strasse|str\.|weg|platz|allee|gasse) \d{1,4}[a-d]?\b(?! (?:uhr|minuten))"
)
_NAMED = re.compile(r"\b(?:gran via|ramblas?|alameda)(?: de \w{2,20}){0,2},? \d{1,4}\b")
_ARABIC = re.compile(
    r"(?<!\w)(?:شارع|حاره|زقاق|زنقه)\s(?:\w{1,30}[\s،]{1,2}){1,4}?(?:(?:رقم"
    r"|عماره|عمارة|بنايه|مبني|بيت|منزل|شقه)\s){0,2}\d{1,5}(?!\d)"
)
_LIVE = re.compile(
    r"\b(?:i live|we live|i'm|i am|my (?:address|place|flat|house) is|come to"
    r"|vivo|vivimos|mi (?:direccion|casa) es|ven a)"
    r"\W{1,3}(?:at|in|on|on the corner of|en|:|is)?\s{0,2}(?:(?:flat|apartment"
    r"|apt|unit|room|piso|apartamento|depto)\.? ?\d{1,4}\w?)"
)
_UK = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_MORE = re.compile(
    r"\b(?:zip code|zip|postcode|postal code|codigo postal|cp|الرمز البريدي)(?: is"
    r"| es|:)?\s{0,2}(?:\d{4,6}|[a-z]\d[a-z] ?\d[a-z]\d)\b"
)
_UNIT = re.compile(
    r"\b(?:flat|apartment|apt|piso|شقه)\.? ?\d{1,4}\w?,? (?:\w{1,20} ){0,2}(?:house"
    r"|building|block|floor|edificio|planta|عماره|الطابق)\b"
)


def addresses_in(text: Traced) -> Iterator[tuple[int, int]]:
    for found in _ENGLISH.finditer(text.plain):
        if _is_named(text.as_written(*found.span()), found[1]):
            yield found.span()
    for pattern in (_SPANISH, _NAMED, _GERMAN, _ARABIC, _LIVE, _MORE, _UNIT):
        yield from (found.span() for found in pattern.finditer(text.plain))
    if text.plain == text.written.lower():
        yield from (found.span() for found in _UK.finditer(text.written))


def _is_named(written: str, kind: str) -> bool:
    """12 Rose Close is a place; 2 days on the way, and 3 of us walked down the road, are none."""
    words = re.findall(r"\b[^\W\d]+", written)[:-1]
    small = {
        "on",
        "the",
        "in",
        "of",
        "at",
        "down",
        "a",
        "to",
        "from",
        "and",
        "along",
        "off",
        "by",
        "my",
        "our",
        "this",
        "up",
    }
    if any(word.lower() in small for word in words):
        return False
    if re.fullmatch(_UNSURE, kind) or kind in {"st", "str", "lane", "road"}:
        return all(word[0].isupper() and not word.isupper() for word in words)
    return True
