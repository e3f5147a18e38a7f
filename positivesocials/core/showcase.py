"""Sample content for the page that shows every part of the design system in each of its states."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms

from positivesocials.core.forms import CheckCards, Chips, LookForm, RadioCards, RadioChips, Switch

SPRITE = Path(__file__).parent / "static" / "core" / "icons.svg"
COLOURS = (
    ("paper", "Ground"),
    ("surface", "Cards"),
    ("sunken", "Wells"),
    ("ink", "Words, exit"),
    ("ink-2", "Quiet words"),
    ("action", "Main button"),
    ("soft", "Chosen, hover"),
    ("deep", "Deep panel"),
    ("mark", "Now, new"),
    ("mark-soft", "Hints"),
    ("no", "Error"),
    ("no-soft", "Error ground"),
    ("yes", "Done"),
    ("wait", "Waiting"),
    ("wait-soft", "Waiting ground"),
    ("d0", "Data 0"),
    ("d1", "Data 1"),
    ("d2", "Data 2"),
    ("d3", "Data 3"),
    ("d4", "Data 4"),
    ("d5", "Data 5"),
)
NAMES = (
    "Quiet Heron",
    "Juniper",
    "Harbour",
    "Sorrel",
    "Okapi",
    "Lumen",
    "Fennel",
    "Mistral",
    "Ines",
    "Bram",
    "Saffron",
    "Tern",
    "Willow",
    "Rook",
    "Amber",
)
KINDS = (("friends", "Friends and support"), ("dating", "Dating"))
HINTS = {
    "friends": "People to talk to, near or far.",
    "dating": "Shown only to people who switched it on too.",
}
GOALS = (
    ("talk", "Talk"),
    ("walks", "Walks"),
    ("advice", "Advice from those who know"),
    ("events", "Events"),
)


@dataclass(frozen=True)
class Colour:
    name: str
    use: str


class SampleForm(LookForm):
    mark_required = True

    name = forms.CharField(label="Name", help_text="Any name you like.")
    email = forms.EmailField(label="E-mail", help_text="Never shown. Only to send you a link.")
    text = forms.CharField(label="Your reply", widget=forms.Textarea(attrs={"rows": 4}))
    place = forms.ChoiceField(
        label="Place", choices=[("", "Prefer not to say"), ("a", "Ardmouth")], required=False
    )


class ChoicesForm(LookForm):
    kind = forms.ChoiceField(
        label="What are you here for?", choices=KINDS, widget=RadioCards(hints=HINTS), initial="friends"
    )
    also = forms.MultipleChoiceField(
        label="Write to me about", choices=KINDS, widget=CheckCards(), initial=["dating"], required=False
    )
    goals = forms.MultipleChoiceField(
        label="Hoping for", choices=GOALS, widget=Chips(), initial=["talk", "advice"], required=False
    )
    reach = forms.ChoiceField(
        label="How far",
        choices=[("25", "25 km"), ("any", "Anywhere")],
        widget=RadioChips(),
    )
    read = forms.BooleanField(
        label="Read signs", help_text="Both of you see them, or neither.", widget=Switch(), required=False
    )
    once = forms.BooleanField(label="Write to me once when someone answers", required=False)


@cache
def icon_names() -> tuple[str, ...]:
    return tuple(re.findall(r'id="i-([a-z]+)"', SPRITE.read_text()))


def page() -> dict[str, Any]:
    return {
        "colours": [Colour(name, use) for name, use in COLOURS],
        "names": NAMES,
        "icons": icon_names(),
        "wrong_form": SampleForm({"email": "jo@"}, auto_id="w_%s"),
        "empty_form": SampleForm(auto_id="e_%s"),
        "choices": ChoicesForm(auto_id="c_%s"),
        "themes": ("light", "dark"),
    }
