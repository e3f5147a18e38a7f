from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm
from positivesocials.safety import hidden_words


def _is_a_list(text: str) -> None:
    if refusal := hidden_words.refusal_of(hidden_words.tidy(text.splitlines())):
        raise ValidationError(refusal)


class HiddenWordsForm(LookForm):
    words = forms.CharField(
        label=_("Words and phrases"),
        help_text=_("One on each line, up to 1,000. Case and accents do not matter; whole words do."),
        required=False,
        validators=[_is_a_list],
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "class": "in", "autocomplete": "off"}),
    )
