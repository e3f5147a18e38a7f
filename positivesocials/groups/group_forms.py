"""Founding a group, its words, and what those who tend it write."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, RadioCards, RadioChips
from positivesocials.groups.founding import OFFERED, Sort, Wording
from positivesocials.groups.models import Group, Kind, Openness
from positivesocials.profiles import circles
from positivesocials.profiles.choices import LANGUAGES
from positivesocials.profiles.town_forms import AsksTown

MOST_LINES = {"rules": 12, "questions": 3}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _text(
    label: Any, *, rows: int, most: int, help_text: Any = "", required: bool = False
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(
        label=label, max_length=most, required=required, widget=widget, help_text=help_text
    )


class GroupWordsForm(LookForm):
    """What a group says of itself. Rules and questions: one on each line."""

    name = forms.CharField(
        label=_("Name of the group"), max_length=60, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    about = _text(
        _("What it is for"),
        rows=4,
        most=600,
        required=True,
        help_text=_("Two or three sentences: whom it is for, and what people do there."),
    )
    rules = _text(
        _("How people talk there"),
        rows=7,
        most=2000,
        required=True,
        help_text=_("One rule on each line. Who joins says yes to them. Change, add or drop what you like."),
    )
    questions = _text(
        _("What newcomers are asked"),
        rows=3,
        most=600,
        help_text=_(
            "Up to three questions, one on each line. With questions, people wait until you let them in."
        ),
    )
    greeting = _text(
        _("A greeting for newcomers"),
        rows=3,
        most=1000,
        help_text=_("They read it above everything else in their first two weeks."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, most in MOST_LINES.items():
            lines = _lines(cleaned.get(name) or "")
            if len(lines) > most:
                self.add_error(name, gettext("Keep it to %(most)s lines.") % {"most": most})
            cleaned[name] = "\n".join(lines)
        return cleaned

    @property
    def wording(self) -> Wording:
        told = self.cleaned_data
        return Wording(
            **{name: told.get(name) or "" for name in ("name", "about", "rules", "questions", "greeting")}
        )


def words_of(group: Group) -> dict[str, str]:
    """As the form shows them; what came with the software in the reader's language."""
    return {
        "name": group.name_here,
        "about": group.about_here,
        "rules": "\n".join(group.rule_lines),
        "questions": group.questions or "",
        "greeting": group.greeting_here,
    }


def _offered_rules() -> str:
    return "\n".join(gettext(rule) for rule in OFFERED)


class FoundForm(GroupWordsForm, AsksTown):
    """A new group: its words, who may know of it, and what brings people together there."""

    field_order = ("name", "about", "kind", "circle", "language", "country", "town", "openness", "rules")
    kind = forms.ChoiceField(label=_("What brings you together"), choices=Kind.choices, widget=RadioChips)
    circle = forms.ChoiceField(label=_("Which circle"), required=False)
    language = forms.ChoiceField(label=_("Which language"), required=False)
    openness = forms.ChoiceField(label=_("Who can read it"), choices=Openness.choices, widget=RadioCards)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            data,
            initial={"kind": Kind.TOPIC, "openness": Openness.MEMBERS, "rules": _offered_rules()},
        )
        offered: dict[str, list[tuple[str, Any]]] = {
            "circle": [(each.slug, each.name) for each in circles.circles()],
            "language": list(LANGUAGES.items()),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("Choose")), *choices]
        self.fields["town"].help_text = _("The beginning of its name is enough.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self._subject(cleaned) and cleaned["kind"] in FIELD_OF:
            self.add_error(FIELD_OF[cleaned["kind"]], gettext("Choose what the group is about."))
        return cleaned

    def _subject(self, told: dict[str, Any]) -> str:
        field = FIELD_OF.get(told["kind"])
        return str(told.get(field) or "") if field else ""

    @property
    def sort(self) -> Sort:
        told = self.cleaned_data
        return Sort(Openness(told["openness"]), Kind(told["kind"]), self._subject(told))


FIELD_OF: dict[str, str] = {Kind.CIRCLE: "circle", Kind.LANGUAGE: "language", Kind.PLACE: "town"}


class ReasonForm(LookForm):
    """Why, for whoever it concerns to read."""

    reason = _text(
        _("Why"),
        rows=3,
        most=600,
        required=True,
        help_text=_("They read this. Name the rule, kindly, and nobody else."),
    )


class RemovePostForm(ReasonForm):
    puts_out = forms.BooleanField(
        label=_("Put out whoever wrote it, too"),
        required=False,
        help_text=_("They come in here no more. Of an alias you do not learn whose it is."),
    )


class LeaveForm(LookForm):
    erases = forms.BooleanField(
        label=_("Erase what I wrote here, too"),
        required=False,
        help_text=_(
            "What you wrote under your name goes at once. What you wrote under an alias goes within a day, "
            "each alias at its own time, so that nobody sees that they belong together. A line says that "
            "each was removed."
        ),
    )


class CloseForm(LookForm):
    sure = forms.BooleanField(
        label=_("Yes, close this group for good"),
        error_messages={"required": _("Tick this if you are sure.")},
    )
