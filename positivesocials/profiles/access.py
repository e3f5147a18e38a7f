"""Whose profile one may open. Absent, ended, hidden, taken down and blocked are one answer."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.profiles.models import CoupleLink, Persona, Profile, code_hash
from positivesocials.profiles.visibility import Looker
from positivesocials.safety import access as safety

Rule = Callable[[Account, Profile], bool]
Look = Callable[[Account, Profile], Looker | None]
_shows_hidden: list[Rule] = []
_shows_shy: list[Rule] = []
_looks: list[Look] = []
_nameable: list[Callable[[Account, Profile], list[UUID]]] = []
NEW_FOR = timedelta(days=30)


def show_hidden_when(rule: Rule) -> None:
    """A context above registers when a viewer keeps seeing a profile although it hides."""
    _shows_hidden.append(rule)


def show_shy_when(rule: Rule) -> None:
    """A context above registers to whom a profile that is not found by everybody has shown itself."""
    _shows_shy.append(rule)


def look_by(look: Look) -> None:
    """A context above registers what a viewer is to a profile now; none, if it is only known to be there."""
    _looks.append(look)


def looker_at(viewer: Account, profile: Profile) -> Looker | None:
    """As whom this viewer reads the page of a profile: the first who can, or else nobody."""
    return next((looker for look in _looks if (looker := look(viewer, profile))), None)


def name_among(people: Callable[[Account, Profile], list[UUID]]) -> None:
    """A context above registers whom an own profile of an account can see now."""
    _nameable.append(people)


def nameable(actor: Account, profile: Profile) -> list[UUID]:
    """The profiles that may be picked for fields which only named people read."""
    return list(dict.fromkeys(pk for people in _nameable for pk in people(actor, profile)))


def new_since() -> date:
    """Accounts that joined later are new."""
    return timezone.localdate() - NEW_FOR


def is_new(accounts: Iterable[Account]) -> bool:
    """Whether one of these accounts is so young that some do not want to be found by it."""
    return any(account.joined_on > new_since() for account in accounts)


def is_shy_of(viewer: Account, profile: Profile) -> bool:
    """Whether the profile is not for this viewer to find, as far as it has not shown itself."""
    shy = profile.incognito_at is not None or (profile.avoids_new_at is not None and is_new([viewer]))
    return shy and not any(rule(viewer, profile) for rule in (*_shows_hidden, *_shows_shy))


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
    if is_shy_of(viewer, profile):
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
