from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, RadioChips
from positivesocials.polls.services import FEWEST, LONGEST, MOST

DAYS = [
    ("1", _("One day")),
    ("3", _("Three days")),
    ("7", _("A week")),
    ("14", _("Two weeks")),
    ("30", _("A month")),
]


class PollForm(LookForm):
    """The answers one can choose, and for how long. The post is the question."""

    days = forms.ChoiceField(label=_("Open for"), choices=DAYS, initial="7", widget=RadioChips)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.names = [f"option_{number}" for number in range(1, MOST + 1)]
        for number, name in enumerate(self.names, start=1):
            self.fields[name] = forms.CharField(
                label=_("Answer %(number)s") % {"number": number},
                max_length=LONGEST,
                required=number <= FEWEST,
                widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
                error_messages={"required": _("Fill in two answers at least.")},
            )

    @property
    def options(self) -> list[str]:
        return [typed for name in self.names if (typed := self.cleaned_data[name])]

    def option_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]


class VoteForm(LookForm):
    option = forms.IntegerField(
        min_value=0, max_value=MOST - 1, error_messages={"required": _("Choose one of the answers.")}
    )
