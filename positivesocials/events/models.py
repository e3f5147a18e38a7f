from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.keeping import ACCOUNT, Until, coded, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.groups.models import BELONGING, Group, GroupState, Membership
from positivesocials.profiles.models import Persona
from positivesocials.vault.fields import SealedText

GROUP = Until("events", "its group is removed", goes_with="groups.Group")
STEPPED_BACK = Until("attendance", "the member steps back", by="events.services.step_back")
LEFT_GROUP = Until(
    "attendance_left",
    "the member has left the group, and a moment that is drawn has come",
    by="events.services.release_places",
)
LONG_OVER = Until(
    "attendance_after",
    "after the event",
    after="events.services.KEEP_ATTENDANCE",
    by="events.services.forget_attendance",
    what=_("Who came to an event"),
)
WITH_ATTENDANCE = Until("event_reminders", "the attendance ends", goes_with="events.Attendance")


class EventQuerySet(models.QuerySet["Event"]):
    def readable_by(self, viewer: Account | None) -> "EventQuerySet":
        """Events of groups that the viewer may read. What an outsider reads of one, selectors say."""
        return self.standing().filter(group__in=Group.objects.readable_by(viewer))

    def standing(self) -> "EventQuerySet":
        """Those that no moderator took away."""
        return self.filter(removed_at=None)

    def to_come(self) -> "EventQuerySet":
        """Those that are not over, whether called off or not."""
        return self.standing().filter(ends_at__gt=timezone.now())


@keeps(
    sealed("title", "about", "where", "zone", why="what the group meets for, and where"),
    members("group", "starts_at", "ends_at", "limit", why="which group meets when, and how many can come"),
    members("made_at", "called_off_at", "removed_at", why="whether it stands"),
    members("maker", why="whose doing it is, for who decides about a report", until=ACCOUNT),
    coded("client_key", why="the same form sent twice is one event"),
    until=GROUP,
)
class Event(Row):
    """When a group meets. It is the group's: sealed under a key of its own, it outlives its maker."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="events")
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = SealedText(null=True)
    about = SealedText(null=True)
    where = SealedText(null=True)
    # The time zone of the event: it tells where in the world the group is.
    zone = SealedText(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # How many can come; None for as many as like.
    limit = models.PositiveSmallIntegerField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    called_off_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="events_event_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(limit=None) | models.Q(limit__gte=1), name="events_event_room_for_one"
            ),
        ]
        indexes = [models.Index(fields=["group", "ends_at"]), models.Index(fields=["ends_at"])]

    def is_over(self, now: datetime | None = None) -> bool:
        return self.ends_at <= (now or timezone.now())

    @property
    def takes_answers(self) -> bool:
        return self.called_off_at is None and self.removed_at is None and not self.is_over()


class Answer(models.TextChoices):
    COMES = "comes", _("I’ll come")
    MAYBE = "maybe", _("Maybe")
    # Wants to come, and there is no place left.
    WAITS = "waits", _("Waiting for a place")


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def belonging(self) -> "AttendanceQuerySet":
        """Of those who belong to the group of the event now, while it is there."""
        return self.filter(
            event__group__state=GroupState.THERE,
            account__memberships__group=models.F("event__group"),
            account__memberships__standing__in=BELONGING,
        )

    def left_behind(self) -> "AttendanceQuerySet":
        """Of those who left the group or were put out by name. Whoever was put out behind an alias stands in
        every list as before: a name that goes would tell whose the alias was.
        """
        own = Membership.objects.filter(group=models.OuterRef("event__group"))
        listed = own.filter(account=models.OuterRef("account")).listed()
        return self.exclude(models.Exists(listed))


@keeps(
    members("event", "account", "persona", "number", "waits_since", why="who comes, and who is next"),
    coded("answer", why="whether they come, may come or wait"),
    until=(STEPPED_BACK, LEFT_GROUP, LONG_OVER, ACCOUNT),
)
class Attendance(Row):
    """An account's answer to an event, under a name or an alias made for it alone.

    `number` is one of the event's places, from 1 to its limit: no two of an event are the same, so that
    never more people have a place than there are places.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendances")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attendances"
    )
    persona = models.ForeignKey(Persona, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    number = models.PositiveSmallIntegerField(null=True)
    waits_since = models.DateTimeField(null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "account"], name="events_attendance_once"),
            models.UniqueConstraint(fields=["event", "number"], name="events_attendance_one_a_place"),
            models.CheckConstraint(
                condition=models.Q(number=None) | models.Q(answer="comes"),
                name="events_attendance_place_for_who_comes",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="waits", waits_since__isnull=False)
                | (~models.Q(answer="waits") & models.Q(waits_since=None)),
                name="events_attendance_waits_since",
            ),
        ]
        indexes = [models.Index(fields=["event", "answer", "waits_since"])]


class Ahead(models.TextChoices):
    """How long before an event somebody is reminded."""

    DAY = "day", _("A day before")
    HOUR = "hour", _("An hour before")


AHEAD = {Ahead.DAY: timedelta(days=1), Ahead.HOUR: timedelta(hours=1)}


@keeps(
    members("attendance", "due_at", "told_at", why="who is reminded when, and that they are it once"),
    coded("ahead", why="how long before"),
    until=WITH_ATTENDANCE,
)
class Reminder(Row):
    """A wish to be told before an event begins. Told once, whatever runs twice."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="reminders")
    ahead = models.CharField(max_length=4, choices=Ahead.choices)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attendance", "ahead"], name="events_reminder_once"),
        ]
        indexes = [models.Index(fields=["told_at", "due_at"])]
