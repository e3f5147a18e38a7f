from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm
from positivesocials.messaging.services import LONGEST, too_long


def _not_too_long(text: str) -> None:
    # Our own check instead of max_length: that would let browsers cut a pasted text silently.
    length = len(text.replace("\r\n", "\n"))
    if length > LONGEST:
        raise ValidationError(too_long(length))


class MessageForm(LookForm):
    text = forms.CharField(
        label=_("Your message"),
        error_messages={"required": _("Write something first.")},
        validators=[_not_too_long],
        widget=forms.Textarea(
            attrs={"rows": 1, "dir": "auto", "class": "in short", "placeholder": _("Write a message")}
        ),
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)
    # Said by "Send anyway", once its writer was asked.
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="say-%s", **kwargs)
