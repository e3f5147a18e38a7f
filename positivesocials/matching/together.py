"""How a couple says yes: either partner for both, or only when both agreed.

Asking for both takes one partner, at once. Letting either say it takes both: whoever holds a partner back
cannot loosen it alone.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.matching.models import Decision, JointYes, Said
from positivesocials.profiles import access as profiles
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles.models import Profile


@dataclass(frozen=True)
class Joint:
    """The setting of a couple as one of the two reads it."""

    couple: Profile
    partner: str
    takes_both: bool
    is_asked_by_me: bool
    is_asked_by_partner: bool


def get_own_couple(actor: Account, pk: UUID) -> Profile:
    """A couple in force that the actor is half of."""
    profile = profiles.get_own_profile(actor, pk)
    if not profile.is_couple:
        raise NotThere
    return profile


def joint_of(actor: Account, couple: Profile) -> Joint:
    rule = JointYes.objects.filter(profile=couple).first()
    asked_by = rule.asked_by_id if rule else None
    return Joint(
        couple=couple,
        partner=partner_name(actor, couple),
        takes_both=rule is not None,
        is_asked_by_me=asked_by == actor.pk,
        is_asked_by_partner=asked_by is not None and asked_by != actor.pk,
    )


def partner_name(actor: Account, profile: Profile) -> str:
    """The name of the other half; of an individual profile, none."""
    profile_reads.warm([profile])
    return next((p.name or "" for p in profile.personas if p.account_id != actor.pk), "")


@transaction.atomic
def need_both(couple: Profile) -> None:
    """From now on a yes takes both, whoever asks for that; a wish to loosen it is gone.

    What either said before stands until one of them takes it back.
    """
    # The couple's row first: of an end at the same moment nothing is left over.
    Profile.objects.filter(pk=couple.pk).update(facet_version=F("facet_version"))
    if not Profile.objects.standing().filter(pk=couple.pk).exists():
        raise NotThere
    JointYes.objects.update_or_create(profile=couple, defaults={"asked_by": None})


@transaction.atomic
def let_either(actor: Account, couple: Profile) -> bool:
    """Either may say yes for both once both partners want that; says whether it is so now.

    What waited for a second word is dropped, and goes out to nobody.
    """
    rule = JointYes.objects.filter(profile=couple)
    if rule.filter(asked_by=None).update(asked_by=actor):
        return False
    # The condition is the lock: the word of the other partner must stand when the row goes.
    agreed, _rows = rule.filter(asked_by__isnull=False).exclude(asked_by=actor).delete()
    if agreed:
        Decision.objects.filter(profile=couple, said=Said.HALF).delete()
    return not rule.exists()


def waits(actor: Account, me: Profile, about: Profile, mode: str) -> bool:
    """Whether this yes of the actor's is the first of two, and waits. Keeps it, if so.

    Runs in the transaction of the like, which holds the pair.
    """
    if not (me.is_couple and _hold_rule(me)):
        return False
    said = Decision.objects.filter(profile=me, about=about, mode=mode).first()
    if said is not None and said.said == Said.LIKE:
        return False
    return said is None or said.said != Said.HALF or said.said_by_id in (None, actor.pk)


def _hold_rule(couple: Profile) -> bool:
    """Whether both must agree; nobody changes that until we commit."""
    # A write that changes nothing: it takes the row's lock where there are row locks.
    return bool(JointYes.objects.filter(profile=couple).update(asked_by=F("asked_by")))


def forget(couple: Profile) -> None:
    JointYes.objects.filter(profile=couple).delete()
