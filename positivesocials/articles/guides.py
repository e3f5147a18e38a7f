"""Guides in and out: what ships with the site, what waits for its facts, and who has reviewed it."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision
from wagtail.signals import page_published

from positivesocials.accounts.models import Account
from positivesocials.articles import languages
from positivesocials.articles.models import GuideIndex, GuidePage, Kind, ShippedGuide
from positivesocials.articles.shelves import shelf
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.claims.loading import load_claims
from positivesocials.core.jobs import every
from positivesocials.core.refusals import Refused

GUIDES = Path(__file__).parent / "content" / "guides"
FENCE = "+++\n"
FIRST = "first-days"
TRY_AGAIN = timedelta(hours=1)


def load_guides() -> int:
    """Publish or renew the guides that ship with the site; says how many changed.

    A guide that an editor has touched belongs to the editors and is left alone; one that they took out is
    renewed where it lies, and one that they deleted stays deleted. One that may not be published waits there
    too, and comes out by itself once it may.
    """
    # What they say stands on these.
    load_claims()
    files = sorted(GUIDES.glob("*.md"), key=lambda file: (file.stem != FIRST, file.stem))
    shipped = {row.name: row for row in ShippedGuide.objects.select_related("page")}
    return sum(_load_guide(file.read_text(encoding="utf-8"), shipped) for file in files)


def _load_guide(text: str, shipped: Mapping[str, ShippedGuide]) -> bool:
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    front, body = front_matter(text)
    name = front["slug"]
    if name in shipped and shipped[name].page is None:
        return False
    known = shipped[name].page if name in shipped else languages.originals().filter(slug=name).first()
    if known and (known.fingerprint == fingerprint or known.revisions.filter(user__isnull=False).exists()):
        _remember(name, known)
        return False
    _renew(known or GuidePage(slug=name, first_published_at=timezone.now()), front, body, fingerprint)
    return True


def _renew(guide: GuidePage, front: Mapping[str, Any], body: str, fingerprint: str) -> None:
    known = bool(guide.pk)
    was_taken_out = known and not (guide.live or guide.is_held)
    _fill(guide, front, body)
    guide.fingerprint = fingerprint
    guide.is_held = bool(guide.reasons_against()) and not was_taken_out
    guide.live, guide.last_published_at = not (guide.is_held or was_taken_out), timezone.now()
    with transaction.atomic():
        if known:
            guide.save()
        else:
            shelf(GuideIndex, "guides", "Guides").add_child(instance=guide)
        _remember(front["slug"], guide)


def _remember(name: str, guide: GuidePage) -> None:
    """Its page by the name it ships under: an editor may give it another address."""
    ShippedGuide.objects.get_or_create(name=name, defaults={"page": guide})


def deleted() -> Sequence[str]:
    """The names of the shipped guides that editors have deleted."""
    return list(ShippedGuide.objects.filter(page=None).order_by("name").values_list("name", flat=True))


def bring_back(name: str) -> None:
    """As it ships now. Refused where nothing was deleted, or another guide has its address."""
    gone = ShippedGuide.objects.filter(name=name, page=None)
    if not gone.exists() or not any(_name_in(file) == name for file in GUIDES.glob("*.md")):
        raise Refused(_("No guide that ships as “%s” was deleted here.") % name)
    if languages.originals().filter(slug=name).exists():
        raise Refused(_("Another guide stands at the address “%s”. Give that one another first.") % name)
    gone.delete()
    load_guides()


def _name_in(file: Path) -> str:
    front, _body = front_matter(file.read_text(encoding="utf-8"))
    return str(front["slug"])


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    _before, front, body = text.split(FENCE, 2)
    return tomllib.loads(front), body.strip()


def _fill(guide: GuidePage, front: Mapping[str, Any], body: str) -> None:
    guide.title, guide.summary, guide.text = front["title"], front["summary"], body
    guide.kind = Kind(front["kind"])
    guide.conditions = " ".join(front.get("conditions", []))
    guide.written_by = front.get("written_by", "")
    guide.review_due_on = front["review_due_on"]
    guide.sources = [("source", _source(row)) for row in front.get("extra_sources", [])]


def _source(row: Mapping[str, Any]) -> dict[str, str]:
    kept = {name: str(row.get(name, "")) for name in ("key", "title", "publisher", "url")}
    return kept | {"date": str(row.get("year", ""))}


@every(seconds=60)
def settle_guides() -> None:
    """Take out the guides that lost their ground when facts changed, bring back those that have it again."""
    for guide in GuidePage.objects.filter(pk__in=languages.without_ground()):
        _hold(guide)
    for guide in GuidePage.objects.filter(live=False, is_held=True):
        if not guide.reasons_against():
            _bring_back(guide)


@transaction.atomic
def _hold(guide: GuidePage) -> None:
    guide.unpublish()
    GuidePage.objects.filter(pk=guide.pk).update(is_held=True)


def _bring_back(guide: GuidePage) -> None:
    """What was published last is public again; a newer draft stays a draft."""
    held = GuidePage.objects.filter(pk=guide.pk, live=False, is_held=True)
    if held.update(live=True, is_held=False):
        guide.refresh_from_db()
        page_published.send(sender=GuidePage, instance=guide, revision=guide.live_revision)


def put_off() -> None:
    """A guide whose hour has come and that may not be published keeps its place in the queue."""
    now = timezone.now()
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=now):
        guide = revision.as_object()
        if isinstance(guide, GuidePage) and guide.reasons_against():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=now + TRY_AGAIN)


@transaction.atomic
def review(
    actor: Account, guide: GuidePage, *, read: str, name: str, training: str, review_due_on: date
) -> None:
    """Somebody with the training says that they have read this text: on the page and on record, by name.

    `read` is the hash of what they have read. It holds for the newest text, and comes out with it.
    """
    if review_due_on <= timezone.localdate():
        raise Refused(_("The next review has to lie ahead."))
    text = guide.get_latest_revision_as_object()
    if text.text_hash != read:
        raise Refused(
            _("Somebody has changed this guide since you opened this page. Read it again, then come back.")
        )
    text.reviewer, text.reviewed_on = f"{name}, {training}", timezone.localdate()
    text.reviewed_text, text.review_due_on = text.text_hash, review_due_on
    was_public = guide.live and not guide.has_unpublished_changes
    revision = text.save_revision(user=actor, log_action=True)
    if was_public:
        revision.publish(user=actor)
    audit.record(actor, verb=Verb.REVIEW_GUIDE, reason=f"{guide.slug}: {text.reviewer}")
