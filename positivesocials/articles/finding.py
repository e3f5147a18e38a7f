"""The published articles as plain words, for the search. No drafts, nothing withdrawn."""

import hashlib
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from html import unescape

from django.db.models import QuerySet
from django.utils.html import strip_tags

from positivesocials.articles import languages, picture_models, rich, sections, selectors
from positivesocials.articles.filing_models import Category
from positivesocials.articles.models import GuidePage, NewsPage
from positivesocials.claims import selectors as claims
from positivesocials.core.public_texts import PublicText

GUIDE, NEWS = "guide", "news"
HEADING = re.compile(r"<h[23][^>]*>(.*?)</h[23]>", re.DOTALL)
# Where one block ends and the next begins, words must not run together.
BLOCK_END = re.compile(r"<(?:/(?:p|li|h[2-6]|td|th|tr|caption|figcaption|b|blockquote)|br)\b[^>]*>")
# Pictures of windows, and the small numbers that lead to sources.
BESIDE = re.compile(r"<(svg|sup)\b.*?</\1>", re.DOTALL)
ALT = re.compile(r'<img\b[^>]*\balt="([^"]*)"[^>]*>')
SPACES = re.compile(r"\s+")


def _guides() -> "QuerySet[GuidePage]":
    return languages.readable()


def _news() -> "QuerySet[NewsPage]":
    news: QuerySet[NewsPage] = NewsPage.objects.live().select_related("locale", "category")
    return news


def guide_stamps() -> Mapping[str, str]:
    """The ids of all guides that can be read, each with a mark that changes with what its page prints."""
    facts = claims.facts()
    rows = list(_guides().values_list("pk", "last_published_at", "fingerprint", "text"))
    shown = {str(pk): sections.pictures_in(text) for pk, *_said, text in rows}
    pictures = picture_models.shown({key for keys in shown.values() for key in keys})
    words = {pk: [pictures.get(key) for key in keys] for pk, keys in shown.items()}
    return {
        str(pk): _stamp(at, fingerprint, sections.printed_from(text, facts), words[str(pk)])
        for pk, *(at, fingerprint, text) in rows
    }


def _stamp(*said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()


def guides_move_with() -> Hashable:
    """What changes the words of guides without any of them being written."""
    return claims.facts().version, picture_models.version()


def news_stamps() -> Mapping[str, str]:
    return {str(pk): str(at) for pk, at in _news().values_list("pk", "last_published_at")}


def news_categories() -> Mapping[str, str]:
    return dict(Category.objects.values_list("slug", "name"))


def guide_texts(ids: Iterable[str]) -> Sequence[PublicText]:
    return [_whole_guide(guide) for guide in _guides().filter(pk__in=list(ids))]


def news_texts(ids: Iterable[str]) -> Sequence[PublicText]:
    return [_whole_news(post) for post in _news().filter(pk__in=list(ids))]


def guide_lines(ids: Iterable[str]) -> Sequence[PublicText]:
    """As they are listed: without their text."""
    return [_guide_line(guide) for guide in _guides().filter(pk__in=list(ids)).defer("text", "sources")]


def news_lines(ids: Iterable[str]) -> Sequence[PublicText]:
    return [_news_line(post) for post in _news().filter(pk__in=list(ids)).defer("body")]


def _whole_guide(guide: GuidePage) -> PublicText:
    """As its page prints it: with its figures, and without what is left out there."""
    parts = selectors.parts_of(guide)
    # What a guide is about stands in its address too, such as "hsv".
    named = [guide.slug.replace("-", " "), *(section.heading for section in parts.sections)]
    html = [parts.opening, *(section.html for section in parts.sections)]
    return _guide_line(guide, headings="\n".join(named), text=_plain(BESIDE.sub("", "\n".join(html))))


def _whole_news(post: NewsPage) -> PublicText:
    html = rich.safe_html(post.body)
    headings = [_plain(heading) for heading in HEADING.findall(html)]
    return _news_line(post, headings="\n".join(headings), text=_plain(html))


def _guide_line(guide: GuidePage, *, headings: str = "", text: str = "") -> PublicText:
    return PublicText(
        id=str(guide.pk),
        title=guide.title,
        url=guide.path_here,
        summary=guide.summary,
        headings=headings,
        text=text,
        language=guide.locale.language_code,
    )


def _news_line(post: NewsPage, *, headings: str = "", text: str = "") -> PublicText:
    return PublicText(
        id=str(post.pk),
        title=post.title,
        url=post.path_here,
        summary=post.standfirst,
        headings=headings,
        text=text,
        language=post.locale.language_code,
        category=post.category.slug,
        category_label=post.category.name,
        dated_on=post.published_on,
    )


def _plain(html: str) -> str:
    return SPACES.sub(" ", unescape(strip_tags(BLOCK_END.sub(" ", ALT.sub(r"\1", html))))).strip()
