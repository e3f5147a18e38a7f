from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm
from positivesocials.search.asking import LONGEST

HIGHEST_PAGE = 1000


class QuestionForm(forms.Form):
    """What stands in the address of a search. Whatever it is, a page answers."""

    q = forms.CharField(required=False)
    kind = forms.CharField(required=False, max_length=12)
    category = forms.CharField(required=False, max_length=80)
    page = forms.IntegerField(required=False, min_value=1, max_value=HIGHEST_PAGE)

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        read = self.cleaned_data
        return {
            "words": (read.get("q") or "")[:LONGEST],
            "kind": read.get("kind") or "",
            "category": read.get("category") or "",
            "page": read.get("page") or 1,
        }


class WordsForm(LookForm):
    words = forms.CharField(
        label=_("Words that mean the same"),
        max_length=1000,
        help_text=_(
            "With commas between them. Put ~ before a spelling that is wrong: it finds, and is never offered."
        ),
        error_messages={"required": _("Write the words first.")},
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2, "class": "in"}),
    )


class ChangeWordsForm(WordsForm):
    seen = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
