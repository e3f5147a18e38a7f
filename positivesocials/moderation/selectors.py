"""The queue as one moderator may see it. What lies in it is grouped by item: many reports are one case."""

import base64
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account, Role
from positivesocials.audit import selectors as audit
from positivesocials.audit.models import TENDING, AuditRecord
from positivesocials.core.refusals import NotThere
from positivesocials.moderation import access, registry
from positivesocials.moderation.models import Decided, Hold, Outcome, Report, Why, WrittenBy
from positivesocials.moderation.registry import Before, By, Earlier, Evidence
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import warm

MOST = 200
FIRST = {Why.SELF_HARM, Why.UNDER_18}
Key = tuple[str, UUID]
M = TypeVar("M", bound=Decided)
T = TypeVar("T")


@dataclass(frozen=True)
class CaseLine:
    kind: str
    item_id: UUID
    label: str | Promise
    is_held: bool
    reports: int
    whys: tuple[str, ...]
    is_urgent: bool
    since_at: datetime


@dataclass(frozen=True)
class Queue:
    lines: tuple[CaseLine, ...]
    show: str
    held: int
    reported: int

    @property
    def all(self) -> int:
        return self.held + self.reported

    @property
    def oldest_at(self) -> datetime | None:
        return min((line.since_at for line in self.lines), default=None)


@dataclass(frozen=True)
class Copy:
    """What was reported, as it was when it was reported."""

    text: str
    shown_name: str
    reported_at: datetime
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    # The report or hold that has them, and which of its pictures they are.
    pictured_by: UUID | None = None
    pictures: tuple[int, ...] = ()
    before: tuple[Before, ...] = ()


@dataclass(frozen=True)
class CasePicture:
    data: bytes
    is_held: bool


@dataclass(frozen=True)
class Case:
    line: CaseLine
    url: str
    is_gone: bool
    copies: tuple[Copy, ...]
    # Wordings that its writer has changed since, the newest first.
    earlier: tuple[Earlier, ...] = ()
    # What whoever looks after the group decided before.
    decided: tuple["Look", ...] = ()


@dataclass(frozen=True)
class Look:
    """One thing that was done with what a member wrote, as that member may read it."""

    at: datetime
    name: str
    role: str
    thing: str | Promise
    why: str
    reason: str


@dataclass(frozen=True)
class Thanks:
    shown_name: str
    may_block: bool
    decided: str


