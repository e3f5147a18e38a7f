from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import Chips, LookForm, Switch
from positivesocials.matching.models import Mode
from positivesocials.matching.wishes import OLDEST, YOUNGEST, Wishes
from positivesocials.profiles.choices import SEARCHES, goals_in
from positivesocials.profiles.models import Kind
from positivesocials.profiles.places import ANYWHERE, BANDS

KINDS = {Kind.INDIVIDUAL.value: _("Individuals"), Kind.COUPLE.value: _("Couples")}


class WishesForm(LookForm):
    """What a profile looks for in one mode. Everything ticked, or nothing, asks nothing."""

    # Nothing here must be filled in, so that nothing needs to say that it is optional.
    mark_required = True

    kinds = forms.MultipleChoiceField(
        label=_("Kind of profile"), choices=list(KINDS.items()), widget=Chips, required=False
    )
    searches = forms.MultipleChoiceField(
        label=_("People who appear in"), choices=list(SEARCHES.items()), widget=Chips, required=False
    )
    age_from = forms.IntegerField(
        label=_("Youngest age"), min_value=YOUNGEST, max_value=OLDEST, widget=forms.NumberInput
    )
    age_to = forms.IntegerField(
        label=_("Oldest age"), min_value=YOUNGEST, max_value=OLDEST, widget=forms.NumberInput
    )
    band = forms.TypedChoiceField(
        label=_("How far"),
        choices=list(enumerate(BANDS)),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("From area to area, never to a door. It holds both ways."),
    )
    goals = forms.MultipleChoiceField(
        label=_("They hope for"), widget=Chips, required=False, help_text=_("None chosen means any.")
    )
    circles_only = forms.BooleanField(
        label=_("My circles only"),
        widget=Switch,
        required=False,
        help_text=_("Only people with whom you share a circle see you here, and you only them."),
    )

    def __init__(self, mode: str, wishes: Wishes, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(wishes))
        super().__init__(*args, auto_id="wish_%s", **kwargs)
        self.fields["goals"].choices = list(goals_in(mode).items())  # type: ignore[attr-defined]
        if mode == Mode.FRIENDS:
            for name in ("searches", "age_from", "age_to"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        low, high = cleaned.get("age_from"), cleaned.get("age_to")
        if low and high and low > high:
            self.add_error("age_to", _("The oldest age is below the youngest."))
        return cleaned

    def wishes(self) -> Wishes:
        said = self.cleaned_data
        return Wishes(
            on=True,
            kinds=_unless_all(said["kinds"], KINDS),
            searches=_unless_all(said.get("searches", []), SEARCHES),
            age_from=said.get("age_from", YOUNGEST),
            age_to=said.get("age_to", OLDEST),
            band=ANYWHERE if said["band"] is None else said["band"],
            goals=tuple(said["goals"]),
            circles_only=said["circles_only"],
        )


def _initial(wishes: Wishes) -> dict[str, Any]:
    shown = wishes.to_dict()
    return {**shown, "kinds": shown["kinds"] or list(KINDS), "searches": shown["searches"] or list(SEARCHES)}


def _unless_all(chosen: list[str], everything: dict[str, Any]) -> tuple[str, ...]:
    return () if set(chosen) == set(everything) else tuple(chosen)
