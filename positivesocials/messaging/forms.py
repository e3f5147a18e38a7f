from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm
from positivesocials.messaging.composing import not_too_long


def _text(**look: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Your message"),
        error_messages={"required": _("Write something first.")},
        validators=[not_too_long],
        widget=forms.Textarea(attrs={"dir": "auto", **look}),
    )


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
    text = _text(rows=1, placeholder=_("Write a message"), **{"class": "in short"})
    client_key = forms.UUIDField(widget=forms.HiddenInput)
    reply_to = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # Said by "Send anyway", once its writer was asked.
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="say-%s", **kwargs)


class EditForm(LookForm):
    text = _text(rows=6)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 2)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
