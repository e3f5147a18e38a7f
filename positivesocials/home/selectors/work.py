"""Work waiting, as the operator sees it: how much of what waits, since when, and what was given up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from positivesocials.core.refusals import NotThere
from positivesocials.core.work import kind_of

MOST = 100


@dataclass(frozen=True)
class Kind:
    """One kind of job. `later` waits for its time: because it is planned, or because a try failed."""

    name: str
    waiting: int
    later: int
    running: int
    given_up: int
    done: int


@dataclass(frozen=True)
class GivenUp:
    id: UUID
    name: str
    error: str
    tries: int
    at: datetime


@dataclass(frozen=True)
class Work:
    kinds: Sequence[Kind]
    given_up: Sequence[GivenUp]
    given_up_count: int
    waiting: int
    oldest_at: datetime | None

    @property
    def oldest_age(self) -> timedelta | None:
        return timezone.now() - self.oldest_at if self.oldest_at else None


def work() -> Work:
    kinds = _kinds()
    return Work(
        kinds=kinds,
        given_up=_given_up(),
        given_up_count=sum(kind.given_up for kind in kinds),
        waiting=sum(kind.waiting for kind in kinds),
        oldest_at=_oldest_at(),
    )


def _kinds() -> list[Kind]:
    due = DBTaskResult.objects.ready().order_by().values("pk")
    counted: dict[str, Counter[str]] = {}
    rows = DBTaskResult.objects.order_by().values("task_path", "status")
    for row in rows.annotate(all=Count("pk"), due=Count("pk", filter=Q(pk__in=due))):
        counts = counted.setdefault(kind_of(row["task_path"]), Counter())
        counts[row["status"]] += row["all"]
        counts["due"] += row["due"]
    return [_kind(name, counted[name]) for name in sorted(counted)]


def _kind(name: str, counts: Counter[str]) -> Kind:
    return Kind(
        name=name,
        waiting=counts["due"],
        later=counts[Status.READY] - counts["due"],
        running=counts[Status.RUNNING],
        given_up=counts[Status.FAILED],
        done=counts[Status.SUCCESSFUL],
    )


def _oldest_at() -> datetime | None:
    """Since when the job that waits longest could have been done."""
    rows = DBTaskResult.objects.ready().order_by().values_list("enqueued_at", "run_after")
    now = timezone.now()
    # Without a time of its own a job is due from the start; the library writes the last of all days then.
    return min((run_at if run_at <= now else asked_at for asked_at, run_at in rows.iterator()), default=None)


def _given_up() -> list[GivenUp]:
    return [_failure(row) for row in DBTaskResult.objects.failed().order_by("-finished_at")[:MOST]]


def given_up(job_id: UUID) -> GivenUp:
    row = DBTaskResult.objects.failed().filter(pk=job_id).first()
    if row is None:
        raise NotThere
    return _failure(row)


def _failure(row: Any) -> GivenUp:
    return GivenUp(
        id=row.pk,
        name=kind_of(row.task_path),
        error=row.exception_class_path,
        tries=len(row.worker_ids),
        at=row.finished_at,
    )


def as_json(shown: Work) -> dict[str, Any]:
    age = shown.oldest_age
    return {
        "waiting": shown.waiting,
        "oldest_seconds": round(age.total_seconds()) if age else 0,
        "given_up": shown.given_up_count,
        "kinds": [asdict(kind) for kind in shown.kinds],
        "failures": [
            {**asdict(job), "id": str(job.id), "at": job.at.isoformat(timespec="seconds")}
            for job in shown.given_up
        ],
    }
