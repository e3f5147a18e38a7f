"""Rows of claims: what is said, by whom, read where, and every change that was made to it."""

from datetime import date
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.claims import seed
from positivesocials.core.keeping import SITE, keeps, members, public
from positivesocials.core.models import Row

LONGEST_KEY = 80
VALUE = 600
NOTE = 600


class State(models.TextChoices):
    WAITING = "waiting", _("To confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Act(models.TextChoices):
    """What happened to a claim."""

    LOADED = "loaded", _("Came with the fact sheet")
    RENEWED = "renewed", _("Renewed with the fact sheet")
    REWORDED = "reworded", _("In other words with the new fact sheet: to confirm")
    SUGGESTED = "suggested", _("The fact sheet says something else now")
    DROPPED = "dropped", _("Left out of the fact sheet")
    ADDED = "added", _("Added")
    CONFIRMED = "confirmed", _("Confirmed")
    CORRECTED = "corrected", _("Corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNSETTLED = "unsettled", _("To be looked at again: a fact that says the same was changed")


TOPICS = {
    "signs": _("First signs"),
    "seen": _("A test can see it after"),
    "testing": _("A test settles it after"),
    "treatment": _("Treatment"),
    "after-treatment": _("After treatment"),
    "partners": _("Telling partners"),
    "partner-treatment": _("Treatment for partners"),
    "passing": _("How it passes"),
    "vaccine": _("Vaccine"),
    "numbers": _("How many"),
    "news": _("New"),
    "u-equals-u": _("Undetectable = untransmittable"),
}

PLAINLY = ("new", "undetectable", "first-signs-after-contact")


class CannotChange(Exception):
    """The history of a claim is appended and stays as it is."""


@keeps(
    public("key", "title", "publisher", "url", "year", why="where a figure can be read"),
    public("is_from_sheet", why="whether a new fact sheet renews it"),
    until=SITE,
)
class ClaimSource(Row):
    """A document that claims were read in."""

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    is_from_sheet = models.BooleanField(default=False)

    class Meta:
        ordering = ["publisher", "title"]

    def __str__(self) -> str:
        return " · ".join(str(part) for part in (self.publisher, self.title, self.year) if part)


class Said(Row):
    """What is said: the part that the sheet fills and an editor corrects."""

    value = models.CharField(max_length=VALUE)
    note = models.CharField(max_length=NOTE, blank=True)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    source = models.ForeignKey(ClaimSource, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ClaimQuerySet(models.QuerySet["Claim"]):
    def printed(self, on: date | None = None) -> "ClaimQuerySet":
        """What may stand in a guide on this day: confirmed, and not too long ago."""
        return self.filter(state=State.CONFIRMED, expires_on__gt=on or timezone.localdate())

    def linked_to(self, claim: "Claim") -> "ClaimQuerySet":
        """Those that repeat a part of it, and the one that it repeats a part of."""
        whole = Q(key=claim.part_of) if claim.part_of else Q(pk__in=[])
        return self.filter(whole | Q(part_of=claim.key)).order_by("pk")

    def expired(self) -> "ClaimQuerySet":
        return self.filter(state=State.CONFIRMED, expires_on__lte=timezone.localdate())

    def to_confirm(self) -> "ClaimQuerySet":
        """Never confirmed, confirmed too long ago, or the fact sheet says something else now."""
        late = Q(state=State.CONFIRMED, expires_on__lte=timezone.localdate())
        return self.filter(Q(state=State.WAITING) | late | Q(suggestion__isnull=False))


@keeps(
    public("key", "subject", "topic", "about", "body", why="what it is about and who says it"),
    public("part_of", why="which fact says the same among more: both are looked at when one changes"),
    public("value", "note", "low", "high", "unit", "source", why="what is said, and where"),
    public("state", "confirmed_by", "confirmed_on", "expires_on", why="who stands behind it, since when"),
    public("version", "is_from_sheet", "is_edited", "sheet_hash", why="a new fact sheet undoes no editor"),
    members("confirmed_by_id", why="which editor stands behind it"),
    until=SITE,
)
class Claim(Said):
    """One figure or fact. Nothing deletes it: what is wrong is corrected or withdrawn.

    `confirmed_by` is empty where nobody here confirmed it: whoever made the fact sheet read it in its source.
    """

    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    subject = models.CharField(max_length=40, db_index=True)
    topic = models.CharField(max_length=40)
    about = models.CharField(max_length=200)
    body = models.CharField(max_length=80, blank=True)
    # The key of a longer one that this repeats a part of.
    part_of = models.CharField(max_length=LONGEST_KEY, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # A name and a plain id: an editor who leaves takes no fact along.
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_by_id = models.UUIDField(null=True)
    confirmed_on = models.DateField(null=True)
    expires_on = models.DateField(null=True, db_index=True)
    version = models.PositiveIntegerField(default=1)
    is_from_sheet = models.BooleanField(default=False)
    is_edited = models.BooleanField(default=False)
    sheet_hash = models.CharField(max_length=64, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.CONFIRMED) | Q(confirmed_on__isnull=False, expires_on__isnull=False),
                name="claims_confirmed_has_days",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="claims_claim_says_something"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="claims_claim_state"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("claims:show-fact", args=[self.pk])

    @property
    def topic_name(self) -> str:
        return str(TOPICS.get(self.topic, self.topic.replace("-", " ").capitalize()))

    @property
    def of_what(self) -> str:
        """The test, the people; nothing where the sheet only names the topic once more."""
        return "" if self.about.replace(" ", "-") in {self.topic, *PLAINLY} else self.about

    @property
    def title(self) -> str:
        return self.of_what or self.topic_name

    @property
    def subject_name(self) -> str:
        """As the sheet calls it, or the first part of its key."""
        return seed.names().get(self.subject, self.subject.replace("_", " ").capitalize())

    @property
    def is_expired(self) -> bool:
        if self.state != State.CONFIRMED or self.expires_on is None:
            return False
        return self.expires_on <= timezone.localdate()

    @property
    def is_printed(self) -> bool:
        return self.state == State.CONFIRMED and not self.is_expired


@keeps(
    public("claim", "value", "note", "low", "high", "unit", "source", why="what a new fact sheet says"),
    until=SITE,
)
class Suggestion(Said):
    """What a new fact sheet says of a claim that an editor has confirmed, corrected or withdrawn."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="suggestion")


class AppendOnly(models.QuerySet["ClaimChange"]):
    def update(self, **values: Any) -> NoReturn:
        raise CannotChange

    def delete(self) -> NoReturn:
        raise CannotChange


@keeps(
    public("claim", "version", "at", "by", "act", "before", "after", "reason", why="how a fact came about"),
    members("by_id", why="which editor changed it"),
    until=SITE,
)
class ClaimChange(Row):
    """One change of one claim: who, when, what it said before and after, and why."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    # Empty for the fact sheet.
    by = models.CharField(max_length=120, blank=True)
    by_id = models.UUIDField(null=True)
    act = models.CharField(max_length=10, choices=Act.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["version", "at"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="claims_change_once"),
            models.CheckConstraint(condition=Q(act__in=Act.values), name="claims_change_act"),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise CannotChange
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise CannotChange


@keeps(public("only", "number", why="tells every process that facts have changed"), until=SITE)
class FactsVersion(Row):
    """One row. Its number is drawn anew with every change of any claim, in the same transaction."""

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=1), name="claims_factsversion_only_one")]
