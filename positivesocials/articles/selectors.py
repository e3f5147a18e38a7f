"""What is published, for pages, feeds and the sitemap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse

from positivesocials.accounts.models import Account
from positivesocials.articles.models import Category, GuidePage, NewsPage, NewsThread
from positivesocials.core.refusals import NotThere
from positivesocials.replies import selectors as replies
from positivesocials.replies.models import Thread

PER_PAGE = 20


@dataclass(frozen=True)
class Shelf:
    """One page of the news list, with the categories that have something in them."""

    category: Category | None
    categories: Sequence[Category]
    slice: "Slice[NewsPage]"


def news() -> "QuerySet[NewsPage]":
    posts: QuerySet[NewsPage] = NewsPage.objects.live().select_related("category", "locale")
    return posts.order_by("-published_on", "-first_published_at", "-pk")


def latest_news(limit: int, category: Category | None = None) -> Sequence[NewsPage]:
    return list((news().filter(category=category) if category else news())[:limit])


def category(slug: str) -> Category:
    """A category with something in it."""
    chosen = Category.objects.filter(slug=slug, pk__in=news().order_by().values("category")).first()
    if chosen is None:
        raise NotThere
    return chosen


@dataclass(frozen=True)
class Month:
    """A month with news: its first day, and how many posts it has."""

    begins_on: date
    posts: int

    @property
    def key(self) -> str:
        return f"{self.begins_on:%Y-%m}"


@dataclass(frozen=True)
class Archive:
    """All months with news, the newest first; of a chosen one its posts."""

    months: Sequence[Month]
    month: Month | None = None
    slice: "Slice[NewsPage] | None" = None


def archive() -> Archive:
    counts = news().order_by().annotate(month=TruncMonth("published_on")).values_list("month")
    rows = counts.annotate(posts=Count("pk")).order_by("-month")
    return Archive([Month(begins_on, posts) for begins_on, posts in rows])


def month(key: str, *, page: str) -> Archive:
    whole = archive()
    chosen = next((month for month in whole.months if month.key == key), None)
    if chosen is None:
        raise NotThere
    day = chosen.begins_on
    posts = news().filter(published_on__year=day.year, published_on__month=day.month)
    return replace(whole, month=chosen, slice=Paginator(posts, PER_PAGE).get_page(page))


def guides() -> Sequence[GuidePage]:
    """The published guides in the order of their shelf."""
    return list(GuidePage.objects.live().select_related("locale").order_by("path"))


def shelf(*, category_slug: str, page: str) -> Shelf:
    categories = list(Category.objects.filter(pk__in=news().order_by().values("category")))
    chosen = next((category for category in categories if category.slug == category_slug), None)
    if category_slug and chosen is None:
        raise NotThere
    posts = news().filter(category=chosen) if chosen else news()
    return Shelf(chosen, categories, Paginator(posts, PER_PAGE).get_page(page))


def news_post(slug: str) -> NewsPage:
    post = news().select_related("replies__thread").filter(slug=slug).first()
    if post is None:
        raise NotThere
    return post


def guide(slug: str) -> GuidePage:
    page: GuidePage | None = GuidePage.objects.live().select_related("locale").filter(slug=slug).first()
    if page is None:
        raise NotThere
    return page


def thread_of(post: NewsPage) -> Thread | None:
    """The thread of a post; none until its first reply if the post was made at the desk."""
    row = getattr(post, "replies", None)
    return row.thread if row else None


def replies_to(post: NewsPage, viewer: Account | None, own_ids: frozenset[UUID]) -> replies.ReplyTree:
    # A thread that was never saved has no replies either.
    tree = replies.tree(thread_of(post) or Thread(), viewer, own_ids)
    return tree if post.takes_replies else replace(tree, is_closed=True)


def path_of_thread(thread_id: UUID) -> str | None:
    """The page that a thread stands on, if it is a news post's."""
    row = NewsThread.objects.select_related("news").filter(thread_id=thread_id, news__live=True).first()
    return row.news.path_here if row else None


def reply_path(post: NewsPage, viewer: Account | None) -> str:
    name = "articles:reply-to-news" if viewer else "articles:reply-to-news-as-guest"
    return reverse(name, args=[post.slug])


def read_next(post: NewsPage, limit: int = 3) -> Sequence[NewsPage]:
    return list(news().exclude(pk=post.pk)[:limit])
