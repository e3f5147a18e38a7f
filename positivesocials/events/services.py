"""Events and who comes to them: the only code that writes this context's rows.

Whoever changes who comes holds the row of the event first, so that places are given out one after the other.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import instance, wording
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.events import access, selectors
from positivesocials.events.models import AHEAD, Ahead, Answer, Attendance, Event, Reminder
from positivesocials.groups.models import Group
from positivesocials.notifications import notices
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles import services as personas
from positivesocials.profiles.models import Persona
from positivesocials.replies import services as replies
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

KIND = "event"
CHANGED, PLACE, DAY, HOUR = "event", "event-place", "event-day", "event-hour"
SOON = {Ahead.DAY: DAY, Ahead.HOUR: HOUR}
KEEP_ATTENDANCE = timedelta(days=30)
FURTHEST = timedelta(days=730)
LONGEST = timedelta(days=31)
AT_A_TIME = 500
# In how many looks, five minutes apart, an alias of somebody who left goes on average: four hours.
ALIAS_STAYS = 48


@dataclass(frozen=True)
class Plan:
    """What an event is to be."""

    title: str
    about: str
    where: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    limit: int | None = None


@dataclass(frozen=True)
class Alias:
    """A name for one event alone, with the salt of its picture."""

    name: str
    salt: str = ""


def make_event(actor: Account, group: Group, plan: Plan, *, client_key: str) -> Event:
    """The same `client_key` again returns the first event."""
    _must_arrange(actor, group)
    words = _words(plan)
    _must_be_to_come(plan)
    try:
        with transaction.atomic():
            return Event.objects.create(group=group, maker=actor, client_key=client_key, **words)
    except IntegrityError:
        sent = Event.objects.filter(maker=actor, group=group, client_key=client_key).first()
        if sent is None:
            raise replies.SentBefore from None
        return sent


@transaction.atomic
def change_event(actor: Account, event: Event, plan: Plan) -> None:
    """Who comes is told once the time or the place is another. Places are never taken from who has one."""
    _must_arrange(actor, event.group)
    event = _held(event.pk)
    _must_stand(event)
    words = _words(plan)
    has_moved = (event.starts_at, event.ends_at) != (plan.starts_at, plan.ends_at)
    if has_moved:
        _must_be_to_come(plan)
    is_elsewhere = has_moved or event.where != words["where"]
    was = event.limit
    for name, value in words.items():
        setattr(event, name, value)
    event.save(update_fields=list(words))
    if was != event.limit:
        _number_anew(event)
    _move_up(event)
    if has_moved:
        _set_reminders_anew(event)
    if is_elsewhere:
        _tell_all(event, but=actor)


@transaction.atomic
def call_off(actor: Account, event: Event) -> None:
    """Everybody who answered is told, and nobody is reminded. It stays to be seen, as called off."""
    _must_arrange(actor, event.group)
    if Event.objects.to_come().filter(pk=event.pk, called_off_at=None).update(called_off_at=timezone.now()):
        Reminder.objects.filter(attendance__event=event.pk).delete()
        _tell_all(event, but=actor)


@transaction.atomic
def answer(
    actor: Account,
    event: Event,
    says: Answer,
    *,
    alias: Alias | None = None,
    reminded: Iterable[Ahead] = (),
) -> Answer:
    """Come, or perhaps. Says how it is now: who wants to come and finds no place waits for one.

    Under the name people know the actor by, unless an alias is given; whoever answered before keeps what
    they answered under. Calling it again changes nothing.
    """
    if not access.sees_all(actor, event.group):
        raise NotThere
    event = _held(event.pk)
    _must_stand(event)
    row = Attendance.objects.filter(event=event, account=actor).first()
    if row is None:
        row = Attendance(event=event, account=actor, persona=_persona(actor, event, alias))
    if says == Answer.COMES:
        _take_place(event, row)
    else:
        row.answer, row.number, row.waits_since = Answer.MAYBE, None, None
    row.save()
    _remind(event, row, set(reminded))
    _move_up(event)
    return Answer(row.answer)


@transaction.atomic
def step_back(actor: Account, event: Event) -> None:
    """As if they had never answered; the alias is gone too. Whoever waits longest moves up."""
    _held(event.pk)
    Attendance.objects.filter(event=event, account=actor).delete()


@transaction.atomic
def left(attendance: Attendance) -> None:
    """An attendance is gone, for whatever reason: its alias goes too, and its place to whoever is next."""
    if attendance.persona_id:
        Persona.objects.filter(pk=attendance.persona_id, is_alias=True).delete()
    # Held only where there is a place to give: who waits may be moving up by another's doing just now.
    if attendance.answer != Answer.COMES:
        return
    event = Event.objects.select_for_update().filter(pk=attendance.event_id).first()
    if event is not None:
        _move_up(event)


@transaction.atomic
def remove(event_id: UUID) -> None:
    """A moderator's decision. Whoever wanted to come is told that it does not take place."""
    if Event.objects.filter(pk=event_id, removed_at=None).update(removed_at=timezone.now()):
        Reminder.objects.filter(attendance__event=event_id).delete()
        _tell_all(Event.objects.get(pk=event_id))


