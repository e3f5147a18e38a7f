from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import CheckCards, Chips, LookForm, RadioCards, RadioChips, Switch
from positivesocials.matching.answers import Answer, Importance
from positivesocials.matching.models import Mode
from positivesocials.matching.questions import Question
from positivesocials.matching.wishes import NOTHING, OLDEST, YOUNGEST, Wishes
from positivesocials.profiles.choices import SEARCHES, goals_in
from positivesocials.profiles.models import Kind
from positivesocials.profiles.places import ANYWHERE, BANDS

# By the names of Importance, in small letters.
IMPORTANCE = {
    "irrelevant": _("Not at all"),
    "little": _("A little"),
    "somewhat": _("Somewhat"),
    "very": _("Very much"),
}
VISIBLE, PRIVATE = "visible", "private"
KINDS = {Kind.INDIVIDUAL.value: _("Individuals"), Kind.COUPLE.value: _("Couples")}


NICE = _("Nice, not needed")


class WishesForm(LookForm):
    """What a profile looks for in one mode. Everything ticked, or nothing, asks nothing.

    Beside each line stands `nice_<line>`: left out, the line has to fit.
    """

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
        label=_("People of my circles"),
        widget=Switch,
        required=False,
        help_text=_("Only people with whom you share a circle see you here, and you only them."),
    )
    nice_kinds = forms.BooleanField(label=NICE, required=False)
    nice_searches = forms.BooleanField(
        label=NICE,
        required=False,
        help_text=_("Then you see everyone in dating who fits you otherwise, and they see you."),
    )
    nice_ages = forms.BooleanField(label=NICE, required=False)
    nice_band = forms.BooleanField(label=NICE, required=False)
    nice_goals = forms.BooleanField(label=NICE, required=False)
    nice_circles = forms.BooleanField(label=NICE, required=False)

    def __init__(self, mode: str, wishes: Wishes, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(wishes))
        super().__init__(*args, auto_id="wish_%s", **kwargs)
        self.fields["goals"].choices = list(goals_in(mode).items())  # type: ignore[attr-defined]
        if mode == Mode.FRIENDS:
            for name in ("searches", "age_from", "age_to", "nice_searches", "nice_ages"):
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
            nice=tuple(line for line in NOTHING if said.get(f"nice_{line}")),
        )


def _initial(wishes: Wishes) -> dict[str, Any]:
    shown = wishes.to_dict()
    nice = {f"nice_{line}": True for line in wishes.nice}
    return {
        **shown,
        **nice,
        "kinds": shown["kinds"] or list(KINDS),
        "searches": shown["searches"] or list(SEARCHES),
    }


def _unless_all(chosen: list[str], everything: dict[str, Any]) -> tuple[str, ...]:
    return () if set(chosen) == set(everything) else tuple(chosen)


class AnswerForm(LookForm):
    """One question: the own reply, those welcome in others, how much that matters, and who sees it."""

    reply = forms.ChoiceField(label=_("Your reply"), widget=RadioCards)
    importance = forms.TypedChoiceField(
        label=_("Does it matter to you what others reply?"),
        choices=list(IMPORTANCE.items()),
        coerce=lambda value: Importance[value.upper()],
        widget=RadioChips,
    )
    accepts = forms.MultipleChoiceField(
        label=_("Replies you would be glad of"),
        widget=CheckCards,
        required=False,
        help_text=_("Needed only if it matters to you. Your own reply need not be among them."),
    )
    shown = forms.ChoiceField(
        label=_("Who sees your reply"),
        widget=RadioCards(
            hints={
                VISIBLE: _("If they made their reply visible too: as a reason, or as where you differ."),
                PRIVATE: _("Used for nothing, neither reasons nor numbers."),
            }
        ),
    )

    def __init__(
        self,
        *args: Any,
        question: Question,
        answer: Answer | None,
        starts_visible: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", _initial_answer(answer, starts_visible=starts_visible))
        super().__init__(*args, **kwargs)
        replies = list(question.replies.items())
        choices: dict[str, Any] = {"reply": replies, "accepts": replies, "shown": _shown_to(question)}
        for name, each in choices.items():
            self.fields[name].choices = each  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("importance") and not cleaned.get("accepts") and "accepts" not in self.errors:
            self.add_error(
                "accepts", _("Tick the replies you would be glad of, or say that it does not matter.")
            )
        return cleaned

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(
            reply=said["reply"],
            accepts=frozenset(said["accepts"]),
            importance=said["importance"],
            is_visible=said["shown"] == VISIBLE,
        )


def _initial_answer(answer: Answer | None, *, starts_visible: bool) -> dict[str, Any]:
    if answer is None:
        return {
            "importance": Importance.IRRELEVANT.name.lower(),
            "shown": VISIBLE if starts_visible else PRIVATE,
        }
    return {
        "reply": answer.reply,
        "accepts": sorted(answer.accepts),
        "importance": answer.importance.name.lower(),
        "shown": VISIBLE if answer.is_visible else PRIVATE,
    }


def _shown_to(question: Question) -> list[tuple[str, Any]]:
    people = _("People I could meet in dating") if question.is_dating_only else _("People I could meet")
    return [(VISIBLE, people), (PRIVATE, _("Only me"))]
