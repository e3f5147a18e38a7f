"""Tags that draw the parts of the design system. docs/design-system.md shows each in one line."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import cycle, islice, pairwise
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from positivesocials.core import forms, patches, words

register = template.Library()

TURNING_ICONS = {"exit", "back", "next", "reply", "send"}
PATCH_SIZES = {"xs", "s", "m", "l", "xl"}
NOBODY = UUID(int=0)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Drawn once: a page has dozens, and where the sprite lies does not change while we serve."""
    turn = " turn" if name in TURNING_ICONS else ""
    sprite = static("core/icons.svg")
    return format_html('<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', turn, sprite, name)


@register.simple_tag
def attributes(named: dict[str, Any]) -> SafeString:
    return flatatt(named)


@register.simple_tag
def at(name: str, *args: Any) -> str:
    """The address of what has an id, the last argument, like `{% url %}`: each kind is worked out once, as
    lists have many.
    """
    *kind, pk = args
    return _address(name, *kind).replace(str(NOBODY), str(pk))


@lru_cache(maxsize=1024)
def _address(name: str, *kind: str) -> str:
    return reverse(name, args=[*kind, NOBODY])


@register.simple_tag(takes_context=True)
def canonical(context: Any, name: str, *args: Any, page: int = 1) -> SafeString:
    """The one address of a public page, for search engines. Pages of members say nothing of theirs."""
    if getattr(context.get("site"), "member", False):
        return SafeString("")
    query = f"?page={page}" if page > 1 else ""
    return format_html(
        '<link rel="canonical" href="{}{}{}">', settings.ORIGIN, reverse(name, args=args), query
    )


@register.simple_tag
def symbol() -> SafeString:
    sprite = static("core/icons.svg")
    return format_html('<svg class="symbol" aria-hidden="true"><use href="{}#mark"/></svg>', sprite)


@register.simple_tag
def wordmark(label: str) -> SafeString:
    return format_html(
        '<svg class="word" viewBox="0 4 282 42" role="img" aria-label="{}"><use href="{}#word"/></svg>',
        label,
        static("core/icons.svg"),
    )


@register.simple_tag
def patch(name: str | None, salt: str = "", *, size: str = "m", label: str = "") -> SafeString:
    """A name that does not open (any more) has a picture too: that of an empty one."""
    return _picture(patches.patch(name or "", salt), size, label)


@register.simple_tag
def pair(
    one: str | None, salt: str, two: str | None, salt_two: str, *, size: str = "m", label: str = ""
) -> SafeString:
    return _picture(patches.pair((one or "", salt), (two or "", salt_two)), size, label)


@register.simple_tag
def sewn(one: str, salt: str, two: str, salt_two: str, *, size: str = "l") -> SafeString:
    halves = patch(one, salt, size=size), patch(two, salt_two, size=size)
    return format_html('<div class="sewn">{}{}</div>', *halves)


@register.simple_tag
def gone(*, size: str = "m") -> SafeString:
    """The empty patch of someone who left."""
    return format_html('<svg class="patch gone{}" viewBox="0 0 48 48" aria-hidden="true"></svg>', _size(size))


@register.simple_tag
def banner(*names_and_salts: str, count: int = 8) -> SafeString:
    """A strip of personas' own patches: `banner name salt` or `banner name salt name salt`."""
    personas = list(pairwise(names_and_salts))[::2]
    return _strip(personas, count)


@register.simple_tag
def cloth(text: str, *, kinds: int = 8, count: int = 8) -> SafeString:
    """A strip of patches for a thing without a persona: a group (8 kinds) or an article (2 kinds)."""
    return _strip([(text, str(kind)) for kind in range(kinds)], count)


