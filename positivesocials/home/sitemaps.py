"""What search engines may list: the front door, guides, news, help, letters, open groups, answers.

Each with the day on which it last changed. Nothing that members write elsewhere.
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from positivesocials.articles import cards
from positivesocials.articles.cards import Stand
from positivesocials.asking import selectors as asking
from positivesocials.groups import selectors as groups
from positivesocials.newsletter import selectors as newsletter

FIXED = [
    "home:landing",
    "articles:list-guides",
    "articles:list-news",
    "articles:helplines",
    "groups:list-groups",
    "asking:list-answered",
]


class Places(Sitemap[Stand]):
    """In English only, as what stands there: `alternates` would promise translations that are not there."""

    def items(self) -> Sequence[Stand]:
        fixed = [Stand(reverse(name)) for name in FIXED]
        more = [Stand(*stand) for stand in (*groups.open_stands(), *newsletter.stands(), *asking.stands())]
        return [*fixed, *cards.stands(), *more]

    def get_protocol(self, protocol: str | None = None) -> str:
        """Ours, as in the canonical links of these pages, whatever was asked."""
        return urlsplit(settings.ORIGIN).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.ORIGIN).netloc

    def location(self, item: Stand) -> str:
        return item.path

    def lastmod(self, item: Stand) -> datetime | None:
        return item.changed_at


SITEMAPS = {"places": Places}
