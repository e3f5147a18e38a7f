import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from positivesocials.articles import translating
from positivesocials.articles.translating import OPENING, SUMMARY, TITLE, Pair, Piece
from positivesocials.articles.translations import Sent
from positivesocials.core.forms import LookForm

MOST_TITLE, MOST_SUMMARY, MOST_HEADING, MOST_BODY = 255, 400, 200, 30_000
ALONE = {TITLE: MOST_TITLE, SUMMARY: MOST_SUMMARY, OPENING: MOST_BODY}
HEADING_LINE = re.compile(r"^ {0,3}##? ", re.MULTILINE)
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


class TranslationForm(LookForm):
    """A field beside each piece of the original; sections have one for their heading too."""

    mark_required = True

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, pairs: Sequence[Pair], code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = pairs
        info = get_language_info(code)
        self._look = {"lang": code, "dir": "rtl" if info["bidi"] else "ltr"}
        for pair in pairs:
            self._add(pair)

    def _add(self, pair: Pair) -> None:
        key, told = pair.key, translating.name_of(pair.original)
        words = pair.words or Piece(key, "", "")
        if key not in ALONE:
            heading = self._line(_("Heading: %(section)s") % {"section": told}, MOST_HEADING)
            self._put(f"heading-{key}", heading, words.heading)
        field = self._line(told, MOST_TITLE) if key == TITLE else self._area(told, pair)
        self._put(f"body-{key}", field, words.body)
        if pair.has_changed:
            label = _("The original has changed here, and this translation still holds.")
            self._put(f"same-{key}", forms.BooleanField(label=label, required=False), False)

    def _put(self, name: str, field: forms.Field, value: Any) -> None:
        self.fields[name] = field
        self.initial.setdefault(name, value)

    def _line(self, label: str, most: int) -> forms.CharField:
        look = forms.TextInput(attrs=self._look)
        return forms.CharField(label=label, max_length=most, required=False, widget=look)

    def _area(self, label: str, pair: Pair) -> forms.CharField:
        rows = min(30, max(3, len(pair.original.body) // 50 + pair.original.body.count("\n")))
        look = forms.Textarea(attrs={**self._look, "rows": rows})
        most = ALONE.get(pair.key, MOST_BODY)
        return forms.CharField(label=label, max_length=most, required=False, widget=look)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for pair in self.pairs:
            if pair.key not in {TITLE, SUMMARY} and HEADING_LINE.search(cleaned.get(f"body-{pair.key}", "")):
                told = _(
                    "A line here begins with ##. Sections are those of the original; use ### within one."
                )
                self.add_error(f"body-{pair.key}", ValidationError(told))
        return cleaned

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What a page shows beside each other."""
        names = ("heading", "body", "same")
        kinds = [{name: f"{name}-{pair.key}" for name in names} for pair in self.pairs]
        fields = [{kind: self[name] for kind, name in each.items() if name in self.fields} for each in kinds]
        told = [
            {"name": translating.name_of(pair.original), "theirs": self._theirs(pair)} for pair in self.pairs
        ]
        whole = zip(self.pairs, told, fields, strict=True)
        return [{"pair": pair, **words, **row} for pair, words, row in whole]

    def _theirs(self, pair: Pair) -> bool:
        """Whether something else is saved than what was typed."""
        typed = {
            name: _lines(self[name].value() or "") for name in self.fields if name.endswith(f"-{pair.key}")
        }
        kept = (
            {f"heading-{pair.key}": pair.words.heading, f"body-{pair.key}": pair.words.body}
            if pair.words
            else {}
        )
        return any(kept[name] != words for name, words in typed.items() if name in kept)

    @property
    def sent(self) -> Sent:
        said = self.cleaned_data
        words = [
            Piece(pair.key, said.get(f"heading-{pair.key}", ""), _lines(said[f"body-{pair.key}"]))
            for pair in self.pairs
        ]
        same = {pair.key for pair in self.pairs if said.get(f"same-{pair.key}")}
        return Sent(said["version"], said["seen"], words, same)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
