"""What is published, for pages, feeds and the sitemap."""

import hashlib
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.core.cache import cache
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Length, TruncMonth
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.articles import languages, picture_models, sections
from positivesocials.articles.filing_models import Category, Tag
from positivesocials.articles.models import GuidePage, Kind, NewsPage, NewsPicture, NewsThread
from positivesocials.articles.picture_models import GuidePicture
from positivesocials.articles.sections import Parts
from positivesocials.claims import selectors as claims
from positivesocials.claims.uses import Use
from positivesocials.core.refusals import NotThere
from positivesocials.replies import selectors as replies
from positivesocials.replies.models import Thread
from positivesocials.replies.paging import Asked

PER_PAGE = 20
KEEP_PARTS = 24 * 3600
OTHERS = 6


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
    """The published guides in the order of their shelf, without their texts, in the reader's language."""
    return _to_read(languages.readable().annotate(letters=Length("text")).defer("text", "sources"))


def guides_in_every_language() -> Sequence[GuidePage]:
    return list(languages.readable().defer("text", "sources"))


def _to_read(rows: "QuerySet[GuidePage]") -> Sequence[GuidePage]:
    """What has no translation into the language in force is read as it was written."""
    here = list(rows.filter(locale__language_code__in=[languages.FIRST, languages.of_reader()]))
    own = {guide.translation_key: guide for guide in here if guide.is_translation}
    return [own.get(guide.translation_key, guide) for guide in here if not guide.is_translation]


def guides_by_kind() -> Mapping[Kind, Sequence[GuidePage]]:
    """The list of guides in its groups; a group with nothing in it is left out."""
    every = _to_read(languages.readable())
    groups = {kind: [guide for guide in every if guide.kind == kind] for kind in Kind}
    return {kind: group for kind, group in groups.items() if group}


def others_beside(guide: GuidePage) -> Sequence[GuidePage]:
    """The guides of the same kind that come next on the shelf, then round again from its beginning."""
    of_kind = [other for other in guides() if other.kind == guide.kind]
    own = next(
        (place for place, other in enumerate(of_kind) if other.translation_key == guide.translation_key), 0
    )
    return [*of_kind[own + 1 :], *of_kind[:own]][:OTHERS]


def parts_of(guide: GuidePage, *, prefix: str = "") -> Parts:
    """What its text says as the facts stand: rendered once for each text and each change of the facts."""
    facts = claims.facts()
    own = repr([dict(block.value) for block in guide.sources])
    own += repr(picture_models.shown(sections.pictures_in(guide.text)))
    said = hashlib.sha256(f"{guide.locale_id}\x1f{own}\x1f{guide.text}".encode()).hexdigest()
    key = f"guide-parts:{said}:{facts.version}:{prefix}"
    parts: Parts | None = cache.get(key)
    if parts is None:
        parts = guide.parts(facts, prefix=prefix)
        cache.set(key, parts, KEEP_PARTS)
    return parts


def parts_to_read(guide: GuidePage) -> Parts:
    """The same, without links to guides that are held back: each is there again once its guide is."""
    return sections.leading_to(parts_of(guide), open_paths())


def open_paths() -> Collection[str]:
    """Every address below which guides can be read now."""
    where = "articles:read-guide-in"
    rows = list(languages.readable().values_list("slug", "locale__language_code"))
    first = [reverse("articles:read-guide", args=[slug]) for slug, code in rows if code == languages.FIRST]
    return {reverse("articles:keep-all-guides"), *first, *(reverse(where, args=row) for row in rows)}


def changed_at(guide: GuidePage, changes: Mapping[str, datetime]) -> datetime | None:
    """When its page last came to say something else: by its text, or by a fact that it names."""
    named = guide.named
    drawn = {about for block in named.blocks for about in block.drawn_from}
    by_fact = [changes[key] for key in named.claims if key in changes]
    by_fact += [at for key, at in changes.items() if drawn and tuple(key.split(".")[:2]) in drawn]
    return max([*filter(None, [guide.last_published_at or guide.first_published_at]), *by_fact], default=None)


def guides_version() -> Hashable:
    """Changes whenever a guide is published, changed or taken out, and whenever a fact or a picture is."""
    # Which are out, not only how many: one may leave as another comes back.
    live = {"count": Count("pk", filter=Q(live=True)), "which": Sum("pk", filter=Q(live=True))}
    last = GuidePage.objects.aggregate(**live, last=Max("last_published_at"))
    return claims.facts().version, *last.values(), picture_models.version()


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
    """In the language in force, or as it was written."""
    original = _original(slug)
    return _translation(original, languages.of_reader()) or original


def guide_in(slug: str, code: str) -> GuidePage:
    """In this language, or not at all."""
    original = _original(slug)
    found = original if code == languages.FIRST else _translation(original, code)
    if found is None:
        raise NotThere
    return found


