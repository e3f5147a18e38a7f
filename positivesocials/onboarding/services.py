"""Keeps what the joining questions were answered, through the contexts that own it."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.matching import access as meeting
from positivesocials.matching import services as matching
from positivesocials.matching.models import Mode
from positivesocials.privacy import services as privacy
from positivesocials.profiles import places
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles import services as profiles
from positivesocials.profiles.choices import FITTING, NOBODY
from positivesocials.profiles.facets import MAX_PROMPTS, Facets, Prompt
from positivesocials.profiles.models import Profile

SAID_AS_TYPED = ("pronouns", "gender", "searches", "birth_month", "birth_year", "circles")


@transaction.atomic
def introduce(actor: Account, *, name: str) -> Profile:
    """From now on others meet the actor under this name."""
    profile = profile_reads.profile_of(actor)
    if profile is None:
        return profiles.make_individual(actor, name=name)
    if profile.personas[0].name != name:
        profiles.rename(actor, profile.personas[0], name=name)
    return profile


@transaction.atomic
def draw_another(actor: Account, *, name: str) -> None:
    """The name, with another picture than it had."""
    profiles.draw_anew(actor, introduce(actor, name=name).personas[0])


@transaction.atomic
def keep_answers(actor: Account, typed: dict[str, Any]) -> None:
    """Keep the answers of one page, or of all pages at once; what was not asked stays as it is."""
    if typed.get("name"):
        introduce(actor, name=typed["name"])
    profile = _own(actor)
    if typed.get("circles") and typed.get("agree"):
        privacy.give_consent(actor, purpose="circles")
    said = profile.said
    changed = replace(said, **_changes(said, typed))
    if "show_age" in typed:
        changed = changed.shown_to({"age": _age_audience(said, is_shown=typed["show_age"])})
    profiles.change_facets(profile, facets=changed.to_dict(), actor=actor)
    if "modes" in typed:
        _switch_modes(actor, profile, typed)


@transaction.atomic
def leave_the_rest(actor: Account) -> None:
    """The remaining questions are not asked again: what was said stands, and modes not chosen are off."""
    profile, side = _own(actor), meeting.me_as(actor, None).side
    for mode in Mode.values:
        matching.save_preferences(profile, mode, side.wish(mode))


def _own(actor: Account) -> Profile:
    profile = profile_reads.profile_of(actor)
    if profile is None:
        raise NotThere
    return profile


def _changes(said: Facets, typed: dict[str, Any]) -> dict[str, Any]:
    changes = {key: _frozen(typed[key]) for key in SAID_AS_TYPED if key in typed}
    if "town" in typed:
        changes["place"] = places.cell_after(said.place, typed["town"])
    if "friends_goals" in typed:
        changes["goals"] = (*typed["friends_goals"], *typed["dating_goals"])
    if typed.get("answer"):
        changes["prompts"] = _prompts(said, Prompt(typed["question"], typed["answer"]))
    return changes


def _age_audience(said: Facets, *, is_shown: bool) -> str:
    """Shown means: as it was chosen before, or else to those who fit."""
    before = said.audience("age")
    if not is_shown:
        return NOBODY
    return FITTING if before == NOBODY else before


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _prompts(said: Facets, first: Prompt) -> tuple[Prompt, ...]:
    others = [prompt for prompt in said.prompts[1:] if prompt.question != first.question]
    return (first, *others)[:MAX_PROMPTS]


def _switch_modes(actor: Account, profile: Profile, typed: dict[str, Any]) -> None:
    side = meeting.me_as(actor, None).side
    for mode in Mode.values:
        wishes = replace(side.wish(mode), on=mode in typed["modes"])
        if mode == Mode.DATING:
            wishes = replace(wishes, searches=tuple(typed["wanted"]))
        matching.save_preferences(profile, mode, wishes)
