"""Guides by language, and which of them readers can open now.

A translation is read while its original is: with it, it goes and comes back.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language, get_language_info

from positivesocials.articles import publishing
from positivesocials.articles.models import GuidePage, Kind
from positivesocials.claims import selectors as claims

# The language that guides are written in, and translated from.
FIRST = settings.LANGUAGE_CODE


def of_reader() -> str:
    return get_language() or FIRST


def name_of(code: str) -> str:
    """As those who read it say."""
    name: str = get_language_info(code)["name_local"]
    return name


def to_translate_into() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != FIRST]


def originals() -> "QuerySet[GuidePage]":
    rows: QuerySet[GuidePage] = GuidePage.objects.filter(locale__language_code=FIRST)
    return rows


def published() -> "QuerySet[GuidePage]":
    """In every language, in the order of the shelves. For the desk: of a moment ago, whatever facts say."""
    return _live_beside(originals().filter(live=True))


def readable() -> "QuerySet[GuidePage]":
    """What readers can open at this moment, in every language, in the order of the shelves.

    Whatever leads to guides asks this: pages, lists, the map of the site, the search, letters. It follows
    the facts at once; `settle_guides` brings Wagtail's state after it.
    """
    gone = without_ground()
    return _live_beside(originals().filter(live=True).exclude(pk__in=gone)).exclude(pk__in=gone)


def without_ground() -> Sequence[int]:
    """Guides whose conditions have nothing confirmed any more."""
    facts = claims.facts()
    rows = GuidePage.objects.filter(live=True, kind=Kind.CONDITION).values_list("pk", "conditions")
    return [pk for pk, named in rows if not publishing.has_ground(named.split(), facts)]


def _live_beside(original: "QuerySet[GuidePage]") -> "QuerySet[GuidePage]":
    beside = original.filter(translation_key=OuterRef("translation_key"))
    rows: QuerySet[GuidePage] = GuidePage.objects.live().filter(Exists(beside))
    return rows.select_related("locale").order_by("path")
