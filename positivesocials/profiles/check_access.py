"""Who may judge a person check, and whose word counts. Who knows someone is told by contexts above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.profiles.check_models import (
    PersonCheck,
    PersonCheckQuerySet,
    Selfie,
    Vouch,
    VouchQuerySet,
    Way,
)
from positivesocials.profiles.models import CoupleLink, Profile
from positivesocials.safety import access as safety
from positivesocials.safety import selectors as blocks

OLD_ENOUGH = timedelta(days=30)
MOST_ASKED = 5
FACES = ("persona", "link__first_persona", "link__second_persona")


@dataclass(frozen=True)
class Pair:
    """A live match as one side sees it: as which own profile, and with whom."""

    own: Profile
    other: Profile


Knows = Callable[[Account], Iterable[UUID]]
Pairs = Callable[[Account], list[Pair]]
_knows: list[Knows] = []
_pairs: list[Pairs] = []


def known_by(rule: Knows) -> None:
    """A context above registers whom an account has come to know: it does not judge them."""
    _knows.append(rule)


def matches_by(pairs: Pairs) -> None:
    """A context above registers the live matches of an account: they may say that they have met."""
    _pairs.append(pairs)


def matches_of(account: Account) -> list[Pair]:
    return [pair for pairs in _pairs for pair in pairs(account)]


def closed_to(moderator: Account) -> set[UUID]:
    """Whose checks a moderator is never given: their own, those a block stands between, whom they know."""
    links = CoupleLink.objects.filter(Q(first=moderator) | Q(second=moderator))
    linked = {each for pair in links.values_list("first_id", "second_id") for each in pair if each}
    known = {account_id for rule in _knows for account_id in rule(moderator)}
    return {moderator.pk} | blocks.hidden_from(moderator) | linked | known


def given_to(moderator: Account) -> PersonCheckQuerySet:
    """What waits for a moderator and may be given to this one. A call that another took is that one's."""
    mine = Q(taken_by=None) | Q(taken_by=moderator)
    given = PersonCheck.objects.waiting_for_staff().filter(mine)
    return given.exclude(account__in=closed_to(moderator)).exclude(recusals__account=moderator)


def get_check_for(moderator: Account, pk: UUID) -> PersonCheck:
    """A check that waits, for a moderator who may judge it; not there for anybody else."""
    if not moderator.is_moderator:
        raise NotThere
    check = given_to(moderator).select_related("persona").filter(pk=pk).first()
    if check is None:
        raise NotThere
    return check


def get_selfie_for(moderator: Account, check_id: UUID) -> Selfie:
    """The picture of a check that this moderator may judge."""
    check = get_check_for(moderator, check_id)
    selfie = Selfie.objects.filter(person_check=check).first()
    if selfie is None:
        raise NotThere
    return selfie


def get_vouch_for(actor: Account, pk: UUID) -> Vouch:
    """A wish for the actor's word, as long as both are matched, nobody blocks, and the check waits."""
    vouch = asked_of(actor).filter(pk=pk).first()
    if vouch is None or not may_vouch(actor, vouch):
        raise NotThere
    return vouch


def asked_of(actor: Account) -> VouchQuerySet:
    """Who would like the actor's word, whether or not it was given."""
    waiting = Vouch.objects.unused().filter(account=actor, person_check__way=Way.VOUCHED)
    return waiting.select_related("person_check", *(f"asking__{face}" for face in FACES)).order_by("asked_at")


def may_vouch(actor: Account, vouch: Vouch) -> bool:
    """Both are still matched, and nothing stands between the two."""
    if not safety.may_meet([actor.pk], [vouch.person_check.account_id]):
        return False
    asked_by = (vouch.asked_id, vouch.asking_id)
    return any((pair.own.pk, pair.other.pk) == asked_by for pair in matches_of(actor))


def is_old_enough(account: Account) -> bool:
    """A word counts from an account that has been here for more than 30 days."""
    return account.joined_on < timezone.localdate() - OLD_ENOUGH
