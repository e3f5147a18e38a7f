"""Whose profile one may open. Absent, ended, hidden, taken down and blocked are one answer."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.profiles.models import CoupleLink, Persona, Profile, code_hash
from positivesocials.safety import access as safety

Rule = Callable[[Account, Profile], bool]
Modes = Callable[[Account, Profile], set[str]]
_shows_hidden: list[Rule] = []
_modes: list[Modes] = []


def show_hidden_when(rule: Rule) -> None:
    """A context above registers when a viewer keeps seeing a profile although it hides."""
    _shows_hidden.append(rule)


def show_in(modes: Modes) -> None:
    """A context above registers in which modes a viewer reads the page of a profile now."""
    _modes.append(modes)


def modes_shown(viewer: Account, profile: Profile) -> set[str]:
    """Where this viewer reads the page of a profile; nowhere, if it is only known to be there."""
    return {mode for modes in _modes for mode in modes(viewer, profile)}


def is_own(account: Account, profile: Profile) -> bool:
    return account.pk in profile.account_ids


def get_own_profile(actor: Account, pk: UUID) -> Profile:
    """A profile the actor stands behind: their individual one or a couple in force."""
    profile = Profile.objects.standing().of([actor.pk]).with_faces().filter(pk=pk).first()
    if profile is None:
        raise NotThere
    return profile


def get_profile_for(viewer: Account, pk: UUID) -> Profile:
    """A profile that exists for this viewer: enough to block or report it, not to read its page or name."""
    profile = Profile.objects.standing().with_faces().filter(pk=pk).first()
    if profile is None:
        raise NotThere
    if is_own(viewer, profile):
        return profile
    if not safety.may_meet([viewer.pk], profile.account_ids):
        raise NotThere
    if profile.hidden_at and not any(rule(viewer, profile) for rule in _shows_hidden):
        raise NotThere
    return profile


def get_invitation_for(viewer: Account, code: str) -> CoupleLink:
    """An invitation that still waits for somebody, and not for the one who made it."""
    waiting = CoupleLink.objects.waiting().select_related("first_persona")
    link = waiting.filter(code_hash=code_hash(code), second=None).exclude(first=viewer).first()
    if link is None or not safety.may_meet([viewer.pk], [link.first_id]):
        raise NotThere
    return link


def get_own_link(actor: Account, pk: UUID) -> CoupleLink:
    """A couple link of the actor's that waits or is in force."""
    either = Q(first=actor) | Q(second=actor)
    links = CoupleLink.objects.select_related("first_persona", "second_persona")
    link = links.filter(either, pk=pk, ended_at=None).first()
    if link is None:
        raise NotThere
    return link


def get_own_persona(actor: Account, profile: Profile) -> Persona:
    """The persona under which the actor stands behind this profile."""
    for persona in profile.personas:
        if persona.account_id == actor.pk:
            return persona
    raise NotThere


def place_in(actor: Account, profile: Profile) -> int:
    """Which human of the profile the actor is: 0, or 1 for a couple's second."""
    return profile.account_ids.index(actor.pk)
