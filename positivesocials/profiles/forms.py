"""One short form for each thing a profile says. Each reads facets and gives changed facets back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import CheckCards, Chips, LookForm
from positivesocials.privacy.forms import AgreeField
from positivesocials.profiles import places
from positivesocials.profiles.choices import (
    AUDIENCES,
    EVERYONE,
    INTERESTS,
    LANGUAGES,
    NAMED,
    SEARCHES,
    goals_in,
    questions_for,
)
from positivesocials.profiles.circles import Circle, circles
from positivesocials.profiles.facets import (
    JOINT_FIELDS,
    MAX_ANSWER,
    MAX_INTERESTS,
    MAX_PROMPTS,
    MAX_WORDS,
    Facets,
    Person,
    Prompt,
)
from positivesocials.profiles.selectors import Named, holder
from positivesocials.profiles.town_forms import AsksTown

ADULT, OLDEST = 18, 110


class NameForm(LookForm):
    name = forms.CharField(
        label=_("The name people see here"),
        max_length=40,
        help_text=_("Not your own name, and not one you use elsewhere. It can be changed any time."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class AudienceField(forms.ChoiceField):
    """Whom a field is for. Where a form comes without it, nothing changes."""

    def __init__(self, field: str, **kwargs: Any) -> None:
        hint = AUDIENCE_HINTS.get(field, "")
        super().__init__(label=AUDIENCE_LABELS[field], choices=AUDIENCES.items(), help_text=hint, **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value else ""


AUDIENCE_LABELS = {
    "pronouns": _("Who sees your pronouns"),
    "gender": _("Who sees your gender"),
    "orientation": _("Who sees your orientation"),
    "age": _("Who sees your age"),
    "place": _("Who sees how far you are"),
    "prompts": _("Who sees your sentences"),
    "interests": _("Who sees your interests"),
    "languages": _("Who sees your languages"),
    "goals": _("Who sees what you hope for"),
    "circles": _("Who sees your circles"),
}
AUDIENCE_HINTS = {
    "orientation": _("Shown in dating only. For everyone, it is shown outside of dating too."),
    "age": _("Only the age is ever shown. Hidden, it still decides whose age wishes you fit."),
    "place": _(
        "Only a band of distance is ever shown. If people who fit may not see it, you are found by nobody "
        "who looks nearby, and find nobody nearby either."
    ),
    "goals": _("If people who fit may not see them, nobody finds you by them."),
    "circles": _("If people who fit may not see them, they take no part in “my circles only”, both ways."),
}


class Section(LookForm):
    """`part` is the human whose own facets the section is about: in a couple, the one who edits.

    Beside each field of `audiences` stands whom it is for.
    """

    audiences: tuple[str, ...] = ()
    says: tuple[str, ...] = ()  # The attributes of facets that it asks.

    def __init__(self, kind: str, said: Facets, part: Person, *args: Any, **kwargs: Any) -> None:
        self.kind, self.said, self.part = kind, said, part
        kwargs.setdefault("initial", self.shown())
        super().__init__(*args, **kwargs)
        for field in self.audiences:
            now = holder(said, part, field).audience(field)
            self.fields[f"seen_{field}"] = AudienceField(field, initial=now)
        self.order_fields(self._in_pairs())

    def _in_pairs(self) -> list[str]:
        """Each audience behind its field, and behind everything where the field has another name."""
        plain = [name for name in self.fields if not name.startswith("seen_")]
        return [each for name in plain for each in (name, f"seen_{name}")]

    def shown(self) -> dict[str, Any]:
        raise NotImplementedError

    def changed(self) -> Facets | Person:
        """Facets to keep, or the part of one human."""
        raise NotImplementedError

    def applied(self, place: int, kept: Facets) -> Facets:
        """What is kept, with this section of it as it is here, and whom that is for. The rest stands."""
        chosen = {field: self.cleaned_data.get(f"seen_{field}", "") for field in self.audiences}
        seen = {field: to for field, to in chosen.items() if to}
        changed = self.changed()
        if self.audiences[0] in JOINT_FIELDS:
            return _taken_over(kept, changed, self.says).shown_to(seen)
        part = kept.part(place)
        return kept.with_part(place, _taken_over(part, changed, self.says).shown_to(seen))

    @property
    def names_people(self) -> bool:
        """Whether something here is now for people one names."""
        return any(self.cleaned_data.get(f"seen_{field}") == NAMED for field in self.audiences)


Part = TypeVar("Part", bound=Person)


def _taken_over(kept: Part, changed: Person, names: Sequence[str]) -> Part:
    return replace(kept, **{name: getattr(changed, name) for name in names})


class SelfForm(Section):
    audiences = ("pronouns", "gender", "orientation")
    says = (*audiences, "searches")

    pronouns = forms.CharField(label=_("Pronouns"), max_length=MAX_WORDS, required=False)
    gender = forms.CharField(label=_("Gender, in your own words"), max_length=MAX_WORDS, required=False)
    orientation = forms.CharField(
        label=_("Orientation, in your own words"), max_length=MAX_WORDS, required=False
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
        own = {name: said[name] for name in ("pronouns", "gender", "orientation")}
        return replace(self.part, **own, searches=tuple(said["searches"]))


class AgeForm(Section):
    audiences, says = ("age",), ("birth_month", "birth_year")

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

    def shown(self) -> dict[str, Any]:
        return {"birth_month": self.part.birth_month, "birth_year": self.part.birth_year}

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
        born = self.cleaned_data
        return replace(self.part, birth_month=born["birth_month"], birth_year=born["birth_year"])


def _is_adult(month: int | None, year: int) -> bool:
    today = timezone.localdate()
    years = today.year - year - ((month or 12) > today.month)
    return ADULT <= years <= OLDEST


class PlaceForm(AsksTown, Section):
    audiences = says = ("place",)

    def shown(self) -> dict[str, Any]:
        return places.as_typed(self.said.place)

    def changed(self) -> Facets:
        return replace(self.said, place=places.cell_after(self.said.place, self.cleaned_data["town"]))


class WordsForm(Section):
    """Up to three beginnings of sentences, finished."""

    audiences = says = ("prompts",)

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
        self.fields["seen_prompts"] = self.fields.pop("seen_prompts")

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
    audiences = says = ("interests", "languages")

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
    audiences = says = ("goals",)

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
    audiences = says = ("circles",)

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
        else:
            self.order_fields(["circles", "seen_circles", "agree"])

    @property
    def lines(self) -> list[Circle]:
        """Circles that carry a sentence with its source."""
        return [circle for circle in circles() if circle.line]

    def shown(self) -> dict[str, Any]:
        return {"circles": self.part.circles}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        added = set(cleaned.get("circles", [])) - set(self.part.circles)
        widened = cleaned.get("seen_circles") == EVERYONE != self.part.audience("circles")
        if (added or widened) and not (self.consented or cleaned.get("agree") or "agree" in self.errors):
            self.add_error("agree", _("Circles are kept only with your yes to this."))
        return cleaned

    def changed(self) -> Person:
        return replace(self.part, circles=tuple(self.cleaned_data["circles"]))


class NamesForm(LookForm):
    """Whom one names, among those one can see now: for one's own part, and of a couple for both."""

    own = forms.MultipleChoiceField(widget=CheckCards, required=False)
    joint = forms.MultipleChoiceField(
        label=_("For what is of you both"),
        widget=CheckCards,
        required=False,
        help_text=_("Either of you changes this."),
    )

    def __init__(self, people: Sequence[Named], said: Facets, part: Person, *args: Any, **kw: Any) -> None:
        kw.setdefault("initial", {"own": part.named, "joint": said.named})
        super().__init__(*args, **kw)
        choices = [(each.id.hex, each.name) for each in people]
        own, joint = self.fields["own"], self.fields["joint"]
        own.choices = joint.choices = choices  # type: ignore[attr-defined]
        own.label = _("For your own part") if said.about else _("People you name")
        if not said.about:
            del self.fields["joint"]

    def named(self) -> dict[str, list[UUID]]:
        return {name: [UUID(hex=chosen) for chosen in ids] for name, ids in self.cleaned_data.items()}


SECTIONS: dict[str, type[Section]] = {
    "self": SelfForm,
    "age": AgeForm,
    "place": PlaceForm,
    "words": WordsForm,
    "interests": InterestsForm,
    "hopes": GoalsForm,
    "circles": CirclesForm,
}
