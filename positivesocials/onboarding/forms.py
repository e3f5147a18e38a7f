"""What the joining questions look like. Every answer but the name may be left out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import CheckCards, Chips, LookForm, Switch
from positivesocials.matching.models import Mode
from positivesocials.privacy.forms import AgreeField
from positivesocials.profiles.choices import DATING_GOALS, FRIENDS_GOALS, SEARCHES, questions_for
from positivesocials.profiles.circles import circles
from positivesocials.profiles.facets import MAX_ANSWER, OLDEST
from positivesocials.profiles.services import LONGEST_NAME
from positivesocials.profiles.town_forms import AsksTown

ADULT = 18
MONTHS = [
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
]


class NameForm(LookForm):
    name = forms.CharField(
        label=_("The name people see here"),
        max_length=LONGEST_NAME,
        help_text=_("Any name will do. You can change it any time, and then the old one is gone everywhere."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class YouForm(NameForm):
    pronouns = forms.CharField(
        label=_("Pronouns"),
        max_length=30,
        required=False,
        help_text=_("Such as she/her, he/him, they/them."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "class": "read-s"}),
    )
    gender = forms.CharField(
        label=_("Gender, in your own words"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    searches = forms.MultipleChoiceField(
        label=_("Show me to people who look for"),
        choices=SEARCHES.items(),
        required=False,
        help_text=_("Choose as many as you like. Nobody sees what you chose."),
        widget=Chips,
    )

    def __init__(self, *args: Any, named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named:
            del self.fields["name"]


class AgeForm(LookForm):
    birth_month = forms.TypedChoiceField(
        label=_("Month of birth"),
        choices=[("", _("Prefer not to say")), *enumerate(MONTHS, start=1)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "read-s"}),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "read-s"}),
    )
    show_age = forms.BooleanField(
        label=_("Show my age"),
        required=False,
        initial=True,
        help_text=_("Off: it still counts for what you and others look for, but nobody reads it."),
        widget=Switch,
    )

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        this_year = timezone.localdate().year
        if year is not None and not this_year - OLDEST <= year <= this_year:
            raise ValidationError(_("Write the year with four digits, such as 1987."))
        return year

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        month, year = typed.get("birth_month"), typed.get("birth_year")
        if self.errors:
            return typed
        if month and year and _years_since(year, month) < ADULT:
            self.add_error("birth_year", _("This site is for people of 18 or over."))
        elif month or year:
            self._ask_for_the_other(month, year)
        return typed

    def _ask_for_the_other(self, month: int | None, year: int | None) -> None:
        if not (month and year):
            self.add_error("birth_year" if month else "birth_month", _("Say both, or neither."))


def _years_since(year: int, month: int) -> int:
    today = timezone.localdate()
    return today.year - year - (today.month < month)


class PlaceForm(AsksTown):
    """Where one is, roughly. Others see “around” it, or a distance such as “within 50 km”."""


class WishesForm(LookForm):
    modes = forms.MultipleChoiceField(
        label=_("How would you like to meet?"),
        choices=Mode.choices,
        required=False,
        help_text=_("Each is off until you switch it on. Neither shows in the other."),
        widget=CheckCards(
            hints={
                Mode.FRIENDS: _("Friends and support. No one is left out by gender or age."),
                Mode.DATING: _("Only people and couples whose wishes fit yours, and yours theirs."),
            }
        ),
    )
    friends_goals = forms.MultipleChoiceField(
        label=_("As friends, I look for"), choices=FRIENDS_GOALS.items(), required=False, widget=Chips
    )
    dating_goals = forms.MultipleChoiceField(
        label=_("In dating, I look for"), choices=DATING_GOALS.items(), required=False, widget=Chips
    )
    wanted = forms.MultipleChoiceField(
        label=_("In dating, show me"),
        choices=SEARCHES.items(),
        required=False,
        help_text=_("None chosen means everyone."),
        widget=Chips,
    )


class WordsForm(LookForm):
    question = forms.ChoiceField(
        label=_("Finish a sentence"),
        choices=lambda: [("", _("Choose a beginning")), *questions_for("individual").items()],
        required=False,
    )
    answer = forms.CharField(
        label=_("How it goes on"),
        max_length=MAX_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    circles = forms.MultipleChoiceField(
        label=_("Circles"),
        choices=lambda: [(circle.slug, circle.name) for circle in circles()],
        required=False,
        help_text=_("Nobody is asked why. The people you could meet will see them."),
        widget=CheckCards(hints={circle.slug: circle._whom for circle in circles()}),
    )
    agree = AgreeField("circles")

    def __init__(self, *args: Any, wording: str = "", **kwargs: Any) -> None:
        """`wording` is what is to be agreed to before circles are kept; empty once it has been."""
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = wording
        if not wording:
            del self.fields["agree"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("answer") and not typed.get("question"):
            self.add_error("question", _("Choose the beginning of your sentence."))
        added = set(typed.get("circles", [])) - set(self.initial.get("circles", []))
        if added and "agree" in self.fields and not (typed.get("agree") or "agree" in self.errors):
            self.add_error("agree", _("Circles are kept only with your yes. Or choose none."))
        return typed


class AllForm(YouForm, AgeForm, PlaceForm, WishesForm, WordsForm):
    """Every question on one page."""
