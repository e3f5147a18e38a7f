"""A value as people read it: numbers as the language in force writes them, ranges and spans in words.

Words of the sheet stay as they are. What is nothing but a figure ("40.8 million [37.0-45.6]", "14 days") is
said in the language of the page; within a sentence only signs are set right, since doses stand there.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NUMBER = r"\d{1,3}(?:[ ,]\d{3})+|\d+(?:\.\d+)?"
FIGURE = re.compile(
    rf"(?P<number>{NUMBER})(?:-(?P<up_to>{NUMBER}))?(?P<scale> million| billion|%)?"
    rf"(?: \[(?P<low>{NUMBER})-(?P<high>{NUMBER})\])?"
)
SPAN = re.compile(rf"(?P<low>{NUMBER}) to (?P<high>{NUMBER}) days")
TIME = re.compile(r"(?P<count>\d{1,4}) (?P<unit>day|week|month|year)s?")
WITHIN = re.compile(rf"\[({NUMBER})-({NUMBER})\]")
UNCERTAIN = re.compile(rf"95% UI ({NUMBER})-({NUMBER})")
RANGE = re.compile(r"(?<![\w.,-])(\d[\d.,]*(?: \d{3})*)-(\d[\d.,]*(?: \d{3})*)(?![\w-])")
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
MILLION, BILLION = 10**6, 10**9
TIMES: Mapping[str, Callable[[int], str]] = {
    "day": lambda count: ngettext("%(count)s day", "%(count)s days", count),
    "week": lambda count: ngettext("%(count)s week", "%(count)s weeks", count),
    "month": lambda count: ngettext("%(count)s month", "%(count)s months", count),
    "year": lambda count: ngettext("%(count)s year", "%(count)s years", count),
}


def for_people(value: str) -> str:
    if figure := FIGURE.fullmatch(value):
        return _figure(figure)
    if span := SPAN.fullmatch(value):
        return _("%(low)s to %(high)s days") % {"low": _number(span["low"]), "high": _number(span["high"])}
    if time := TIME.fullmatch(value):
        return TIMES[time["unit"]](int(time["count"])) % {"count": _number(time["count"])}
    return in_words(value)


def in_words(text: str) -> str:
    """A sentence: its ranges get a dash, what lies around a number is said, thousands stay on one line."""
    text = UNCERTAIN.sub(r"between \1 and \2", WITHIN.sub(r"(between \1 and \2)", text))
    return THOUSANDS.sub("\N{NO-BREAK SPACE}", RANGE.sub(r"\1–\2", text))


def _figure(found: re.Match[str]) -> str:
    number = _number(found["number"])
    if found["up_to"]:
        number = f"{number}–{_number(found['up_to'])}"
    said = _scaled(number, found["scale"]) if found["scale"] else _round(found["number"]) or number
    if not found["low"]:
        return said
    ends = {"low": _number(found["low"]), "high": _number(found["high"])}
    return f"{said} {_('(between %(low)s and %(high)s)') % ends}"


def _scaled(number: str, scale: str) -> str:
    if scale == "%":
        return _("%(number)s%%") % {"number": number}
    words = _("%(number)s million") if scale == " million" else _("%(number)s billion")
    return words % {"number": number}


def _round(number: str) -> str:
    """128,500,000 as 128.5 million: only where nothing is lost."""
    whole = _decimal(number)
    for scale, words in ((BILLION, " billion"), (MILLION, " million")):
        if whole >= scale and not whole % (scale // 10):
            return _scaled(number_format((whole / scale).normalize() + 0), words)
    return ""


def _number(number: str) -> str:
    # With all its digits: 37.0 says how exactly it is known.
    return number_format(_decimal(number), force_grouping=True)


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(" ", "").replace(",", ""))