def reasons(kind: str, item_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Why each of these was removed, for its author to read."""
    decided = {"kind": kind, "item_id__in": list(item_ids), "outcome": Outcome.REMOVED}
    rows: list[Decided] = [*Hold.objects.filter(**decided), *Report.objects.filter(**decided)]
    warm(rows)
    return {row.item_id: row.reason for row in rows if row.reason}


def thanks_for(actor: Account, *, kind: str, item_id: UUID) -> Thanks:
    report = access.get_report_for(actor, kind=kind, item_id=item_id)
    evidence = report.evidence
    return Thanks(
        shown_name=evidence["shown_name"],
        may_block=bool(evidence["author_ids"]),
        decided=_decided(report),
    )


def _decided(report: Report) -> str:
    """What became of it, in words for whoever reported."""
    if report.decided_at is None:
        return ""
    if report.outcome == Outcome.REMOVED:
        return _("A moderator has read it, and removed what you reported.")
    return _("A moderator has read it, and found that it breaks no rule. It stays.")


def item_of(report_id: UUID) -> tuple[str, UUID] | None:
    """Which item a report is about."""
    return Report.objects.filter(pk=report_id).values_list("kind", "item_id").first()


def author_ids(kind: str, item_id: UUID) -> list[UUID]:
    written = WrittenBy.objects.filter(kind=kind, item_id=item_id)
    return list(written.order_by("account_id").values_list("account_id", flat=True))


def looks_at(member: Account) -> list[Look]:
    """Who of the staff looked at what this member wrote, the latest first."""
    records = audit.records_about(member.pk)
    # Whoever looks after a group stays unnamed: they live among those about whom they decide.
    staff = [record for record in records if record.actor_role != TENDING]
    known = Account.objects.in_bulk({record.actor_id for record in staff} - {None})
    hidden = safety.hidden_from(member)
    names = {pk: account.get_full_name() for pk, account in known.items() if pk not in hidden}
    return [
        _look(record, "" if record.actor_role == TENDING else names.get(record.actor_id, ""))
        for record in records
    ]


def _look(record: AuditRecord, name: str) -> Look:
    roles = {value: str(label) for value, label in Role.choices}
    roles[TENDING] = _("Looks after the group")
    role = roles.get(record.actor_role, _("Whoever runs the server"))
    return Look(
        at=record.at,
        name="" if name == role else name,
        role=role,
        thing=registry.kinds().get(record.item_kind) or roles.get(record.item_kind, ""),
        why=record.get_verb_display(),
        reason=record.reason or "",
    )


def open_count(moderator: Account) -> int:
    return len({_key(row) for model in (Hold, Report) for row in _open(model, moderator)})


def queue_for(moderator: Account, *, show: str) -> Queue:
    """Open cases this moderator may decide: danger first, then the oldest."""
    rows = [*_open(Hold, moderator)[:MOST], *_open(Report, moderator)[:MOST]]
    warm(row for row in rows if isinstance(row, Report))
    lines = _lines(rows)
    wanted = {"held": [li for li in lines if li.is_held], "reported": [li for li in lines if not li.is_held]}
    return Queue(
        lines=tuple(wanted.get(show, lines)),
        show=show if show in wanted else "",
        held=len(wanted["held"]),
        reported=len(wanted["reported"]),
    )


def get_case_for(moderator: Account, *, kind: str, item_id: UUID) -> Case:
    """One open case with what was reported, and nothing else of where it came from."""
    holds = list(_open(Hold, moderator).filter(kind=kind, item_id=item_id))
    reports = list(_open(Report, moderator).filter(kind=kind, item_id=item_id))
    if not holds and not reports:
        raise NotThere
    warm(reports)
    live = _live(kind, item_id)
    held = [_live_copy(live, holds[0])] if holds and live else []
    return Case(
        line=_lines([*holds, *reports])[0],
        url=live.url if held and live else (reports[0].evidence["url"] if reports else ""),
        is_gone=live is None,
        copies=(*held, *_copies(reports)),
        earlier=live.earlier if live else (),
        decided=tuple(_look(row, "") for row in audit.decided_about(author_ids(kind, item_id), item_id)),
    )


def get_picture_for(
    moderator: Account, *, kind: str, item_id: UUID, row_id: UUID, number: int
) -> CasePicture:
    """One of the pictures that an open report of this item holds, or of the item itself while it is held."""
    report = _open(Report, moderator).filter(kind=kind, item_id=item_id, pk=row_id).first()
    if report is not None:
        return CasePicture(base64.b64decode(_at(_pictures_in(report), number)), is_held=False)
    held = _open(Hold, moderator).filter(kind=kind, item_id=item_id, pk=row_id).exists()
    live = _live(kind, item_id) if held else None
    return CasePicture(_at(live.pictures if live else (), number), is_held=True)


def _pictures_in(report: Report) -> list[str]:
    """As base64. Reports of earlier versions hold one at the most, under a name of its own."""
    evidence = report.evidence or {}
    return evidence.get("pictures") or [each for each in [evidence.get("picture")] if each]


def _at(pictures: Sequence[T], number: int) -> T:
    if number >= len(pictures):
        raise NotThere
    return pictures[number]


def _open(model: type[M], moderator: Account) -> QuerySet[M]:
    closed_to = safety.blockers_of(moderator) | {moderator.pk}
    written = WrittenBy.objects.filter(
        kind=OuterRef("kind"), item_id=OuterRef("item_id"), account_id__in=closed_to
    )
    rows = model._default_manager.filter(decided_at=None).exclude(Exists(written))
    return rows.order_by("opened_at")


def _key(row: Decided) -> Key:
    return row.kind, row.item_id


def _lines(rows: list[Decided]) -> list[CaseLine]:
    grouped: dict[Key, list[Decided]] = {}
    for row in rows:
        grouped.setdefault(_key(row), []).append(row)
    lines = [_line(key, members) for key, members in grouped.items()]
    return sorted(lines, key=lambda line: (not line.is_urgent, line.since_at))


def _line(key: Key, rows: list[Decided]) -> CaseLine:
    reports = [row for row in rows if isinstance(row, Report)]
    whys = Counter(report.accused_of for report in reports)
    return CaseLine(
        kind=key[0],
        item_id=key[1],
        label=registry.kinds().get(key[0], key[0]),
        is_held=any(isinstance(row, Hold) for row in rows),
        reports=len(reports),
        whys=tuple(str(why.label) for why, _n in whys.most_common()),
        is_urgent=bool(FIRST & whys.keys()),
        since_at=min(row.opened_at for row in rows),
    )


def is_reported(kind: str, item_id: UUID) -> bool:
    """Whether anybody ever reported it. For rules only: no page may tell."""
    return Report.objects.filter(kind=kind, item_id=item_id).exists()


def _live(kind: str, item_id: UUID) -> Evidence | None:
    """The item as it stands now; None once it is gone."""
    try:
        return registry.reportable(kind).evidence(item_id)
    except NotThere:
        return None


def _live_copy(evidence: Evidence, hold: Hold) -> Copy:
    pictures = tuple(range(len(evidence.pictures)))
    return Copy(evidence.text, evidence.shown_name, hold.opened_at, (), (), hold.pk, pictures)


def _copies(reports: list[Report]) -> list[Copy]:
    """Equal texts are one copy with everyone's reasons."""
    grouped: dict[str, list[Report]] = {}
    for report in reports:
        grouped.setdefault(report.evidence["text"], []).append(report)
    return [_copy(text, members) for text, members in grouped.items()]


def _copy(text: str, reports: list[Report]) -> Copy:
    pictured = next((report for report in reports if _pictures_in(report)), None)
    return Copy(
        text=text,
        shown_name=reports[0].evidence["shown_name"],
        reported_at=reports[0].opened_at,
        reasons=tuple(dict.fromkeys(str(report.accused_of.label) for report in reports)),
        notes=tuple(report.note for report in reports if report.note),
        before=_before(reports),
        pictured_by=pictured.pk if pictured else None,
        pictures=tuple(range(len(_pictures_in(pictured)))) if pictured else (),
    )


def _before(reports: list[Report]) -> tuple[Before, ...]:
    """What reporters let the moderators see besides: the most that one of them did."""
    revealed = [report.evidence.get("before") or [] for report in reports]
    return tuple(Before(By(each["by"]), each["text"]) for each in max(revealed, key=len, default=[]))
