"""Phone numbers of people, in figures and in words. Numbers of lines that anybody may call are none."""

import re
from collections.abc import Iterator

from positivesocials.care.traced import Traced

FEWEST, MOST = 7, 15
_GROUPS = re.compile(r"(?<![\w.,/#€$£+=@&;-])(?:\+|00)?\(?\d[\d().\- /_*~|·]{5,38}\d(?![\w€$£%])")
_CUE = re.compile(
    r"\b(?:(?:get|find|reach) me|get hold of me|my digits|landline"
    r"|call|text|ring|phone|reach|number|mobile|cell|tel|whats ?app|telegram|signal|viber|sms|dm|imo"
    r"|llama|llamame|numero|telefono|movil|celular|wasap|escribeme|escribe|contacto"
    r"|رقمي|رقم|اتصل|اتصلوا|كلمني|هاتفي|موبايلي|جوالي|واتساب|واتس)\b"
)
# Behind one of these stands a figure that nobody can call.
_OTHER = re.compile(
    r"\b(?:order|invoice|isbn|issn|doi|pmid|case|ticket|reference|ref|trial"
    r"|nct|batch|lot|serial|version|budget|"
    r"population|copies|load|count|cd4|id|sample|pedido|factura|expediente|lote|طلب|فاتوره)\W{0,3}"
    r"(?:number|no|nr|num|numero|رقم)?\W{0,3}$"
)
_COUNTED = re.compile(
    r"^\W{0,3}(?:people|copies|cells|members|euros?|dollars?|pounds?|pesos?"
    r"|units?|iu|mg|ml|km|users|cases|views"
    r"|personas|casos|copias|celulas|years|شخص|حاله|نسخه)\b"
)
# Free of charge for whoever calls: lines of services.
_FREE = re.compile(
    r"(?:\+?1)?8(?:00|33|44|55|66|77|88)\d{7}|0800\d{3,8}|00800\d{6,8}|1800\d{6}|900\d{6}|0300\d{7}"
)
_DATE = re.compile(r"(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[\s\-/,]{1,3})+(?:19|20)\d\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:[. ]\d{3}){2,}")
_TIMES = re.compile(r"(?:\d{1,2}[.:]\d\d ?[-/] ?)+\d{1,2}[.:]\d\d")
_WORDS = (
    r"(?:zero|nought|naught|oh|o|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres"
    r"|cuatro|cinco|seis|siete|ocho|nueve"
    r"|صفر|واحد|اثنين|اثنان|تنين|ثلاثه|تلاته|اربعه|خمسه|سته|سبعه|ثمانيه|تمانيه|تسعه|\d{1,4})"
    r"(?: hundred)?"
)
_SPELT = re.compile(rf"(?<!\w)(?:(?:double |triple |doble )?{_WORDS}[\s,.\-]{{1,3}}){{5,19}}{_WORDS}(?!\w)")
# Letters in place of figures: o7700 9oo I23.
_ALIKE = re.compile(r"(?<![\w.@])(?=[\dol|i ]{0,5}\d)(?:[\dol|i]{2,6}[ .-]?){2,5}(?![\w@])")
_AS_FIGURES = str.maketrans("oil|", "0111")

_COUNTING = "0123456789012345"
_RISING = {
    "one two three four five six seven",
    "uno dos tres cuatro cinco seis siete",
    "واحد اثنين ثلاثه اربعه خمسه سته سبعه",
}


def phones_in(text: Traced) -> Iterator[tuple[int, int]]:
    for found in _GROUPS.finditer(text.plain):
        start, end = found.span()
        if _is_phone(found[0], text.plain[max(0, start - 40) : start], text.plain[end : end + 14]):
            yield start, end
    for found in _SPELT.finditer(text.plain):
        if not _is_counting(found[0]):
            yield found.span()
    for found in _ALIKE.finditer(text.plain):
        written = found[0].rstrip(" .-")
        figures = re.sub(r"\D", "", written.translate(_AS_FIGURES))
        if 10 <= len(figures) <= 13 and figures[0] == "0" and not written.replace(" ", "").isdecimal():
            yield found.start(), found.start() + len(written)


def _is_phone(written: str, before: str, behind: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if (
        not FEWEST <= len(digits) <= MOST
        or _FREE.fullmatch(digits)
        or len(set(digits)) < 3
        or digits in _COUNTING
    ):
        return False
    if _OTHER.search(before) or _COUNTED.search(behind):
        return False
    if any(shape.fullmatch(written.strip()) for shape in (_DATE, _YEARS, _TIMES)):
        return False
    if written.startswith(("+", "00")):
        return len(digits) >= 8
    return bool(_CUE.search(before)) or (not _THOUSANDS.fullmatch(written) and _is_local(written, digits))


def _is_local(written: str, digits: str) -> bool:
    """Without a word that says so: as many figures, written as people write the number of a phone."""
    groups = re.findall(r"\d+", written)
    if written.startswith("0"):
        return 9 <= len(digits) <= 12
    if len(groups) == 1:
        return len(digits) in {9, 10, 11}
    in_groups = all(2 <= len(group) <= 4 for group in groups) or all(len(group) == 1 for group in groups)
    return (9 <= len(digits) <= 11 and in_groups) or bool(re.fullmatch(r"\d{3}-\d{4}", written))


def _is_counting(spelt: str) -> bool:
    """One two three four: nobody's number."""
    words = re.findall(r"\w+", spelt)
    figures = sum(len(word) if word.isdecimal() else 1 for word in words if word not in {"double", "triple"})
    return (
        " ".join(words[:7]) in _RISING
        or figures < FEWEST
        or sum(word.isdecimal() for word in words) > len(words) - 2
    )