@register.simple_tag
def squares(percent: int) -> SafeString:
    filled = max(0, min(10, round(percent / 10)))
    marks = "".join(
        f'<rect class="{"d3" if place < filled else "d0"}" x="{place * 12}" width="10" height="10"/>'
        for place in range(10)
    )
    return format_html(
        '<span class="fit"><b class="num">{}%</b>'
        '<svg class="mirror" viewBox="0 0 118 10" aria-hidden="true">{}</svg></span>',
        percent,
        SafeString(marks),
    )


@register.simple_tag
def hundred(count: int, total: int) -> SafeString:
    """A hundred squares; the next one to fill is a disc."""
    filled = max(0, min(100, count * 100 // total))
    full = "".join(_square(place) for place in range(filled))
    empty = "".join(_square(place) for place in range(filled + 1, 100))
    disc = ""
    if filled < 100:
        x, y = filled % 25 * 13 + 5.5, filled // 25 * 13 + 5.5
        disc = f'<circle class="mk" cx="{x}" cy="{y}" r="5.5"/>'
    drawing = SafeString(f'<path class="d3" d="{full}"/>{disc}<path class="d0" d="{empty}"/>')
    label = gettext("%(filled)s of 100 squares are filled. One square is %(each)s members.") % {
        "filled": filled,
        "each": formats.number_format(total // 100, force_grouping=True),
    }
    svg = format_html(
        '<svg class="mirror" viewBox="0 0 323 50" role="img" aria-label="{}">{}</svg>', label, drawing
    )
    return format_html('<div class="count">{}</div>', svg)


@register.simple_tag
def stamp(moment: datetime | date | None, shape: str = "") -> SafeString:
    """When something was: the time today, the day and time before; `day` and `time` give only that."""
    if moment is None:
        return SafeString("")
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    machine = moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
    shown = formats.date_format(moment, _shape(moment, shape))
    return format_html('<time datetime="{}">{}</time>', machine, shown)


@register.simple_tag
def comma() -> str:
    return words.comma()


@register.filter
def listed(several: Iterable[object]) -> str:
    return words.listed(several)


@register.inclusion_tag("core/forms/field.html")
def field(bound: BoundField, *, autofocus: bool = False) -> dict[str, Any]:
    return {"field": bound, "dressed": forms.dress(bound, autofocus=autofocus)}


@register.inclusion_tag("core/forms/errors.html")
def errors(*wrong_forms: BaseForm, focus: bool = True) -> dict[str, Any]:
    """The summary at the top of a form that came back: it takes the focus and links to each field."""
    mistakes = [mistake for form in wrong_forms for mistake in forms.mistakes_of(form)]
    heading = ngettext("One thing to look at", "%(count)s things to look at", len(mistakes))
    return {"mistakes": mistakes, "heading": heading % {"count": len(mistakes)}, "focus": focus}


def _picture(inside: str, size: str, label: str) -> SafeString:
    named = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="patch{}" viewBox="0 0 48 48" {}>{}</svg>', _size(size), named, SafeString(inside)
    )


def _size(size: str) -> str:
    if size not in PATCH_SIZES:
        raise template.TemplateSyntaxError(f"A patch is one of {sorted(PATCH_SIZES)}, not {size!r}.")
    return "" if size == "m" else f" {size}"


def _strip(seeds: Iterable[tuple[str, str]], count: int) -> SafeString:
    drawn = [patch(name, salt) for name, salt in seeds]
    return format_html('<div class="banner">{}</div>', SafeString("".join(islice(cycle(drawn), count))))


def _square(place: int) -> str:
    return f"M{place % 25 * 13} {place // 25 * 13}h11v11h-11z"


def _shape(moment: datetime | date, shape: str) -> str:
    if shape == "time":
        return pgettext("date format", "H:i")
    if shape == "day" or not isinstance(moment, datetime):
        return pgettext("date format", "j F Y")
    today = timezone.localdate()
    if moment.date() == today:
        return pgettext("date format", "H:i")
    if moment.year == today.year:
        return pgettext("date format", "j F, H:i")
    return pgettext("date format", "j F Y, H:i")
