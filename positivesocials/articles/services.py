"""Publishing: news from the desk, a text file or a demo, and the guides that ship with the site."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group, Permission  # noqa: TID251 - Wagtail's permissions hang on it.
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Locale, Page

from positivesocials.accounts.models import Account
from positivesocials.articles import access, texts
from positivesocials.articles.models import (
    RESERVED,
    Category,
    GuideIndex,
    GuidePage,
    NewsIndex,
    NewsPage,
    NewsThread,
    Routed,
)
from positivesocials.core.jobs import every
from positivesocials.core.refusals import Refused
from positivesocials.profiles.models import Persona
from positivesocials.replies import services as replies
from positivesocials.replies.models import Reply, Thread

GUIDES = Path(__file__).parent / "content" / "guides"
SLUG_LENGTH = 80
FENCE = "+++\n"
DESK = "Desk"


@dataclass(frozen=True)
class ImportResult:
    """What an import did, in a sentence for the operator."""

    sentence: str
    created: bool
    slug: str


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
    fingerprint = _fingerprint(title, category, standfirst, *paragraphs)
    if known := _known(fingerprint):
        return known
    post = NewsPage(
        title=title,
        slug=free_slug(title),
        standfirst=standfirst,
        body="".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs),
        byline=byline,
        source_line=source_line,
        published_on=published_on,
        is_demo=is_demo,
        fingerprint=fingerprint,
        first_published_at=timezone.now(),
    )
    with transaction.atomic():
        post.category = category_named(category)
        put_on_shelf(post)
        open_replies(post)
    return post


def put_on_shelf(post: NewsPage) -> None:
    _shelf(NewsIndex, "news", "News").add_child(instance=post)


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


def load_guides() -> int:
    """Publish or renew the guides that ship with the site; says how many changed.

    A guide that an editor has touched belongs to the editors and is left alone.
    """
    files = sorted(GUIDES.glob("*.md"), key=lambda file: (file.stem != "first-days", file.stem))
    return sum(_load_guide(file.read_text(encoding="utf-8")) for file in files)


def _load_guide(text: str) -> bool:
    fingerprint = _fingerprint(text)
    front, body = _front_matter(text)
    known = GuidePage.objects.filter(slug=front["slug"]).first()
    if known and (known.fingerprint == fingerprint or known.revisions.filter(user__isnull=False).exists()):
        return False
    guide = known or GuidePage(slug=front["slug"], first_published_at=timezone.now())
    guide.title, guide.summary, guide.text = front["title"], front["summary"], body
    guide.review_due_on = front["review_due_on"]
    guide.sources = [("source", _source(row)) for row in front.get("sources", [])]
    guide.fingerprint = fingerprint
    with transaction.atomic():
        if known:
            guide.save()
        else:
            _shelf(GuideIndex, "guides", "Guides").add_child(instance=guide)
    return True


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    _before, front, body = text.split(FENCE, 2)
    return tomllib.loads(front), body.strip()


def _source(row: Sequence[str]) -> dict[str, str]:
    return dict(zip(("key", "title", "publisher", "url", "date"), row, strict=True))


def _fingerprint(*texts_of_one: str) -> str:
    return hashlib.sha256("\x1f".join(texts_of_one).encode()).hexdigest()


def category_named(name: str) -> Category:
    slug = slug_of(name) or "other"
    known = Category.objects.filter(name=name).first() or Category.objects.filter(slug=slug).first()
    return known or Category.objects.create(name=name, slug=slug)


def slug_of(words: str) -> str:
    """Plain letters where the words have them, so that a link survives being read aloud."""
    return (slugify(words) or slugify(words, allow_unicode=True))[:SLUG_LENGTH].strip("-")


def free_slug(title: str) -> str:
    slug = slug_of(title) or "post"
    taken = RESERVED | set(NewsPage.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(name for name in numbered if name not in taken)


def _shelf(kind: type[Routed], slug: str, title: str) -> Page:
    """The page that holds all pages of one kind, made when first needed."""
    known = kind.objects.first()
    return known or _root().add_child(instance=kind(title=title, slug=slug))


def _root() -> Page:
    """The root of Wagtail's tree, without the welcome page that Wagtail's own migration puts there."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    for page in root.get_children().filter(slug="home", numchild=0):
        page.delete()
    return Page.objects.get(pk=root.pk)


def reply(
    actor: Account, post: NewsPage, *, persona: Persona, text: str, parent_id: UUID | None, client_key: str
) -> Reply:
    access.require_open(post)
    thread = open_replies(post)
    return replies.reply(
        actor, thread, persona=persona, text=text, parent_id=parent_id, client_key=client_key
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
    )


@transaction.atomic
def admit_to_desk(editor: Account) -> None:
    """Give an editor what Wagtail asks for. The role stays the gate, looked at on every request."""
    group, is_new = Group.objects.get_or_create(name=DESK)
    if is_new:
        group.permissions.set(_desk_permissions())
        for codename in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page=_root(), permission=permission)
    if not editor.groups.filter(pk=group.pk).exists():
        editor.groups.add(group)


def _desk_permissions() -> "QuerySet[Permission]":
    kinds = Q(content_type__app_label="articles", content_type__model__in=["category", "tag", "newspicture"])
    # A picture is drawn anew as it comes in, which the desk's form would not do.
    return Permission.objects.filter(kinds | Q(codename="access_admin")).exclude(codename="add_newspicture")


@every(seconds=60)
def publish_what_is_due() -> None:
    """Carry out what editors have scheduled at the desk."""
    call_command("publish_scheduled", verbosity=0)
