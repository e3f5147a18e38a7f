"""Two small numbers a profile and mode, learned from decisions between people who agreed to that.

What is learned is kept sealed, decides nothing but the order, and is shown to nobody. A decision counts only
if everyone behind both profiles agreed; of a couple both partners. "Later", half a yes and what parting left
behind tell nothing of taste and take no part.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every, job
from positivesocials.matching import index
from positivesocials.matching.compat import Bias
from positivesocials.matching.engine.learning import Decided, learn
from positivesocials.matching.models import NOT_NOW_FOR, Decision, Learned, Match, Mode, Said
from positivesocials.privacy import services as privacy
from positivesocials.privacy.texts import LEARNING
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.vault import fields as vault_fields
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

DAY = timedelta(days=1)
AT_ONCE = 500  # Profiles whose numbers are opened together.
Numbers = dict[str, Bias]
Pair = tuple[UUID, UUID]


@every(seconds=int(DAY.total_seconds()))
def learn_from_decisions() -> None:
    """Learn anew from the last 90 days, the same time for a yes and a no. Nothing is carried over."""
    agreed = privacy.who_agreed(purpose=LEARNING)
    _learn_among(agreed)
    # Whoever took the yes back meanwhile was still among them: once more without.
    while agreed - (still := privacy.who_agreed(purpose=LEARNING)):
        agreed = still
        _learn_among(agreed)


def _learn_among(agreed: set[UUID]) -> None:
    """Keep what the decisions of these accounts teach, and nothing else."""
    found = _found(_faces_of(agreed))
    kept = set(Learned.objects.values_list("profile_id", flat=True))
    for some in _some(sorted(kept | found.keys())):
        with vault.keys_open():
            rows = list(Profile.objects.filter(pk__in=some).select_related("link"))
            before = _kept_of(rows)
            for profile in rows:
                if before.get(profile.pk) != found.get(profile.pk):
                    keep(profile, found.get(profile.pk, {}))


def _kept_of(rows: list[Profile]) -> dict[UUID, Numbers]:
    by_id = {profile.pk: profile for profile in rows}
    kept = list(Learned.objects.filter(profile__in=by_id))
    for row in kept:
        row.profile = by_id[row.profile_id]
    vault_fields.warm(kept)
    return {row.profile_id: index.biases(row.numbers) for row in kept}


@job
def learn_again() -> None:
    """Somebody took the yes back: nobody's numbers come from their decisions any longer."""
    learn_from_decisions()


def _some(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _faces_of(agreed: set[UUID]) -> set[UUID]:
    """Profiles of which everyone behind them is among these accounts."""
    rows = Profile.objects.standing().values_list("pk", "account_id", "link__first_id", "link__second_id")
    return {pk for pk, *accounts in rows.iterator() if agreed.issuperset(filter(None, accounts))}


def _found(agreed: set[UUID]) -> dict[UUID, Numbers]:
    """Whoever has numbers other than nought, by mode."""
    found: dict[UUID, Numbers] = {}
    for mode in Mode.values:
        for pk, bias in _found_in(mode, agreed):
            found.setdefault(pk, {})[mode] = bias
    return found


def _found_in(mode: str, agreed: set[UUID]) -> Iterator[tuple[UUID, Bias]]:
    rows = list(_decisions(mode, agreed))
    people = sorted({pk for by, about, _yes in rows for pk in (by, about)})
    place = {pk: number for number, pk in enumerate(people)}
    decided = Decided(
        by=np.array([place[by] for by, _about, _yes in rows], dtype=np.int64),
        about=np.array([place[about] for _by, about, _yes in rows], dtype=np.int64),
        yes=np.array([yes for _by, _about, yes in rows], dtype=np.float64),
    )
    for pk, *numbers in zip(people, *(each.tolist() for each in learn(decided, len(people))), strict=True):
        if any(numbers):
            yield pk, Bias(*numbers)


def _decisions(mode: str, agreed: set[UUID]) -> Iterator[tuple[UUID, UUID, bool]]:
    """By whom, about whom, and whether it was a yes; always in one order."""
    parted = {frozenset(pair) for pair in _parted(mode)}
    since = timezone.now() - NOT_NOW_FOR
    rows = Decision.objects.filter(mode=mode, said__in=(Said.LIKE, Said.NOT_NOW), said_at__gte=since)
    for by, about, said in (
        rows.order_by("profile", "about").values_list("profile", "about", "said").iterator()
    ):
        if by in agreed and about in agreed and frozenset((by, about)) not in parted:
            yield by, about, said == Said.LIKE


def _parted(mode: str) -> Iterable[Pair]:
    """Parting writes "not now" for both, whoever of the two wanted it."""
    return Match.objects.filter(mode=mode).exclude(ended_at=None).values_list("one_id", "other_id").iterator()


@transaction.atomic
def keep(profile: Profile, numbers: Numbers) -> None:
    """Keep these in place of what there was; nothing, if one of them took the yes back or is gone."""
    # Consents before the profile, as a withdrawal does: two that wait for each other would both fail.
    try:
        for account_id in sorted(profile.account_ids):
            privacy.require_consent(Account(pk=account_id), purpose=LEARNING)
    except privacy.NoConsent:
        numbers = {}
    profiles.mark_changed(profile)
    Learned.objects.filter(profile=profile).delete()
    if numbers and Profile.objects.standing().filter(pk=profile.pk).exists():
        Learned(profile=profile, numbers=numbers).save(force_insert=True)


@transaction.atomic
def forget_of(actor: Account) -> list[KeyOwner]:
    """The yes is taken back: nothing learned of the actor is kept, couples' numbers included. What others'
    numbers owe to the actor is learned away by a job at once."""
    own = Profile.objects.of([actor.pk])
    # Every row before the first number: two who write the same two profiles never wait for each other.
    Profile.objects.filter(pk__in=own.values("pk")).update(facet_version=F("facet_version") + 1)
    for profile in own:
        if Learned.objects.filter(profile=profile).delete()[0]:
            profiles.mark_changed(profile)
    transaction.on_commit(learn_again.enqueue)
    return []


def forget(profile: Profile) -> None:
    """A couple has ended."""
    Learned.objects.filter(profile=profile).delete()
