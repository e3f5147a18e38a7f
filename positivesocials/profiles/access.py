"""Whose profile one may open. Absent, ended, hidden, taken down and blocked are one answer."""

from collections.abc import Callable
from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.profiles.models import Profile
from positivesocials.safety import access as safety

Rule = Callable[[Account, Profile], bool]
_shows: list[Rule] = []
_shows_hidden: list[Rule] = []


def show_when(rule: Rule) -> None:
    """A context above registers when a viewer may see the page of a profile that is not hidden."""
    _shows.append(rule)


def show_hidden_when(rule: Rule) -> None:
    """A context above registers when a viewer keeps seeing a profile although it hides."""
    _shows_hidden.append(rule)


def is_own(account: Account, profile: Profile) -> bool:
    return account.pk in profile.account_ids


def get_own_profile(actor: Account, pk: UUID) -> Profile:
    """A profile the actor stands behind: their individual one or a couple in force."""
    profile = Profile.objects.standing().of([actor.pk]).with_faces().filter(pk=pk).first()
    if profile is None:
        raise NotThere
    return profile


def get_profile_for(viewer: Account, pk: UUID) -> Profile:
    """A profile that exists for this viewer: enough to block or report it, not to read its page."""
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


def get_shown_profile_for(viewer: Account, pk: UUID) -> Profile:
    """A profile whose page this viewer may read: their own, or one that a registered rule shows them."""
    profile = get_profile_for(viewer, pk)
    rules = _shows_hidden if profile.hidden_at else [*_shows_hidden, *_shows]
    if is_own(viewer, profile) or any(rule(viewer, profile) for rule in rules):
        return profile
    raise NotThere
