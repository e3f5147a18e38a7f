from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm


class LetterForm(LookForm):
    address = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={"invalid": _("That is not a whole address yet. An example: name@example.org")},
    )
