"""Where somebody lives: a street with a number, a postcode, a flat."""

import re
from collections.abc import Iterator

from positivesocials.care.traced import Traced

_NUMBER = r"\d{1,5}[a-d]?"
# What is counted is no house.
_COUNTED = (
    r"(?:days?|minut\w*|min|hours?|hrs?|years?|people|times|weeks?|months?|miles|km|metres|percent|%|per|euros?"
    r"|pounds|uhr|horas?|personas|persone|ore|anni|godzin\w*|pm|am|of|or|to|mg|jahre\w*|tage\w*|st|nd|rd|th)\b"
)
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
# "Elm Street number 9"
_BEHIND = re.compile(
    rf"\b[\w'-]{{2,30}} (?:{_SURE}|drive|close|court|place|square|hill|grove|way),? "
    rf"(?:n[o°º]\.?|nr\.?|number|#)?\s?\d{{1,4}}[a-d]?\b(?!\s?{_COUNTED}|[:.,]\d)"
)
_FRENCH = re.compile(
    r"\b\d{1,4}(?: ?(?:bis|ter)\b)?,? (?:rue|boulevard|bd|place|chemin|impasse|allee|quai|cours|route|square"
    r"|passage|faubourg|avenue) (?:(?:de|du|des|la|le|les|saint|sainte) |d'|l'){0,3}[\w'-]{2,30}"
)
# Where the kind of street stands first, and the number behind its name.
_FIRST = re.compile(
    r"\b(?:via|viale|piazza|corso|vicolo|ul\.|ulica|al\.|os\.|rua|travessa|praca|largo|an der|am|auf der|im"
    r"|unter den|zum|zur) (?:[\w'-]{2,30} ){1,3}?(?:n[o°º.]{1,2} ?)?\d{1,4}(?![\d:])"
    rf"(?!\s?{_COUNTED})"
)
# Where it is the end of the name: -straat, -gatan.
_JOINED = re.compile(
    r"\b[^\W\d_]{3,30}(?:straat|gracht|laan|kade|dijk|singel|steeg|plein|gatan|vagen|gata|gade|vej|gaten|veien"
    r"|ufer|damm|chaussee|utca|katu|tie) \d{1,4}[a-d]?\b(?! (?:uhr|minuten|%))"
)
_TURKISH = re.compile(
    r"\b[^\W\d_]{2,30} (?:sokak|sokagi|sk\.|caddesi|cad\.|mahallesi|bulvari)[^\d\n]{0,20}\d{1,4}\b"
)
_BOXES = re.compile(r"\b(?:p\.? ?o\.? box|postfach|apartado(?: de correos)?|boite postale|bp) \d{2,6}\b")
_HOUSE = re.compile(r"\b(?:house|door|haus|casa|portal) (?:number|no\.?|nr\.?|nummer|numero) ?\d{1,4}\b")
_STATE = re.compile(r"\b(?:[A-Z][a-z]{2,20},? )[A-Z]{2} \d{5}(?:-\d{4})?\b|\b(?:NSW|VIC|QLD|TAS|ACT) \d{4}\b")
_LIVE = re.compile(
    r"\b(?:i live|we live|i'm|i am|my (?:address|place|flat|house) is|come to"
    r"|vivo|vivimos|mi (?:direccion|casa) es|ven a)"
    r"\W{1,3}(?:at|in|on|on the corner of|en|:|is)?\s{0,2}(?:(?:flat|apartment"
    r"|apt|unit|room|piso|apartamento|depto)\.? ?\d{1,4}\w?)"
)
_UK = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_MORE = re.compile(
    r"\b(?:zip code|zip|postcode|postal code|codigo postal|cp|الرمز البريدي)(?: is"
    r"| es|:)?\s{0,2}(?:\d{4,6}|[a-z]\d[a-z] ?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})\b"
)
_UNIT = re.compile(
    r"\b(?:flat|apartment|apt|piso|شقه)\.? ?\d{1,4}\w?,? (?:\w{1,20} ){0,2}(?:house"
    r"|building|block|floor|edificio|planta|عماره|الطابق)\b"
)


_FIGURE = re.compile(r"\d")
_PARTS = {"number", "der", "den", "del", "della", "das", "dos", "nummer", "num"}
_ANYWHERE = (
    *(_SPANISH, _NAMED, _GERMAN, _ARABIC, _LIVE, _MORE, _UNIT),
    *(_FRENCH, _JOINED, _TURKISH, _BOXES, _HOUSE),
)


def addresses_in(text: Traced) -> Iterator[tuple[int, int]]:
    if not _FIGURE.search(text.plain):
        return
    for found in _ENGLISH.finditer(text.plain):
        if _is_named(text.as_written(*found.span()), found[1]):
            yield found.span()
    for pattern in (_BEHIND, _FIRST):
        spans = (found.span() for found in pattern.finditer(text.plain))
        yield from (span for span in spans if _is_written_as_a_name(text.as_written(*span)))
    for pattern in _ANYWHERE:
        yield from (found.span() for found in pattern.finditer(text.plain))
    if text.plain == text.written.lower():
        for pattern in (_UK, _STATE):
            yield from (found.span() for found in pattern.finditer(text.written))


def _is_written_as_a_name(written: str) -> bool:
    """Via Roma 25 is a street; "via Zoom 30" and "the road 5" are none."""
    first, *others = re.findall(r"\b[^\W\d_]{3,}", written) or [""]
    is_usual = first.lower() in {"the", "this", "that", "our", "main", "wall", "sesame", "via", "route"}
    return (
        (first[:1].isupper() or written.startswith(("ul.", "al.", "os.")))
        and not (is_usual and first.lower() != "via")
        and all(word[0].isupper() for word in others if word.lower() not in _PARTS)
    )


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
