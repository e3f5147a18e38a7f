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


class DraftForm(forms.Form):
    """What a script saves. No rule but size, and that is the service's."""

    text = forms.CharField(required=False, strip=False)
    draft = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


class SearchForm(LookForm):
    words = forms.CharField(
        label=_("Words to look for"),
        max_length=100,
        error_messages={"required": _("Write a word to look for.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto", "class": "in"}),
    )
    further = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="say-%s", **kwargs)
