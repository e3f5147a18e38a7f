"""What a viewer reads of events. No id of an account or a persona leaves this module."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.safestring import SafeString

from positivesocials.accounts.models import Account
from positivesocials.core import markdown
from positivesocials.events import access, calendar_file, times
from positivesocials.events.models import Answer, Attendance, Event, EventQuerySet, Reminder
from positivesocials.events.times import When
from positivesocials.groups.models import Group
from positivesocials.groups.slots import Filling
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import warm

BESIDE, UPCOMING, PAST = 3, 100, 20


@dataclass(frozen=True)
class Line:
    """An event in a list."""

    id: UUID
    slug: str
    title: str
    when: When
    is_called_off: bool
    own: Answer | None


@dataclass(frozen=True)
class Attendee:
    name: str
    salt: str
    is_alias: bool
    is_own: bool


@dataclass(frozen=True)
class OwnAnswer:
    says: Answer
    name: str
    is_alias: bool
    reminded: tuple[str, ...]
    # How many will get a place before; 0 for who waits for nothing.
    ahead: int

    @property
    def waits(self) -> bool:
        return self.says == Answer.WAITS


@dataclass(frozen=True)
class EventView:
    """An event as this viewer may see it: without `sees_all` only a title and a time."""

    id: UUID
    slug: str
    title: str
    when: When
    is_over: bool
    is_called_off: bool
    takes_answers: bool
    sees_all: bool
    about: SafeString | None
    where: str
    is_link: bool
    # Places that are left; None where they are not counted.
    free: int | None
    coming: tuple[Attendee, ...]
    maybe: tuple[Attendee, ...]
    own: OwnAnswer | None


@dataclass(frozen=True)
class Calendar:
    """The events of a group."""

    to_come: tuple[Line, ...]
    past: tuple[Line, ...]


def beside(viewer: Account | None, group: Group) -> Filling | None:
    """The next events, on the page of their group."""
    lines = _lines(_to_come(group)[:BESIDE], viewer)
    may_arrange = access.may_arrange(viewer, group)
    has_more = bool(lines) or Event.objects.standing().filter(group=group).exists()
    if not has_more and not may_arrange:
        return None
    return Filling(
        "events/_beside.html",
        {"group": group, "lines": lines, "may_arrange": may_arrange, "has_more": has_more},
    )


def calendar_of(group: Group, viewer: Account | None) -> Calendar:
    over = Event.objects.standing().filter(group=group).exclude(pk__in=_to_come(group).values("pk"))
    past = over.select_related("group").order_by("-starts_at", "id")[:PAST]
    return Calendar(to_come=_lines(_to_come(group)[:UPCOMING], viewer), past=_lines(past, viewer))


def view_of(event: Event, viewer: Account | None) -> EventView:
    sees_all = access.sees_all(viewer, event.group)
    answers = _answers(event, viewer) if sees_all else []
    warm([event], [each.persona for each in answers if each.persona])
    about, where = (event.about, event.where or "") if sees_all else (None, "")
    return EventView(
        id=event.pk,
        slug=event.group.slug,
        title=event.title or "",
        when=_when(event, times.zone_of(viewer)),
        is_over=event.is_over(),
        is_called_off=event.called_off_at is not None,
        takes_answers=event.takes_answers,
        sees_all=sees_all,
        about=markdown.render(about) if about else None,
        where=where,
        is_link=where.startswith(("https://", "http://")) and not any(map(str.isspace, where)),
        free=_free(event) if sees_all else None,
        coming=_people(answers, Answer.COMES, viewer),
        maybe=_people(answers, Answer.MAYBE, viewer),
        own=_own_answer(answers, viewer),
    )


def names_of_others(event: Event, viewer: Account) -> list[str]:
    """Under which names others answered, of those whom the viewer sees."""
    personas = [
        each.persona for each in _answers(event, viewer) if each.persona and not _is_own(each, viewer)
    ]
    warm(personas)
    return [persona.name for persona in personas if persona.name]


def own_attendance(account: Account, event: Event) -> Attendance | None:
    return Attendance.objects.filter(event=event, account=account).first()


def file_of(event: Event, viewer: Account, *, in_words: bool) -> str:
    """For a calendar. Says a neutral word only, unless its reader wants it in words."""
    own = own_attendance(viewer, event)
    uid = own.pk if own else uuid4()
    if not in_words:
        return calendar_file.neutral(uid=uid, starts_at=event.starts_at, ends_at=event.ends_at)
    return calendar_file.written(
        uid=uid,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        summary=event.title or "",
        location=event.where or "",
        description=event.about or "",
    )


def _to_come(group: Group) -> EventQuerySet:
    return Event.objects.to_come().filter(group=group).select_related("group").order_by("starts_at", "id")


def _lines(events: Iterable[Event], viewer: Account | None) -> tuple[Line, ...]:
    found = list(events)
    warm(found)
    own_zone = times.zone_of(viewer) if found else None
    own = _own_answers(found, viewer)
    return tuple(
        Line(
            id=event.pk,
            slug=event.group.slug,
            title=event.title or "",
            when=_when(event, own_zone),
            is_called_off=event.called_off_at is not None,
            own=own.get(event.pk),
        )
        for event in found
    )


def _own_answers(events: list[Event], viewer: Account | None) -> dict[UUID, Answer]:
    if viewer is None or not events:
        return {}
    rows = Attendance.objects.filter(account=viewer, event__in=events).values_list("event", "answer")
    return {event_id: Answer(said) for event_id, said in rows}


def _when(event: Event, own: str | None) -> When:
    return times.when(event.starts_at, event.ends_at, zone=event.zone, own=own)


def _answers(event: Event, viewer: Account | None) -> list[Attendance]:
    """Without whom a block keeps apart from the viewer. Who left the group goes by a chore, not by a look."""
    rows = Attendance.objects.filter(event=event).select_related("persona")
    return list(rows.exclude(account__in=safety.hidden_from(viewer)))


def _people(answers: list[Attendance], says: Answer, viewer: Account | None) -> tuple[Attendee, ...]:
    """By name: the order says nothing of who answered when."""
    shown = [
        Attendee(
            name=each.persona.name or "",
            salt=each.persona.salt,
            is_alias=each.persona.is_alias,
            is_own=_is_own(each, viewer),
        )
        for each in answers
        if each.answer == says and each.persona is not None
    ]
    return tuple(sorted(shown, key=lambda each: (each.name.casefold(), each.salt)))


def _is_own(attendance: Attendance, viewer: Account | None) -> bool:
    return viewer is not None and attendance.account_id == viewer.pk


def _own_answer(answers: list[Attendance], viewer: Account | None) -> OwnAnswer | None:
    own = next((each for each in answers if _is_own(each, viewer)), None)
    if own is None:
        return None
    return OwnAnswer(
        says=Answer(own.answer),
        name=(own.persona.name or "") if own.persona else "",
        is_alias=bool(own.persona and own.persona.is_alias),
        reminded=tuple(Reminder.objects.filter(attendance=own).values_list("ahead", flat=True)),
        ahead=_ahead_of(own) if own.answer == Answer.WAITS else 0,
    )


def _ahead_of(own: Attendance) -> int:
    """Of all who wait, those a block hides too: the number would be wrong without them."""
    waiting = Attendance.objects.filter(event=own.event_id, answer=Answer.WAITS).belonging()
    order: list[tuple[datetime | None, UUID]] = list(
        waiting.order_by("waits_since", "id").values_list("waits_since", "id")
    )
    return order.index((own.waits_since, own.pk))


def _free(event: Event) -> int | None:
    if event.limit is None:
        return None
    coming = Attendance.objects.filter(event=event, answer=Answer.COMES).count()
    return max(0, event.limit - coming)
