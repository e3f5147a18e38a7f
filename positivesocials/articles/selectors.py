"""What is published, for pages, feeds and the sitemap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse

from positivesocials.accounts.models import Account
from positivesocials.articles.models import Category, GuidePage, NewsPage, NewsPicture, NewsThread, Tag
from positivesocials.core.refusals import NotThere
from positivesocials.replies import selectors as replies
from positivesocials.replies.models import Thread

PER_PAGE = 20


@dataclass(frozen=True)
class Shelf:
    """One page of the news list, with the categories that have something in them."""

    category: Category | None
    categories: Sequence[Category]
    tag: Tag | None
    slice: "Slice[NewsPage]"


def news() -> "QuerySet[NewsPage]":
    posts: QuerySet[NewsPage] = NewsPage.objects.live().select_related("category", "locale")
    return posts.order_by("-published_on", "-first_published_at", "-pk")


def latest_news(limit: int) -> Sequence[NewsPage]:
    return list(news()[:limit])


def guides() -> Sequence[GuidePage]:
    """The published guides in the order of their shelf."""
    return list(GuidePage.objects.live().select_related("locale").order_by("path"))


def shelf(*, category_slug: str = "", tag_slug: str = "", page: str) -> Shelf:
    categories = list(Category.objects.filter(pk__in=news().order_by().values("category")))
    chosen = next((category for category in categories if category.slug == category_slug), None)
    if category_slug and chosen is None:
        raise NotThere
    tag = tag_in_use(tag_slug) if tag_slug else None
    posts = news().filter(category=chosen) if chosen else news()
    posts = posts.filter(tags=tag) if tag else posts
    posts = posts.order_by("-is_pinned", *posts.query.order_by)
    return Shelf(chosen, categories, tag, Paginator(posts, PER_PAGE).get_page(page))


def tag_in_use(slug: str) -> Tag:
    """A tag that something published bears; of a draft's tags nobody hears."""
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None or not news().filter(tags=tag).exists():
        raise NotThere
    return tag


def news_post(slug: str) -> NewsPage:
    post = news().select_related("replies__thread").filter(slug=slug).first()
    if post is None:
        raise NotThere
    return post


def pictures_below(post: NewsPage) -> Sequence[NewsPicture]:
    """Without what they are drawn of: the page names them, and each comes by itself."""
    return list(post.pictures.defer("data").order_by("pk"))


def picture(picture_id: UUID) -> NewsPicture:
    """A picture of something published."""
    found = NewsPicture.objects.filter(pk=picture_id, news__live=True).first()
    if found is None:
        raise NotThere
    return found


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
