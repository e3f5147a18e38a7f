"""The news as feeds, all of it or one category: headline, standfirst and link. Replies are not in them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import IO, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from positivesocials.articles import selectors
from positivesocials.articles.filing_models import Category
from positivesocials.articles.models import NewsPage
from positivesocials.core.instance import this_instance
from positivesocials.core.refusals import NotThere

NEWEST = 30


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[Any], encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "description": self.feed["description"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "items": [_as_item(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False))


def _as_item(item: dict[str, Any]) -> dict[str, Any]:
    shown = {
        "id": item["unique_id"] or item["link"],
        "url": item["link"],
        "external_url": item["external_url"],
        "title": item["title"],
        "content_text": item["words"],
        "date_published": item["pubdate"].isoformat(),
        "tags": list(item["categories"]),
    }
    return {name: value for name, value in shown.items() if value}


class NewsFeed(Feed[NewsPage, Category | None]):
    """Addresses are those that the pages call their own, whatever host was asked."""

    feed_type: type[SyndicationFeed] = Atom1Feed

    def get_object(self, request: HttpRequest, category_slug: str = "") -> Category | None:
        return selectors.category(category_slug) if category_slug else None

    def title(self, obj: Category | None) -> str:
        name = this_instance().name
        return f"{name}: {obj.name}" if obj else name

    def description(self) -> str:
        return _("News for the community, with the source of each")

    subtitle = description

    def link(self, obj: Category | None) -> str:
        path = reverse("articles:list-category", args=[obj.slug]) if obj else reverse("articles:list-news")
        return settings.ORIGIN + path

    def feed_url(self, obj: Category | None) -> str:
        form = next(name for name, feed in FORMS.items() if feed is self)
        if obj:
            return settings.ORIGIN + reverse("articles:category-feed-as", args=[obj.slug, form])
        return settings.ORIGIN + reverse("articles:news-feed-as", args=[form])

    def items(self, obj: Category | None) -> Sequence[NewsPage]:
        return selectors.latest_news(NEWEST, obj)

    def item_title(self, item: NewsPage) -> str:
        return str(item.title)

    def item_description(self, item: NewsPage) -> str:
        """Readers of RSS and Atom take it for HTML, and these are words."""
        return escape(item.standfirst)

    def item_link(self, item: NewsPage) -> str:
        return settings.ORIGIN + str(item.path_here)

    def item_pubdate(self, item: NewsPage) -> datetime:
        return datetime.combine(item.published_on, time(), tzinfo=UTC)

    def item_categories(self, item: NewsPage) -> Sequence[str]:
        return [item.category.name]

    def item_extra_kwargs(self, item: NewsPage) -> dict[str, Any]:
        return {"external_url": item.canonical_url, "words": str(item.standfirst)}


class RssNewsFeed(NewsFeed):
    feed_type = Rss201rev2Feed


class JsonNewsFeed(NewsFeed):
    feed_type = JsonFeed


FORMS = {"atom": NewsFeed(), "rss": RssNewsFeed(), "json": JsonNewsFeed()}


@require_safe
@conditional_page
def show_feed(request: HttpRequest, form: str = "atom", category_slug: str = "") -> HttpResponse:
    feed = FORMS.get(form)
    if feed is None:
        raise NotThere
    return feed(request, category_slug=category_slug)
