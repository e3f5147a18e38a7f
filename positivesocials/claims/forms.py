from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from positivesocials.claims import selectors
from positivesocials.claims.models import NOTE, VALUE
from positivesocials.claims.services import KEY, REASON, NewSource, Wording
from positivesocials.core.forms import LookForm

DAY = 36_500
NEW = "new"


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 2)


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        help_text=_("It stands in the history of this fact, with your name."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


def _line(label: Any, *, most: int, hint: Any = "", required: bool = True) -> forms.CharField:
    look = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, help_text=hint, max_length=most, required=required, widget=look)


class Until(forms.DateField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Look at it again by"),
            help_text=_(
                "From that day on it is no longer printed. 24 months from today if you leave it empty."
            ),
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )


class ConfirmForm(LookForm):
    version = _version()
    until = Until()


class WithdrawForm(LookForm):
    version = _version()
    reason = _reason()


class _WordingForm(LookForm):
    """What it says, and where that can be read."""

    value = forms.CharField(
        label=_("What it says"),
        help_text=_("As it is printed, such as: 7 to 21 days."),
        max_length=VALUE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    low = forms.IntegerField(
        label=_("First day"),
        help_text=_("For time lines: the same in whole days."),
        min_value=0,
        max_value=DAY,
        required=False,
    )
    high = forms.IntegerField(label=_("Last day"), min_value=0, max_value=DAY, required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    source = forms.ChoiceField(label=_("Where it was read"), initial=NEW)
    publisher = _line(_("Published by"), most=120, required=False)
    title = _line(_("Title"), most=300, required=False)
    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2100, required=False)
    until = Until()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {str(source.pk): source for source in selectors.sources()}
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(NEW, _("A source that is not in this list"))] + [
            (pk, f"{source} [{source.key}]") for pk, source in self._known.items()
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        new = [said.get(name) for name in ("publisher", "title", "url")]
        if said.get("source") == NEW and not all(new):
            sentence = _("A fact needs a source: choose one, or say who published it, its title and address.")
            self.add_error("source", ValidationError(sentence))
        return said

    def wording(self) -> Wording:
        said = self.cleaned_data
        new = NewSource(said["title"], said["publisher"], said["url"], said["year"])
        known = self._known.get(said["source"])
        return Wording(said["value"], known or new, said["note"], said["low"], said["high"])


class CorrectForm(_WordingForm):
    version = _version()
    reason = _reason()


class AddForm(_WordingForm):
    key = forms.RegexField(
        KEY,
        label=_("Key"),
        help_text=_(
            "What it is about, the topic and a name, as in hiv.testing.home-test. It stays for good."
        ),
        max_length=80,
        error_messages={"invalid": _("Small letters and dots, as in hiv.testing.home-test.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
    )
    about = _line(_("Of what"), most=200, hint=_("The test, the people or the thing that it is said of."))
    body = _line(_("Who says it"), most=80, hint=_("Such as WHO or CDC."), required=False)
    field_order = ["key", "about", "body"]


class Ticks(forms.Field):
    """Ids of claims, each with the version that was read: `id:version`."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> dict[UUID, int]:
        try:
            pairs = [str(one).split(":") for one in value or []]
            return {UUID(pk): min(int(version), 2**31 - 2) for pk, version in pairs}
        except ValueError:
            raise ValidationError(_("Choose facts of this page.")) from None


class ManyForm(forms.Form):
    facts = Ticks(required=False)
