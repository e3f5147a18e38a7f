"""One short form for each thing a profile says. Each reads facets and gives changed facets back."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from positivesocials.core import countries
from positivesocials.core.forms import CheckCards, Chips, LookForm, Switch
from positivesocials.privacy.forms import AgreeField
from positivesocials.profiles import places
from positivesocials.profiles.choices import INTERESTS, LANGUAGES, SEARCHES, goals_in, questions_for
from positivesocials.profiles.circles import Circle, circles
from positivesocials.profiles.facets import (
    MAX_ANSWER,
    MAX_INTERESTS,
    MAX_PROMPTS,
    MAX_WORDS,
    Facets,
    Person,
    Prompt,
)

ADULT, OLDEST = 18, 110
MOST_TOWNS = 50


class NameForm(LookForm):
    name = forms.CharField(
        label=_("The name people see here"),
        max_length=40,
        help_text=_("Not your own name, and not one you use elsewhere. It can be changed any time."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class Section(LookForm):
    """`part` is the human whose own facets the section is about: in a couple, the one who edits."""

    def __init__(self, kind: str, said: Facets, part: Person, *args: Any, **kwargs: Any) -> None:
        self.kind, self.said, self.part = kind, said, part
        kwargs.setdefault("initial", self.shown())
        super().__init__(*args, **kwargs)

    def shown(self) -> dict[str, Any]:
        raise NotImplementedError

    def changed(self) -> Facets | Person:
        """Facets to keep, or the part of one human."""
        raise NotImplementedError


class SelfForm(Section):
    pronouns = forms.CharField(label=_("Pronouns"), max_length=MAX_WORDS, required=False)
    gender = forms.CharField(label=_("Gender, in your own words"), max_length=MAX_WORDS, required=False)
    orientation = forms.CharField(
        label=_("Orientation, in your own words"),
        max_length=MAX_WORDS,
        required=False,
        help_text=_("Shown in dating only."),
    )
    searches = forms.MultipleChoiceField(
        label=_("I appear when people look for"),
        choices=list(SEARCHES.items()),
        widget=Chips,
        required=False,
        help_text=_("Choose every search you want to be found in. Used in dating only."),
    )

    def shown(self) -> dict[str, Any]:
        part = self.part
        return {
            "pronouns": part.pronouns,
            "gender": part.gender,
            "orientation": part.orientation,
            "searches": part.searches,
        }

    def changed(self) -> Person:
        said = self.cleaned_data
        return replace(self.part, **{**said, "searches": tuple(said["searches"])})


class AgeForm(Section):
    birth_month = forms.TypedChoiceField(
        label=_("Month of birth"),
        choices=[("", "—"), *MONTHS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    show_age = forms.BooleanField(
        label=_("Show my age"),
        required=False,
        widget=Switch,
        help_text=_("Only the age is ever shown. Hidden, it still decides whose age wishes you fit."),
    )

    def shown(self) -> dict[str, Any]:
        part = self.part
        return {
            "birth_month": part.birth_month,
            "birth_year": part.birth_year,
            "show_age": part.show_age,
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        month, year = cleaned.get("birth_month"), cleaned.get("birth_year")
        if "birth_year" not in cleaned:
            return cleaned
        if (month is None) != (year is None):
            self.add_error("birth_year", _("Give both month and year, or neither."))
        elif year is not None and not _is_adult(month, year):
            self.add_error("birth_year", _("Everyone here is 18 or over. Please check the year."))
        return cleaned

    def changed(self) -> Person:
        return replace(self.part, **self.cleaned_data)


def _is_adult(month: int | None, year: int) -> bool:
    today = timezone.localdate()
    years = today.year - year - ((month or 12) > today.month)
    return ADULT <= years <= OLDEST


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


class PlaceForm(AsksTown, Section):
    def shown(self) -> dict[str, Any]:
        return places.as_typed(self.said.place)

    def changed(self) -> Facets:
        return replace(self.said, place=places.cell_after(self.said.place, self.cleaned_data["town"]))


class WordsForm(Section):
    """Up to three beginnings of sentences, finished."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beginnings = [("", _("Nothing here")), *questions_for(self.kind).items()]
        for number in range(1, MAX_PROMPTS + 1):
            self.fields[f"question_{number}"] = forms.ChoiceField(
                label=_("Beginning %(number)s") % {"number": number}, choices=beginnings, required=False
            )
            self.fields[f"answer_{number}"] = forms.CharField(
                label=_("and how it goes on"),
                max_length=MAX_ANSWER,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )

    def shown(self) -> dict[str, Any]:
        initial = {}
        for number, prompt in enumerate(self.said.prompts, start=1):
            initial[f"question_{number}"] = prompt.question
            initial[f"answer_{number}"] = prompt.answer
        return initial

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, MAX_PROMPTS + 1):
            if cleaned.get(f"answer_{number}") and not cleaned.get(f"question_{number}"):
                self.add_error(f"question_{number}", _("Choose the beginning of this sentence."))
        return cleaned

    def changed(self) -> Facets:
        said = self.cleaned_data
        pairs = [(said[f"question_{n}"], said[f"answer_{n}"]) for n in range(1, MAX_PROMPTS + 1)]
        return replace(self.said, prompts=tuple(Prompt(q, a) for q, a in pairs if q and a))


