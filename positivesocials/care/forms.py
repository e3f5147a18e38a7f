from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.care.helplines import EVERYWHERE, HOURS, KINDS, Helpline
from positivesocials.care.services import Said
from positivesocials.core import countries
from positivesocials.core.forms import LookForm


def _places(first: Any) -> list[tuple[str, Any]]:
    return [("", first), *countries.choices()]


class CountryForm(LookForm):
    country = forms.ChoiceField(label=_("Which country are you in?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _places(_("None: ask me each time"))


class VersionForm(LookForm):
    """What was read, so that nobody overwrites another's change."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)


class LineForm(LookForm):
    country = forms.ChoiceField(label=_("Country"))
    service = forms.CharField(
        label=_("Name of the service"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    kind = forms.ChoiceField(label=_("What it is for"), choices=list(KINDS.items()))
    phone = forms.CharField(
        label=_("Numbers"),
        help_text=_("As they are dialled in that country. Several with a slash between them."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
    )
    other_ways = forms.CharField(
        label=_("Other ways"),
        help_text=_("Text messages or a chat, with a semicolon between them."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    hours = forms.CharField(
        label=_("Hours"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "hours"}),
    )
    url = forms.URLField(label=_("Their page"), max_length=500, assume_scheme="https")
    is_checked = forms.BooleanField(
        label=_("I have read this on their own page today, or called"),
        help_text=_("Otherwise readers see that nobody here has checked it."),
        required=False,
    )
    hours_known = tuple(HOURS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*_places(_("Choose a country")), (EVERYWHERE, _("Anywhere in the world"))]

    def said(self) -> Said:
        names = ("country", "service", "kind", "phone", "other_ways", "hours", "url")
        return Said(**{name: self.cleaned_data[name] for name in names})


class ChangeLineForm(LineForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)


def shown_in_form(line: Helpline) -> dict[str, Any]:
    names = ("country", "service", "kind", "phone", "other_ways", "hours", "url", "version")
    return {name: getattr(line, name) for name in names}
