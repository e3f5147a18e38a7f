from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from positivesocials.core.forms import LookForm
from positivesocials.feed.weekly import LONGEST


class QuestionForm(LookForm):
    words = forms.CharField(
        label=_("Question"),
        help_text=_("Short, and easy to answer with one sentence. It becomes a post under your name."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    week = forms.TypedChoiceField(label=_("Week"), coerce=date.fromisoformat)

    def __init__(self, data: Mapping[str, Any] | None = None, *, weeks: list[date]) -> None:
        super().__init__(data)
        field = self.fields["week"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (week.isoformat(), date_format(week, pgettext("date format", "j F Y"))) for week in weeks
        ]
