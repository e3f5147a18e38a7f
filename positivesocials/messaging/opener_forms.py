from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm
from positivesocials.messaging import openers


def _is_a_first_text(text: str) -> None:
    if refusal := openers.refusal_of(text.replace("\r\n", "\n").strip()):
        raise ValidationError(refusal)


class OpenerForm(LookForm):
    text = forms.CharField(
        label=_("Your first text"),
        help_text=_("At most 500 characters, only words: no links, no pictures."),
        error_messages={"required": _("Write something first.")},
        validators=[_is_a_first_text],
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "class": "in"}),
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="first-%s", **kwargs)
