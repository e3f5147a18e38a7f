from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ONE_YEAR = timedelta(days=365)


class ReviewForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=100)
    training = forms.CharField(
        label=_("Your training"), max_length=140, help_text=_("For example: nurse, sexual health clinic.")
    )
    review_due_on = forms.DateField(
        label=_("Next review on"),
        initial=lambda: timezone.localdate() + ONE_YEAR,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    # Of the text that was the newest when the page was opened.
    read = forms.CharField(max_length=64, widget=forms.HiddenInput)
    is_read = forms.BooleanField(label=_("I have read the whole text, and stand behind it with my name."))

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("read", "name", "training", "review_due_on")}
