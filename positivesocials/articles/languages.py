"""Guides by language. A translation is read while its original is: with it, it goes and comes back."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language, get_language_info

from positivesocials.articles.models import GuidePage

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
    """In every language, in the order of the shelves."""
    original = originals().filter(live=True, translation_key=OuterRef("translation_key"))
    rows: QuerySet[GuidePage] = GuidePage.objects.live().filter(Exists(original))
    return rows.select_related("locale").order_by("path")
