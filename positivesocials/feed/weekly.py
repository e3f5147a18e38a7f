"""The week's question: one for everybody, planned ahead, asked as a post in which all answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.feed import access
from positivesocials.feed.models import WeekQuestion
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.groups.models import Post
from positivesocials.profiles import selectors as profiles
from positivesocials.replies.models import State
from positivesocials.replies.services import worded
from positivesocials.vault.fields import warm

LONGEST = 300
# So far ahead questions are planned.
WEEKS = 13


@dataclass(frozen=True)
class Planned:
    id: UUID
    week: date
    words: str
    slug: str
    post_id: UUID | None


def monday(day: date | None = None) -> date:
    """The first day of the ISO week that this day is in; of this week without one."""
    day = day or timezone.localdate()
    return day - timedelta(days=day.weekday())


def row_of_this_week(viewer: Account) -> WeekQuestion | None:
    """Its question, once it is asked, for whoever may read the post in which it is."""
    readable = Post.objects.listed_for(viewer).filter(state=State.PUBLIC)
    asked = WeekQuestion.objects.filter(week=monday(), post__in=readable)
    return asked.select_related("post__group", "post__persona").first()


def planned() -> list[Planned]:
    """This week's and what is to come."""
    rows = list(
        WeekQuestion.objects.filter(week__gte=monday()).select_related("post__group").order_by("week")
    )
    warm(rows)
    return [
        Planned(
            id=row.pk,
            week=row.week,
            words=row.words or "",
            slug=row.post.group.slug if row.post else "",
            post_id=row.post_id,
        )
        for row in rows
    ]


def free_weeks() -> list[date]:
    taken = set(WeekQuestion.objects.filter(week__gte=monday()).values_list("week", flat=True))
    weeks = [monday() + timedelta(weeks=number) for number in range(WEEKS)]
    return [week for week in weeks if week not in taken]


def plan(actor: Account, *, week: date, words: str) -> WeekQuestion:
    """Ask everybody in that week; at once, if it is this one."""
    if not access.may_ask_the_week(actor):
        raise NotThere
    if week not in {monday() + timedelta(weeks=number) for number in range(WEEKS)}:
        raise Refused(_("A question can be planned for this week and the next twelve."))
    if profiles.profile_of(actor) is None:
        raise Refused(_("First choose the name people see here: the question is asked under it."))
    said = worded(words)
    if len(said) > LONGEST:
        raise Refused(_("That is longer than %(most)s characters. Shorten it a little.") % {"most": LONGEST})
    try:
        with transaction.atomic():
            row = WeekQuestion.objects.create(week=week, asker=actor, words=said)
    except IntegrityError:
        raise Refused(_("Somebody planned a question for that week before.")) from None
    if week == monday():
        ask(row)
    return row


def take_back(actor: Account, question: WeekQuestion) -> None:
    """Only before its week; a question that was asked is a post, and ends as posts do."""
    if not access.may_ask_the_week(actor):
        raise NotThere
    WeekQuestion.objects.filter(pk=question.pk, post=None).delete()


@transaction.atomic
def ask(question: WeekQuestion) -> None:
    """Write the post. Asking again changes nothing."""
    # A write that changes nothing: who takes it back in the same moment waits, or made this one too late.
    waiting = WeekQuestion.objects.filter(pk=question.pk, post=None)
    if not waiting.update(week=F("week")) or not access.may_ask_the_week(question.asker):
        return
    key = f"week {question.pk.hex}"
    post = groups.write_post(
        question.asker, founding.found_welcome(), title="", text=question.words or "", client_key=key
    )
    WeekQuestion.objects.filter(pk=question.pk).update(post=post)


@every(seconds=900)
def ask_the_week() -> None:
    """Ask what was planned for this week. What could not be asked in its week is dropped."""
    WeekQuestion.objects.filter(week__lt=monday(), post=None).delete()
    due = WeekQuestion.objects.filter(week=monday(), post=None).select_related("asker").first()
    if due is not None:
        try:
            ask(due)
        except (Refused, NotThere):
            # The site is closed, or the asker has no name here any more: perhaps the next time.
            return
