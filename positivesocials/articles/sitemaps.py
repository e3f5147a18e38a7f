"""What search engines may list: the front door, guides, news, help. Nothing that members write elsewhere."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from positivesocials.articles import selectors
from positivesocials.articles.models import Routed

FIXED = ["home:landing", "articles:list-guides", "articles:list-news", "articles:helplines"]


class Places(Sitemap[str]):
    def items(self) -> Sequence[str]:
        return FIXED

    def location(self, item: str) -> str:
        return reverse(item)


class Articles(Sitemap[Routed]):
    def items(self) -> Sequence[Routed]:
        return [*selectors.guides(), *selectors.news()]

    def location(self, item: Routed) -> str:
        return item.path_here

    def lastmod(self, item: Routed) -> datetime | None:
        changed: datetime | None = item.last_published_at or item.first_published_at
        return changed


SITEMAPS = {"places": Places, "articles": Articles}
