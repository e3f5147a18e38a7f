"""The draw of each day's introductions, away from requests: made once, by whichever process comes first.

What is drawn rests on opened wishes, so until it is sealed it lives in memory only. A draw that is stopped
is drawn again, the same to the bit while nothing changed, and written on from where it stopped.
"""

import logging
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from positivesocials.core.jobs import every
from positivesocials.matching import attention, index, introducing
from positivesocials.matching.introducing import Introductions
from positivesocials.matching.models import Draw, Introduction, Mode
from positivesocials.profiles.models import Profile
from positivesocials.vault import fields as vault_fields
from positivesocials.vault import services as vault

log = logging.getLogger(__name__)

HOUR = 4  # In the morning, by the clock of the site.
KEEP, KEEP_DRAWS = timedelta(days=2), timedelta(days=90)
SILENT = timedelta(minutes=10)  # A process that gave no sign of life for so long has stopped.
A_PART = 500  # Profiles whose introductions are written together.

Drawn = dict[str, Introductions]


class Superseded(Exception):
    """Another process took this draw over: whoever notices stops."""


@every(seconds=60, takes_long=True)
def introduce_everyone() -> None:
    """Draw today's introductions once the hour has come; at once where there are none at all."""
    today = timezone.localdate()
    if _is_due(today):
        draw(today)


@every(seconds=3600)
def forget_old() -> None:
    today = timezone.localdate()
    old_rows = Introduction.objects.filter(day__lte=today - KEEP)
    while ids := list(old_rows.values_list("pk", flat=True)[:A_PART]):
        Introduction.objects.filter(pk__in=ids).delete()
    for old in Draw.objects.filter(day__lte=today - KEEP_DRAWS):
        vault.shred(vault.KeyOwner(Draw._meta.label, old.pk))
        old.delete()


def forget(profile: Profile) -> None:
    """A profile that has ended is introduced to nobody."""
    Introduction.objects.filter(profile=profile).delete()


def _is_due(today: date) -> bool:
    if _is_done(today):
        return False
    return timezone.localtime().hour >= HOUR or not _is_done(today - timedelta(days=1))


def _is_done(day: date) -> bool:
    return Draw.objects.filter(day=day).exclude(done_at=None).exists()


def draw(day: date) -> None:
    """Introduce everyone on this day. Does nothing where that is done, or being done by another process."""
    held = _taken(day)
    if held is None:
        return
    log.info("Introductions: draw %s begins.", held.pk)
    try:
        drawn = _drawn(held)
        _write_all(held, drawn)
        _finish(held, drawn)
    except Superseded:
        log.info("Introductions: another process goes on with draw %s.", held.pk)
        return
    log.info("Introductions: draw %s is done.", held.pk)


def _taken(day: date) -> Draw | None:
    """The draw of this day as ours, if nobody works on it."""
    _make(day)
    holder, now = uuid4(), timezone.now()
    free = Q(holder=None) | Q(beat_at__lt=now - SILENT)
    # The condition is the lock: of two processes one changes no row.
    taken = Draw.objects.filter(free, day=day, done_at=None).update(holder=holder, beat_at=now)
    return Draw.objects.get(day=day) if taken else None


def _make(day: date) -> None:
    if Draw.objects.filter(day=day).exists():
        return
    try:
        with transaction.atomic():
            Draw(day=day, figures={}).save(force_insert=True)
    except IntegrityError:
        return  # Another process made it at the same moment.


def _beat(held: Draw, *, written_to: UUID | None = None) -> None:
    """A sign of life, and how far it is. Raises Superseded where the draw is not ours any more."""
    changed = {"beat_at": timezone.now()} | ({"written_to": written_to} if written_to else {})
    if not Draw.objects.filter(pk=held.pk, holder=held.holder, done_at=None).update(**changed):
        raise Superseded


def _drawn(held: Draw) -> Drawn:
    processes = settings.INTRODUCTION_PROCESSES
    beat = partial(_beat, held)
    return {
        mode: introducing.introduced(mode, day=held.day, processes=processes, beat=beat)
        for mode in Mode.values
    }


def _write_all(held: Draw, drawn: Drawn) -> None:
    """Everyone who is listed gets a row, whatever they have on, by id from where a stopped draw was."""
    everyone = sorted(row.id for row in index.listed())
    left = [pk for pk in everyone if held.written_to is None or pk > held.written_to]
    for start in range(0, len(left), A_PART):
        _write(held, left[start : start + A_PART], drawn)
        log.info("Introductions: draw %s, %s left to write.", held.pk, max(0, len(left) - start - A_PART))


@transaction.atomic
def _write(held: Draw, ids: Sequence[UUID], drawn: Drawn) -> None:
    # First, because it makes another process that took over wait for us, or us stop.
    _beat(held, written_to=ids[-1])
    with vault.keys_open():
        profiles = Profile.objects.standing().filter(pk__in=ids).select_related("link").order_by("pk")
        rows = [Introduction(profile=profile, day=held.day) for profile in profiles]
        vault_fields.warm(rows)
        # Whose key was shredded a moment ago is introduced to nobody.
        kept = [row for row in rows if vault.key_of(row.key_owner) is not None]
        for row in kept:
            row.whom = _whom(row.profile_id, drawn)
        Introduction.objects.bulk_create(kept, ignore_conflicts=True)


def _whom(profile_id: UUID, drawn: Drawn) -> dict[str, list[str]]:
    """By mode that is on; in another there is no list, not an empty one."""
    return {
        mode: [pk.hex for pk in found.of[profile_id]]
        for mode, found in drawn.items()
        if profile_id in found.of
    }


@transaction.atomic
def _finish(held: Draw, drawn: Drawn) -> None:
    _beat(held)
    held.figures = {mode: attention.figures(found.groups) for mode, found in drawn.items()}
    held.done_at, held.holder, held.written_to = timezone.now(), None, None
    held.save(update_fields=["figures", "done_at", "holder", "written_to"])