def _original(slug: str) -> GuidePage:
    page = languages.readable().filter(slug=slug, locale__language_code=languages.FIRST).first()
    if page is None:
        raise NotThere
    return page


def _translation(original: GuidePage, code: str) -> GuidePage | None:
    if code == languages.FIRST:
        return None
    pages = languages.readable().filter(translation_key=original.translation_key)
    return pages.filter(locale__language_code=code).first()


@dataclass(frozen=True)
class OtherLanguage:
    """The same guide in another language, by the name that its readers give it."""

    code: str
    path: str

    @property
    def words(self) -> str:
        """In that language: whoever looks for it need not understand this one."""
        with translation.override(self.code):
            return _("Read this in %(language)s") % {"language": languages.name_of(self.code)}


def other_languages_of(guide: GuidePage) -> Sequence[OtherLanguage]:
    """An address each that keeps to its language, whatever the reader has chosen for the site."""
    pages = languages.readable().filter(translation_key=guide.translation_key).exclude(pk=guide.pk)
    codes = [page.locale.language_code for page in pages.defer("text", "sources")]
    where = "articles:read-guide-in"
    return [OtherLanguage(code, reverse(where, args=[guide.slug, code])) for code in codes]


def uses_of_claim(key: str) -> Iterator[Use]:
    """The published guides that print a claim: by its name, or in a block about its condition."""
    for guide in languages.published():
        named = guide.named
        subject, topic = key.split(".")[:2]
        if key in named.claims or any(block.prints(subject, topic) for block in named.blocks):
            yield Use(guide.title, guide.path_here)


def guide_at_desk(pk: int) -> GuidePage:
    """Published or not; for editors."""
    page: GuidePage | None = GuidePage.objects.filter(pk=pk).first()
    if page is None:
        raise NotThere
    return page


def translation_at_desk(original: GuidePage, code: str) -> GuidePage | None:
    """Published or not; for editors."""
    pages = GuidePage.objects.filter(translation_key=original.translation_key, locale__language_code=code)
    page: GuidePage | None = pages.select_related("locale").first()
    if page:
        page.original = original
    return page


@dataclass(frozen=True)
class ToTranslate:
    """A guide and how far it is in one language."""

    original: GuidePage
    page: GuidePage | None


def to_translate(code: str) -> Sequence[ToTranslate]:
    """Every guide, published or not, in the order of the shelf; for editors."""
    pages = GuidePage.objects.filter(locale__language_code=code).select_related("locale")
    there = {page.translation_key: page for page in pages.defer("sources")}
    lines = []
    for original in languages.originals().select_related("locale").defer("sources").order_by("path"):
        page = there.get(original.translation_key)
        if page:
            page.original = original
        lines.append(ToTranslate(original, page))
    return lines


def guides_showing(picture: GuidePicture) -> Sequence[str]:
    """The titles of the guides whose text names it, published or not; for editors."""
    rows = GuidePage.objects.filter(text__contains=picture.mark).order_by("path")
    return list(rows.values_list("title", flat=True))


def held_guides() -> Sequence[tuple[GuidePage, Sequence[str]]]:
    """What waits for its facts or its review, with the reasons; for editors."""
    held = GuidePage.objects.filter(is_held=True, live=False).order_by("path")
    return [(guide, guide.reasons_against()) for guide in held]


def overdue_guides() -> Sequence[GuidePage]:
    late = GuidePage.objects.live().filter(review_due_on__lt=timezone.localdate())
    return list(late.defer("text", "sources").order_by("review_due_on"))


def thread_of(post: NewsPage) -> Thread | None:
    """The thread of a post; none until its first reply if the post was made at the desk."""
    row = getattr(post, "replies", None)
    return row.thread if row else None


def replies_to(
    post: NewsPage, viewer: Account | None, own_ids: frozenset[UUID], asked: Asked
) -> replies.ReplyTree:
    # A thread that was never saved has no replies either.
    tree = replies.tree(thread_of(post) or Thread(), viewer, own_ids, asked=asked)
    return replace(tree, is_closed=tree.is_closed or not post.is_open, open_until=post.replies_until)


def voices_in(post: NewsPage, actor: Account) -> list[replies.Voice]:
    """The names the actor may reply under here; none before they have chosen one."""
    return replies.voices_in(thread_of(post) or Thread(), actor)


def path_of_thread(thread_id: UUID) -> str | None:
    """The page that a thread stands on, if it is a news post's."""
    row = NewsThread.objects.select_related("news").filter(thread_id=thread_id, news__live=True).first()
    return row.news.path_here if row else None


def reply_path(post: NewsPage, viewer: Account | None) -> str:
    name = "articles:reply-to-news" if viewer else "articles:reply-to-news-as-guest"
    return reverse(name, args=[post.slug])


def read_next(post: NewsPage, limit: int = 3) -> Sequence[NewsPage]:
    return list(news().exclude(pk=post.pk)[:limit])
