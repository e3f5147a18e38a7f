"""Asking for a town: the country, then how its name begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core import countries
from positivesocials.core.forms import LookForm
from positivesocials.profiles import places

MOST_TOWNS = 50


class TownInput(forms.TextInput):
    """A line for a name, which offers the largest towns of the country that is known so far."""

    template_name = "profiles/town_input.html"
    country = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if not self.country:
            return context
        attrs = context["widget"]["attrs"]
        attrs["list"] = f"{attrs.get('id', name)}-offered"
        offered = dict.fromkeys(town.name for town in places.towns(self.country)[:MOST_TOWNS])
        return context | {"offered": list(offered)}


class AsksTown(LookForm):
    """The country, then the beginning of a name. Where several towns begin like that, the form asks which.

    What is cleaned as "town" is the id of a town, or nothing.
    """

    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=lambda: [("", _("No place")), *countries.choices(places.countries())],
    )
    town = forms.CharField(
        label=_("Town"),
        required=False,
        max_length=80,
        widget=TownInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_(
            "The beginning of its name is enough, and so is a larger town near you. "
            "We keep its area of about 11 km or more, and not the town."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["town"].widget
        if isinstance(widget, TownInput):
            chosen = self["country"].value()
            widget.country = chosen if chosen in places.countries() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors.keys() & {"country", "town"}:
            cleaned["town"] = self._town(cleaned.get("country", ""), cleaned.get("town", ""))
        return cleaned

    def _town(self, country: str, typed: str) -> str:
        if not typed and country:
            self.add_error("town", _("Type how the name of a town begins, or choose no place."))
        if not typed or places.town(typed):
            return typed
        if not country:
            self.add_error("country", _("Choose the country of the town, or empty the town."))
            return ""
        kept = places.town_of(self.initial.get("cell"))
        if kept and (kept.country, kept.name) == (country, typed):
            return kept.id
        return self._one_of(places.towns_like(typed, country))

    def _one_of(self, found: list[places.Town]) -> str:
        if len(found) == 1:
            return found[0].id
        if not found:
            self.add_error("town", _("We know no town of that name there. Try a larger one near you."))
        elif len(found) > MOST_TOWNS:
            self.add_error("town", _("Many towns begin like that. Type more of the name."))
        else:
            self._offer(found)
            self.add_error("town", _("Several towns are called so. Choose one of them."))
        return ""

    def _offer(self, found: list[places.Town]) -> None:
        named = [(town.id, places.told_apart(town, found)) for town in found]
        self.fields["town"].widget = forms.Select(choices=[*named, ("", _("None of these"))])
