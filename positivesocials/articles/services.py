"""Publishing: news from the desk, a text file or a demo, and the guides that ship with the site."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import Group, Permission  # noqa: TID251 - Wagtail's permissions hang on it.
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission

from positivesocials.accounts.models import Account
from positivesocials.articles import access, texts
from positivesocials.articles.filing_models import Category, Tag
from positivesocials.articles.guides import load_guides as load_guides
from positivesocials.articles.guides import put_off
from positivesocials.articles.guides import settle_guides as settle_guides
from positivesocials.articles.models import RESERVED, NewsIndex, NewsPage, NewsThread
from positivesocials.articles.shelves import root, shelf
from positivesocials.core.jobs import every
from positivesocials.core.refusals import Refused
from positivesocials.profiles.models import Persona
from positivesocials.replies import services as replies
from positivesocials.replies.models import Reply, Thread

SLUG_LENGTH = 80
DESK = "Desk"
AT_DESK = ["category", "tag", "newspicture", "guidepicture"]
Filing = TypeVar("Filing", Category, Tag)


@dataclass(frozen=True)
class Elsewhere:
    """News of another site: an excerpt with its source, and the address at which the whole of it is."""

    title: str
    category: str
    standfirst: str
    url: str
    source_line: str
    published_on: date
    fingerprint: str
    byline: str = ""
    content_note: str = ""


@dataclass(frozen=True)
class ImportResult:
    """What an import did, in a sentence for the operator."""

    sentence: str
    created: bool
    slug: str


@transaction.atomic
def publish_news(
    *,
    title: str,
    category: str,
    standfirst: str,
    paragraphs: Sequence[str],
    published_on: date,
    source_line: str = "",
    byline: str = "",
    is_demo: bool = False,
) -> NewsPage:
    """Publish a news post with a thread below it. The same text twice is one post."""
    take_turn()
    fingerprint = _fingerprint(title, category, standfirst, *paragraphs)
    if known := _known(fingerprint):
        return known
    post = NewsPage(
        title=title,
        slug=free_slug(title),
        category=category_named(category),
        standfirst=standfirst,
        body="".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs),
        byline=byline,
        source_line=source_line,
        published_on=published_on,
        is_demo=is_demo,
        fingerprint=fingerprint,
        first_published_at=timezone.now(),
    )
    put_on_shelf(post)
    open_replies(post)
    return post


@transaction.atomic
def publish_from_elsewhere(news: Elsewhere) -> NewsPage:
    """Publish an excerpt with a thread below it; the whole text stays with its source."""
    post = _post_from_elsewhere(news)
    post.first_published_at = timezone.now()
    put_on_shelf(post)
    open_replies(post)
    return post


@transaction.atomic
def draft_from_elsewhere(news: Elsewhere) -> NewsPage:
    """Lay the excerpt on the desk as a draft, which no reader sees."""
    post = _post_from_elsewhere(news)
    post.live, post.has_unpublished_changes = False, True
    put_on_shelf(post)
    post.save_revision()
    return post


def _post_from_elsewhere(news: Elsewhere) -> NewsPage:
    take_turn()
    if _known(fingerprint := _fingerprint(news.url, news.fingerprint)):
        raise Refused(_("This news is here already, or lies on the desk as a draft."))
    return NewsPage(
        title=news.title,
        slug=free_slug(news.title),
        category=category_named(news.category),
        standfirst=news.standfirst,
        byline=news.byline,
        source_line=news.source_line,
        canonical_url=news.url,
        content_note=news.content_note,
        published_on=news.published_on,
        fingerprint=fingerprint,
    )


def take_turn() -> None:
    """First in every transaction that puts news on the shelf: the next one waits until it is over.

    So addresses that are free stay free, and the same text at once is found. No constraint says so: Wagtail
    keeps the addresses of one shelf apart by asking alone.
    """
    NewsIndex.objects.select_for_update().get(pk=shelf(NewsIndex, "news", "News").pk)


def put_on_shelf(post: NewsPage) -> None:
    shelf(NewsIndex, "news", "News").add_child(instance=post)


def import_article(path: Path | str, *, source_line: str = "") -> ImportResult:
    """Turn a text file into a news post. Again changes nothing; a bad file names its line."""
    text = texts.read_file(Path(path))
    fingerprint = _fingerprint(text.title, text.category, text.standfirst, *text.paragraphs)
    if known := _known(fingerprint):
        sentence = _("Nothing changed: this article is at %s already.") % known.path_here
        return ImportResult(sentence, created=False, slug=known.slug)
    if NewsPage.objects.filter(title=text.title).exists():
        raise Refused(_("Another text with this headline is published already. Edit that one at the desk."))
    post = publish_news(
        title=text.title,
        category=text.category,
        standfirst=text.standfirst,
        paragraphs=text.paragraphs,
        published_on=timezone.localdate(),
        source_line=source_line or _unnamed_source(),
    )
    sentence = _("Published at %(path)s with %(count)d paragraphs, filed under %(category)s.") % {
        "path": post.path_here,
        "count": len(text.paragraphs),
        "category": text.category,
    }
    return ImportResult(sentence, created=True, slug=post.slug)


def _known(fingerprint: str) -> NewsPage | None:
    known: NewsPage | None = NewsPage.objects.filter(fingerprint=fingerprint).first()
    return known


def _unnamed_source() -> str:
    return _("Taken over as it reached the editors. It names no source and is not our own report.")


def open_replies(post: NewsPage) -> Thread:
    """The thread below a post, made when first needed. Two at once get the same one."""
    row = NewsThread.objects.select_related("thread").filter(news=post).first()
    if row:
        return row.thread
    try:
        with transaction.atomic():
            return NewsThread.objects.create(news=post, thread=replies.open_thread()).thread
    except IntegrityError:
        return NewsThread.objects.select_related("thread").get(news=post).thread


def _fingerprint(*texts_of_one: str) -> str:
    return hashlib.sha256("\x1f".join(texts_of_one).encode()).hexdigest()


def category_named(name: str) -> Category:
    """The category of this name, made when first needed. Two at once get the same one."""
    return filed(Category, name, slug_of(name) or "other")


def filed(kind: type[Filing], name: str, slug: str) -> Filing:
    """The category or tag of this name or address. Made at once by somebody else, it is theirs."""
    if known := _filed_as(kind, name, slug):
        return known
    try:
        with transaction.atomic():
            return kind.objects.create(name=name, slug=slug)
    except IntegrityError:
        if known := _filed_as(kind, name, slug):
            return known
        raise


def _filed_as(kind: type[Filing], name: str, slug: str) -> Filing | None:
    return kind.objects.filter(name=name).first() or kind.objects.filter(slug=slug).first()


def slug_of(words: str) -> str:
    """Plain letters where the words have them, so that a link survives being read aloud."""
    return (slugify(words) or slugify(words, allow_unicode=True))[:SLUG_LENGTH].strip("-")


def free_slug(title: str) -> str:
    slug = slug_of(title) or "post"
    taken = RESERVED | set(NewsPage.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(name for name in numbered if name not in taken)


def reply(
    actor: Account,
    post: NewsPage,
    *,
    persona: Persona,
    text: str,
    parent_id: UUID | None,
    client_key: str,
    wants_answers: bool = True,
) -> Reply:
    """Under a name of the actor's own: theirs, or an alias they wear below this article."""
    access.require_open(post)
    return replies.reply(
        actor,
        open_replies(post),
        persona=persona,
        text=text,
        parent_id=parent_id,
        client_key=client_key,
        wants_answers=wants_answers,
    )


