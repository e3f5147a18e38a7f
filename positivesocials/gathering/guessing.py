"""Which encoding a feed is in that says UTF-8, or nothing, and is not: by what its letters would be.

A guess is taken only where nearly all of the letters fit it; other texts are left to feedparser, which reads
them as Western European.
"""

import re
from collections.abc import Callable

SAYS = re.compile(rb"""^(\s*<\?xml[^>]{0,80}?)\s+encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
SAID = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
# Fewer letters say too little of a language.
MOST, LEAST = 200_000, 20


def seen_through(data: bytes, content_type: str = "") -> bytes:
    """The same feed in UTF-8, if its encoding was guessed; else the very bytes that came."""
    name = guess(data[:MOST]) if _is_mistaken(data, content_type) else ""
    if not name:
        return data
    text = SAYS.sub(rb"\1", data).decode(name, "replace")
    return text.encode("utf-8", "replace")


def _is_mistaken(data: bytes, content_type: str) -> bool:
    """Neither UTF-8 nor in what it, or its server, says it is in."""
    inside, outside = SAYS.match(data), SAID.search(content_type)
    said = [inside[2].decode()] if inside else []
    said += [outside[1]] if outside else []
    return not data.startswith(BOMS) and not any(_fits(data, name) for name in ["utf-8", *said])


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def guess(data: bytes) -> str:
    """The name of an encoding, or nothing."""
    if len(re.findall(rb"[\x80-\xff]", data)) < LEAST:
        return ""
    return next((name for name, is_it in GUESSES if is_it(data, name)), "")


def _letters(data: bytes, name: str) -> str:
    """What stands outside ASCII. A piece may end within a letter, and a few broken ones are forgiven."""
    return "".join(letter for letter in data.decode(name, "replace") if letter >= "\x80")


def _share(text: str, *ranges: tuple[int, int]) -> float:
    inside = sum(any(first <= ord(letter) <= last for first, last in ranges) for letter in text)
    return inside / len(text) if text else 0


def _mostly(least: float, *ranges: tuple[int, int]) -> Callable[[bytes, str], bool]:
    return lambda data, name: _in_rows(data) and _share(_letters(data, name), *ranges) >= least


def _in_rows(data: bytes) -> bool:
    """Whole words stand outside ASCII: in Western European it is a letter here and there."""
    rows = re.findall(rb"[\x80-\xff]{3,}", data)
    return sum(map(len, rows)) > 0.6 * len(re.findall(rb"[\x80-\xff]", data))


BROKEN = (0xFFFD, 0xFFFD)
KANA, HANGUL, THAI, HEBREW = (0x3041, 0x30FE), (0xAC00, 0xD7A3), (0x0E01, 0x0E2E), (0x05D0, 0x05EA)
SMALL_CYRILLIC, HAN = (0x0430, 0x044F), (0x4E00, 0x9FFF)


def _japanese(data: bytes, name: str) -> bool:
    text = _letters(data, name)
    return _share(text, KANA) > 0.25 and _share(text, BROKEN, (0xFF61, 0xFF9F)) < 0.05


def _chinese(data: bytes, name: str) -> bool:
    """In the half of the table that holds the everyday characters, for both tables sort them by use."""
    pairs = re.findall(rb"[\x81-\xfe][\x40-\xfe]", data)
    common = (0xB0, 0xD7) if name == "gb18030" else (0xA4, 0xC6)
    often = sum(common[0] <= pair[0] <= common[1] for pair in pairs)
    text = _letters(data, name)
    return _share(text, HAN) > 0.7 and _share(text, BROKEN) < 0.03 and often > 0.7 * len(pairs)


def _russian(data: bytes, name: str) -> bool:
    """Of the letters that look alike in Hebrew's table, Hebrew lacks the last four."""
    text = _letters(data, name) if _in_rows(data) else ""
    return _share(text, SMALL_CYRILLIC) > 0.7 and (
        name == "koi8_r" or any(letter in "ыьюя" for letter in text)
    )


GUESSES: list[tuple[str, Callable[[bytes, str], bool]]] = [
    ("shift_jis", _japanese),
    ("euc_jp", _japanese),
    ("euc_kr", _mostly(0.6, HANGUL)),
    ("gb18030", _chinese),
    ("big5", _chinese),
    ("koi8_r", _russian),
    ("cp1251", _russian),
    ("cp1255", _mostly(0.9, HEBREW)),
    ("tis_620", _mostly(0.5, THAI)),
]