class InterestsForm(Section):
    interests = forms.MultipleChoiceField(
        label=_("Interests"), choices=list(INTERESTS.items()), widget=Chips, required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=list(LANGUAGES.items()), widget=Chips, required=False
    )

    def shown(self) -> dict[str, Any]:
        return {"interests": self.said.interests, "languages": self.said.languages}

    def clean_interests(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["interests"]
        if len(chosen) > MAX_INTERESTS:
            raise forms.ValidationError(_("Choose at most %(most)s."), params={"most": MAX_INTERESTS})
        return chosen

    def changed(self) -> Facets:
        said = self.cleaned_data
        return replace(self.said, interests=tuple(said["interests"]), languages=tuple(said["languages"]))


class GoalsForm(Section):
    friends = forms.MultipleChoiceField(
        label=_("Among friends"),
        choices=list(goals_in("friends").items()),
        widget=Chips,
        required=False,
    )
    dating = forms.MultipleChoiceField(
        label=_("In dating"),
        choices=list(goals_in("dating").items()),
        widget=Chips,
        required=False,
        help_text=_("Seen only by people who meet you in dating."),
    )

    def shown(self) -> dict[str, Any]:
        return {"friends": self.said.goals, "dating": self.said.goals}

    def changed(self) -> Facets:
        return replace(self.said, goals=(*self.cleaned_data["friends"], *self.cleaned_data["dating"]))


class CirclesForm(Section):
    circles = forms.MultipleChoiceField(
        label=_("Circles"),
        choices=lambda: [(circle.slug, circle.name) for circle in circles()],
        widget=CheckCards(hints={circle.slug: circle._whom for circle in circles()}),
        required=False,
    )
    agree = AgreeField("circles", label=_("I agree"))

    def __init__(self, *args: Any, consented: bool, wording: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consented = consented
        self.fields["agree"].help_text = wording
        if consented:
            del self.fields["agree"]

    @property
    def lines(self) -> list[Circle]:
        """Circles that carry a sentence with its source."""
        return [circle for circle in circles() if circle.line]

    def shown(self) -> dict[str, Any]:
        return {"circles": self.part.circles}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        added = set(cleaned.get("circles", [])) - set(self.part.circles)
        if added and not (self.consented or cleaned.get("agree") or "agree" in self.errors):
            self.add_error("agree", _("Circles are kept only with your yes to this."))
        return cleaned

    def changed(self) -> Person:
        return replace(self.part, circles=tuple(self.cleaned_data["circles"]))


SECTIONS: dict[str, type[Section]] = {
    "self": SelfForm,
    "age": AgeForm,
    "place": PlaceForm,
    "words": WordsForm,
    "interests": InterestsForm,
    "hopes": GoalsForm,
    "circles": CirclesForm,
}
