"""The news as a feed: headline, standfirst and link. Replies are not in it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from positivesocials.articles import selectors
from positivesocials.articles.models import NewsPage
from positivesocials.core.instance import this_instance

NEWEST = 30


class NewsFeed(Feed[NewsPage, None]):
    feed_type = Atom1Feed

    def title(self) -> str:
        return this_instance().name

    def subtitle(self) -> str:
        return _("News for the community, with the source of each")

    def link(self) -> str:
        return reverse("articles:list-news")

    def items(self) -> Sequence[NewsPage]:
        return selectors.latest_news(NEWEST)

    def item_title(self, item: NewsPage) -> str:
        return str(item.title)

    def item_description(self, item: NewsPage) -> str:
        return str(item.standfirst)

    def item_link(self, item: NewsPage) -> str:
        return item.path_here

    def item_pubdate(self, item: NewsPage) -> datetime:
        return datetime.combine(item.published_on, time(), tzinfo=UTC)

    def item_categories(self, item: NewsPage) -> Sequence[str]:
        return [item.category.name]
