"""Circles one can belong to: a fixed list that ships with the product."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Source:
    title: str
    body: str
    url: str
    date: str


@dataclass(frozen=True)
class Circle:
    """`line` is the sentence shown wherever the circle is, with its source."""

    slug: str
    _name: Any
    _whom: Any
    _line: Any = ""
    source: Source | None = None

    @property
    def name(self) -> str:
        return str(self._name)

    @property
    def whom(self) -> str:
        return str(self._whom)

    @property
    def line(self) -> str:
        return str(self._line)


UNDETECTABLE = Source(
    title=(
        "The role of HIV viral suppression in improving individual health and reducing "
        "transmission: policy brief"
    ),
    body="WHO",
    url="https://www.who.int/publications/i/item/9789240055179",
    date="2023",
)
CIRCLES = (
    Circle(
        "newly-diagnosed",
        _("Newly diagnosed"),
        _("For anyone in the first weeks and months after a result, and for those who remember them well."),
    ),
    Circle(
        "hsv",
        _("Herpes (HSV)"),
        _("For people living with HSV-1 or HSV-2, their partners and friends, and anyone at ease with it."),
    ),
    Circle(
        "hiv",
        _("HIV"),
        _("For people living with HIV, their partners and friends, and anyone at ease with it."),
        _(
            "Undetectable = untransmittable: a person whose HIV is undetectable on treatment "
            "has zero risk of passing it on through sex."
        ),
        UNDETECTABLE,
    ),
    Circle(
        "hpv",
        _("HPV"),
        _(
            "For people with HPV or warts, or who wait for a next check, their partners and "
            "anyone at ease with it."
        ),
    ),
    Circle(
        "hepatitis",
        _("Hepatitis B and C"),
        _(
            "For people living with hepatitis B or C or treated for it, those close to them, "
            "and anyone at ease with it."
        ),
    ),
    Circle(
        "bacterial",
        _("Chlamydia, gonorrhoea, syphilis"),
        _(
            "For people who have or had one of these, their partners, and anyone who would "
            "rather talk than whisper."
        ),
    ),
    Circle(
        "partners",
        _("Partners"),
        _("For partners of people living with an STI, whatever they have themselves."),
    ),
    Circle(
        "couples",
        _("Couples"),
        _(
            "For couples who want to know other couples, talk about two different needs, or "
            "plan something together."
        ),
    ),
    Circle(
        "long-term",
        _("Years along"),
        _("For people who have lived with something for years and like to share how it got ordinary."),
    ),
    Circle(
        "starting-again",
        _("Starting again"),
        _("For anyone who goes back to dating after a separation, a loss or a long pause."),
    ),
    Circle(
        "slow-and-low",
        _("Asexual, low desire, or slow"),
        _(
            "For asexual people, people with little or changing desire, and anyone who likes "
            "closeness at a walking pace."
        ),
    ),
    Circle(
        "pregnancy-and-parenting",
        _("Pregnancy and parents"),
        _("For people who plan, carry or raise children while living with something, and those beside them."),
    ),
)


def circles() -> tuple[Circle, ...]:
    return CIRCLES


@cache
def _by_slug() -> dict[str, Circle]:
    return {circle.slug: circle for circle in CIRCLES}


def circle(slug: str) -> Circle | None:
    return _by_slug().get(slug)


def known(slugs: tuple[str, ...]) -> list[Circle]:
    return [found for slug in slugs if (found := circle(slug))]
