from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core import wording
from positivesocials.core.forms import Chips, LookForm, RadioCards
from positivesocials.core.refusals import Refused
from positivesocials.events import times
from positivesocials.events.models import Ahead, Answer, Event
from positivesocials.events.services import Alias, Plan
from positivesocials.notifications.choices import zones
from positivesocials.replies import aliases
from positivesocials.replies.forms import WearsAlias
from positivesocials.replies.services import LONGEST

NAME, ALIAS = "name", "alias"
MOST_PLACES = 1000
A_DAY = timedelta(days=1)


class EventForm(LookForm):
    """What a group meets for, where and when. The clock is that of the time zone below it."""

    title = forms.CharField(
        label=_("What is it?"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    day = forms.DateField(
        label=_("Day"),
        help_text=_("The day on which it begins, also if it ends after midnight."),
        error_messages={"invalid": _("Write the day like 2027-01-31.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    begins = forms.TimeField(
        label=_("From"),
        error_messages={"invalid": _("Write the time like 19:00.")},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("Until"),
        error_messages={"invalid": _("Write the time like 21:00.")},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    zone = forms.ChoiceField(
        label=_("Time zone of the event"), help_text=_("Everybody reads the time by their own clock.")
    )
    where = forms.CharField(
        label=_("Where"),
        max_length=300,
        required=False,
        help_text=_("An address or a link. Only members of the group read it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    about = forms.CharField(
        label=_("What to know before"),
        max_length=LONGEST,
        required=False,
        help_text=_("Only members of the group read it."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    limit = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text=_("Leave it empty if as many can come as like."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, event: Event | None = None, zone: str | None = None
    ) -> None:
        kept = _kept(event) if event else {"zone": zone or times.NOWHERE}
        super().__init__(data, initial={**kept, "client_key": str(uuid4())})
        field: Any = self.fields["zone"]
        field.choices = [(each, times.named(each)) for each in zones()]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if {"day", "begins", "ends", "zone"} <= set(typed):
            try:
                typed["starts_at"], typed["ends_at"] = _moments(typed)
            except Refused as refusal:
                self.add_error("begins", str(refusal.message))
            except (OverflowError, ValueError):
                self.add_error("day", _("Choose a day within the next two years."))
        return typed

    @property
    def plan(self) -> Plan:
        typed = self.cleaned_data
        names = ("title", "about", "where", "zone", "starts_at", "ends_at", "limit")
        return Plan(**{name: typed[name] for name in names})


def _moments(typed: dict[str, Any]) -> tuple[datetime, datetime]:
    day, zone = typed["day"], typed["zone"]
    last = day if typed["ends"] > typed["begins"] else day + A_DAY
    starts, ends = times.moment(day, typed["begins"], zone), times.moment(last, typed["ends"], zone)
    return starts.astimezone(UTC), ends.astimezone(UTC)


def _kept(event: Event) -> dict[str, Any]:
    zone = event.zone or times.NOWHERE
    there = event.starts_at.astimezone(ZoneInfo(zone))
    return {
        "title": event.title,
        "about": event.about,
        "where": event.where,
        "zone": zone,
        "limit": event.limit,
        "day": there.date(),
        "begins": there.time(),
        "ends": event.ends_at.astimezone(ZoneInfo(zone)).time(),
    }


class AnswerForm(WearsAlias):
    """Whether one comes, and under which name: an alias at first, as for posts."""

    says = forms.ChoiceField(
        label=_("Will you come?"),
        choices=[(Answer.COMES, Answer.COMES.label), (Answer.MAYBE, Answer.MAYBE.label)],
        widget=RadioCards,
    )
    voice = forms.ChoiceField(label=_("Under which name?"), widget=RadioCards)
    alias = forms.CharField(
        label=_("Alias"),
        max_length=60,
        error_messages={"required": _("Fill in an alias, or come under your name.")},
        help_text=_("Drawn at random. Change it if you like; take one that you use nowhere else."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    remind = forms.MultipleChoiceField(
        label=_("Remind me"), choices=Ahead.choices, widget=Chips, required=False
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, own_name: str, seen: Collection[str] = ()
    ) -> None:
        drawn = {"alias": aliases.suggest(seen), "salt": aliases.draw_picture()}
        fresh = {"says": Answer.COMES, "voice": ALIAS, **drawn}
        super().__init__(data, initial=fresh)
        self.own_name = own_name
        self.fields["alias"].required = self["voice"].value() != NAME
        voice: Any = self.fields["voice"]
        voice.choices = [(ALIAS, _("An alias, for this event only")), (NAME, own_name)]
        voice.widget.hints = {
            ALIAS: _("Neither its name nor its picture leads to you."),
            NAME: _("The name people know you by."),
        }

    def clean_alias(self) -> str:
        alias = str(self.cleaned_data["alias"])
        if self.cleaned_data.get("voice") == ALIAS and wording.is_one_name(alias, self.own_name):
            raise forms.ValidationError(_("That is the name people know you by. Choose another one."))
        return alias

    @property
    def chosen_alias(self) -> Alias | None:
        typed = self.cleaned_data
        return Alias(typed["alias"], typed["salt"]) if typed["voice"] == ALIAS else None


class ChangeAnswerForm(LookForm):
    """Another answer of who answered already: the name stays."""

    says = forms.ChoiceField(
        label=_("Will you come?"),
        choices=[(Answer.COMES, Answer.COMES.label), (Answer.MAYBE, Answer.MAYBE.label)],
        widget=RadioCards,
    )
    remind = forms.MultipleChoiceField(
        label=_("Remind me"), choices=Ahead.choices, widget=Chips, required=False
    )

    chosen_alias: Alias | None = None
