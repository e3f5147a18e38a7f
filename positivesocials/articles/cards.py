"""Published articles in short, for what names them elsewhere: letters and the map of the site."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from positivesocials.articles import languages, selectors
from positivesocials.articles.filing_models import Category
from positivesocials.articles.models import GuidePage, NewsPage
from positivesocials.claims import selectors as claims

GUIDE, NEWS = "guide", "news"
MOST_NEWS = 40
KEY = re.compile(rf"(?:{GUIDE}|{NEWS})-([0-9a-f]{{32}})-[a-z-]{{2,10}}")


@dataclass(frozen=True)
class Card:
    """An article: what it is called, in short, and where. `key` stays when its title and address change."""

    key: str
    kind: str
    language: str
    title: str
    summary: str
    path: str
    on: date | None = None


@dataclass(frozen=True)
class Stand:
    """An address of the site and when what stands there last changed."""

    path: str
    changed_at: datetime | None = None


def to_choose_from() -> Sequence[Card]:
    """Every published guide in the order of the shelf, then the newest news."""
    return [
        *map(_of_guide, selectors.guides_in_every_language()),
        *map(_of_news, selectors.latest_news(MOST_NEWS)),
    ]


def by_key(keys: Iterable[str]) -> dict[str, Card]:
    """The articles among these that readers can open now; others are not here."""
    wanted = list(keys)
    pages = [UUID(found[1]) for key in wanted if (found := KEY.fullmatch(key))]
    guides = languages.readable().filter(translation_key__in=pages)
    news = selectors.news().filter(translation_key__in=pages)
    cards = [*map(_of_guide, guides), *map(_of_news, news)]
    published = {card.key: card for card in cards}
    return {key: published[key] for key in wanted if key in published}


def key_of(page: GuidePage | NewsPage) -> str:
    """Made of the article's random key and its language: an address never counts rows."""
    kind = GUIDE if isinstance(page, GuidePage) else NEWS
    return f"{kind}-{page.translation_key.hex}-{page.locale.language_code.lower()}"


def _of_guide(page: GuidePage) -> Card:
    language = page.locale.language_code
    return Card(key_of(page), GUIDE, language, page.title, page.summary, page.path_here)


def _of_news(page: NewsPage) -> Card:
    language = page.locale.language_code
    return Card(key_of(page), NEWS, language, page.title, page.standfirst, page.path_here, page.published_on)


def stands() -> Sequence[Stand]:
    """Where every published article and every category with news in it stands."""
    times = ("slug", "last_published_at", "first_published_at")
    guides, changes = languages.readable().defer("sources"), claims.last_changes()
    news = list(selectors.news().values_list(*times, "category"))
    found = [Stand(each.path_here, selectors.changed_at(each, changes)) for each in guides]
    found += [_stand("articles:read-news", slug, last or first) for slug, last, first, _filed in news]
    newest: dict[object, datetime] = {}
    for _slug, last, first, filed in news:
        changed_at = last or first
        if changed_at and (filed not in newest or newest[filed] < changed_at):
            newest[filed] = changed_at
    categories = Category.objects.filter(pk__in={filed for *_rest, filed in news})
    found += [_stand("articles:list-category", each.slug, newest.get(each.pk)) for each in categories]
    return found


def _stand(page: str, slug: str, changed_at: datetime | None) -> Stand:
    return Stand(reverse(page, args=[slug]), changed_at)