@every(seconds=60)
def remind() -> None:
    """Tell who wants it that an event begins soon. What was due while nothing ran is told late, or not at
    all once the event has begun.
    """
    now = timezone.now()
    coming = Attendance.objects.belonging().exclude(answer=Answer.WAITS)
    stands = coming.filter(
        event__starts_at__gt=now, event__called_off_at=None, event__removed_at=None
    ).values("pk")
    due = Reminder.objects.filter(told_at=None, due_at__lte=now, attendance__in=stands)
    for each in due.select_related("attendance").order_by("due_at", "id")[:AT_A_TIME]:
        with transaction.atomic():
            if Reminder.objects.filter(pk=each.pk, told_at=None).update(told_at=now):
                told = each.attendance
                notices.notify([told.account_id], SOON[Ahead(each.ahead)], target=told.event_id)


@every(seconds=300)
def release_places() -> None:
    """Whoever is not of the group any more comes to none of its events: under a name within minutes, under an
    alias some hours later, at a moment that is drawn. If both went at once, one would tell of the other.
    """
    gone = Attendance.objects.left_behind().filter(event__ends_at__gt=timezone.now())
    for each in gone.select_related("persona").order_by("id")[:AT_A_TIME]:
        if each.persona is None or not each.persona.is_alias or secrets.randbelow(ALIAS_STAYS) == 0:
            Attendance.objects.filter(pk=each.pk).delete()


@every(seconds=3600)
def forget_attendance() -> None:
    """Who came to an event is nobody's business for ever."""
    old = Attendance.objects.filter(event__ends_at__lt=timezone.now() - KEEP_ATTENDANCE)
    Attendance.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:AT_A_TIME])).delete()


def forget_key(event: Event) -> None:
    """What a group planned goes with the group, in every copy."""
    transaction.on_commit(partial(vault.shred, KeyOwner(Event._meta.label, event.pk)))


def _held(event_id: UUID) -> Event:
    return Event.objects.select_for_update(of=("self",)).select_related("group").get(pk=event_id)


def _must_arrange(actor: Account, group: Group) -> None:
    if not access.may_arrange(actor, group):
        raise NotThere
    if not instance.is_open():
        raise Refused(_("This site is not open yet. Events can be made once it is."))


def _must_stand(event: Event) -> None:
    if event.removed_at is not None:
        raise NotThere
    if event.called_off_at is not None:
        raise Refused(_("This event is called off."))
    if event.is_over():
        raise Refused(_("This event is over."))


def _must_be_to_come(plan: Plan) -> None:
    now = timezone.now()
    if plan.starts_at <= now:
        raise Refused(_("That is in the past. Choose a time to come."))
    if plan.starts_at > now + FURTHEST or plan.ends_at > plan.starts_at + LONGEST:
        raise Refused(_("Choose a day within the next two years."))