def reply_as_alias(
    actor: Account,
    post: NewsPage,
    *,
    alias: str,
    salt: str,
    text: str,
    parent_id: UUID | None,
    client_key: str,
    wants_answers: bool = True,
) -> Reply:
    access.require_open(post)
    return replies.reply_as_alias(
        actor,
        open_replies(post),
        alias=alias,
        salt=salt,
        text=text,
        parent_id=parent_id,
        client_key=client_key,
        wants_answers=wants_answers,
    )


def reply_as_guest(
    post: NewsPage,
    *,
    name: str,
    address: str,
    text: str,
    parent_id: UUID | None,
    client_key: str,
    own: frozenset[UUID],
    proof: str = "",
    wants_answers: bool = False,
) -> Reply:
    access.require_open(post)
    return replies.reply_as_guest(
        open_replies(post),
        name=name,
        address=address,
        text=text,
        parent_id=parent_id,
        client_key=client_key,
        own=own,
        proof=proof,
        wants_answers=wants_answers,
    )


@transaction.atomic
def admit_to_desk(editor: Account) -> None:
    """Give an editor what Wagtail asks for. The role stays the gate, looked at on every request."""
    group, is_new = Group.objects.get_or_create(name=DESK)
    if is_new:
        group.permissions.set(_desk_permissions())
        for codename in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page=root(), permission=permission)
    if not editor.groups.filter(pk=group.pk).exists():
        editor.groups.add(group)


def _desk_permissions() -> "QuerySet[Permission]":
    kinds = Q(content_type__app_label="articles", content_type__model__in=AT_DESK)
    # A picture is drawn anew as it comes in, which the desk's form would not do.
    return Permission.objects.filter(kinds | Q(codename="access_admin")).exclude(codename="add_newspicture")


@every(seconds=60)
def publish_what_is_due() -> None:
    """Carry out what editors have scheduled at the desk. A guide that may not come out yet is tried again."""
    put_off()
    call_command("publish_scheduled", verbosity=0)
