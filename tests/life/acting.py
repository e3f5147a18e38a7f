"""What people do, by the product's own services on real rows. Nothing is checked here."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account
from positivesocials.core.refusals import Refused
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Decision, Said
from positivesocials.matching.wishes import Wishes
from positivesocials.messaging import services as messaging
from positivesocials.privacy import services as privacy
from positivesocials.profiles import access as profile_access
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import CoupleLink, Profile
from positivesocials.safety import services as safety
from tests.life.model import Face, Person

LONG = timedelta(days=91)


def join(name: str, circles: tuple[str, ...]) -> tuple[Account, Profile]:
    account = accounts.open_account(address=f"{name.lower()}@example.org")
    if circles:
        privacy.give_consent(account, purpose="circles")
    return account, profiles.make_individual(account, name=name)


def say_of_oneself(face: Face) -> None:
    about = [_part(owner) for owner in face.owners]
    joint = {"place": face.place, "goals": list(face.goals)}
    said = {**joint, "about": about} if len(about) == 2 else {**joint, **about[0]}
    profiles.change_facets(profile_of(face), facets=said)


def _part(owner: Person) -> dict[str, Any]:
    return {
        "searches": list(owner.searches),
        "birth_year": owner.birth_year,
        "birth_month": 12,
        "circles": list(owner.circles),
    }


def wish(face: Face, mode: str, wishes: Wishes) -> None:
    matching.save_preferences(profile_of(face), mode, wishes)


def profile_of(face: Face) -> Profile:
    return Profile.objects.with_faces().get(pk=face.id)


def as_(face: Face) -> Me:
    return Me(profile_of(face))


def who(face: Face, number: int = 0) -> Account:
    return Account.objects.get(pk=face.owners[number % len(face.owners)].id)


def likes(face: Face, other: UUID, mode: str, by: int) -> None:
    matching.like(who(face, by), as_(face), other, mode=mode)


def sets_aside(face: Face, other: UUID, mode: str, said: str) -> None:
    matching.set_aside(who(face), as_(face), other, mode=mode, said=Said(said))


def undoes(face: Face, other: UUID, mode: str) -> None:
    matching.undo(as_(face), other, mode=mode)


def parts(face: Face, other: UUID, mode: str) -> None:
    matching.unmatch(as_(face), other, mode=mode)


def leaves_conversation(face: Face, conversation: UUID, by: int) -> None:
    messaging.leave(who(face, by), conversation)


def blocks(person: UUID, others: list[UUID]) -> None:
    safety.block(Account.objects.get(pk=person), others)


def unblocks(person: UUID, others: list[UUID]) -> None:
    safety.unblock(Account.objects.get(pk=person), others)


def links(one: UUID, other: UUID, names: list[str]) -> Profile:
    first, second = (Account.objects.get(pk=pk) for pk in (one, other))
    invitation = profiles.invite(first, name=names[0])
    try:
        profiles.accept(second, invitation.code or "", name=names[1])
    except Refused:
        # Otherwise the fourth invitation would be refused for another reason.
        profiles.take_back(first, invitation.pk)
        raise
    return profiles.confirm(first, invitation.pk)


def unlinks(face: Face, by: int) -> None:
    link = CoupleLink.objects.get(profile=face.id)
    profiles.end_couple(who(face, by), link.pk)


def renames(face: Face, owner: int, name: str) -> None:
    account = who(face, owner)
    persona = profile_access.get_own_persona(account, profile_of(face))
    profiles.rename(account, persona, name=name)


def asks_to_be_told(face: Face, mode: str) -> None:
    matching.ask_to_be_told(who(face), as_(face), mode)


def tells_who_waits() -> None:
    matching.tell_who_waits()


def is_gone(person: UUID) -> None:
    Account.objects.get(pk=person).delete()


def time_passes() -> None:
    """Long enough for every "not now" to be over."""
    Decision.objects.filter(said=Said.NOT_NOW).update(said_at=F("said_at") - LONG)


SWITCHES = {
    ("is_hidden", True): profiles.hide,
    ("is_hidden", False): profiles.show,
    ("is_paused", True): profiles.pause,
    ("is_paused", False): profiles.resume,
}


def turns(face: Face, what: str, *, to: bool) -> None:
    SWITCHES[what, to](profile_of(face))