def _words(plan: Plan) -> dict[str, Any]:
    title, where = wording.one_line(plan.title), wording.harmless(plan.where)
    if not wording.is_seen(title):
        raise Refused(_("Give the event a title."))
    return {
        "title": title,
        "about": wording.harmless(plan.about) or None,
        "where": where or None,
        "zone": plan.zone,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "limit": plan.limit,
    }


def _persona(actor: Account, event: Event, alias: Alias | None) -> Persona:
    if alias is not None:
        replies.refuse_own_name(actor, alias.name)
        replies.refuse_names_of_others(alias.name, selectors.names_of_others(event, actor))
        return personas.make_alias(actor, name=alias.name, salt=alias.salt)
    profile = profiles.profile_of(actor)
    if profile is None or profile.persona is None:
        raise NotThere
    return profile.persona


def _take_place(event: Event, row: Attendance) -> None:
    if row.answer in {Answer.COMES, Answer.WAITS}:
        return
    row.answer, row.number = Answer.COMES, _free_number(event)
    if event.limit is not None and row.number is None:
        row.answer, row.waits_since = Answer.WAITS, timezone.now()


def _free_number(event: Event) -> int | None:
    """The lowest place nobody has; None where there is none, or where places are not counted."""
    taken = set(_coming(event).values_list("number", flat=True))
    return next((number for number in range(1, (event.limit or 0) + 1) if number not in taken), None)


def _coming(event: Event) -> Any:
    return Attendance.objects.filter(event=event, answer=Answer.COMES)


def _move_up(event: Event) -> None:
    """Free places go to who waits longest and still belongs to the group."""
    if not event.takes_answers:
        return
    waiting = Attendance.objects.filter(event=event, answer=Answer.WAITS).belonging()
    for row in waiting.order_by("waits_since", "id"):
        number = _free_number(event)
        if event.limit is not None and number is None:
            return
        # Whose account is being erased in this moment is passed over.
        still = Attendance.objects.filter(pk=row.pk, answer=Answer.WAITS)
        if still.update(answer=Answer.COMES, number=number, waits_since=None):
            notices.notify([row.account_id], PLACE, target=event.pk)


def _number_anew(event: Event) -> None:
    """There are more places now, or fewer, or they are not counted any more."""
    coming = list(_coming(event).order_by("id"))
    if event.limit is not None and len(coming) > event.limit:
        raise Refused(
            _("%(count)s people have a place already. There cannot be fewer places than that.")
            % {"count": len(coming)}
        )
    _coming(event).update(number=None)
    for number, row in enumerate(coming if event.limit is not None else [], start=1):
        Attendance.objects.filter(pk=row.pk).update(number=number)


def _remind(event: Event, row: Attendance, wanted: set[Ahead]) -> None:
    """What is due already is not told: whoever answers now knows when it begins."""
    now = timezone.now()
    Reminder.objects.filter(attendance=row).exclude(ahead__in=wanted).delete()
    for ahead in wanted:
        due_at = event.starts_at - AHEAD[ahead]
        if due_at > now:
            Reminder.objects.get_or_create(attendance=row, ahead=ahead, defaults={"due_at": due_at})


def _set_reminders_anew(event: Event) -> None:
    now = timezone.now()
    for ahead, before in AHEAD.items():
        due_at = event.starts_at - before
        rows = Reminder.objects.filter(attendance__event=event, ahead=ahead)
        # Who comes is told that it was moved: that is reminder enough for what is due already.
        rows.update(due_at=due_at, told_at=None if due_at > now else now)


def _tell_all(event: Event, but: Account | None = None) -> None:
    """Without saying whose doing it was: a block between two of the group keeps nobody from learning it."""
    answered = Attendance.objects.filter(event=event).belonging()
    ids = set(answered.values_list("account_id", flat=True)) - {but and but.pk}
    notices.notify([each for each in ids if each is not None], CHANGED, target=event.pk)
