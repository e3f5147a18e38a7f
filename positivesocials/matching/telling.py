"""Whom meeting has news for: of a match, of somebody who fits, and, minutes late, that somebody likes them.

Never of who that is, and in each mode apart from the other.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core import jobs
from positivesocials.core.jobs import job
from positivesocials.matching import selectors
from positivesocials.matching.access import Me
from positivesocials.matching.models import Decision, Match, Mode, Said, Waiting
from positivesocials.notifications import notices
from positivesocials.profiles.models import Profile
from positivesocials.vault import services as vault

MATCHED, FITS = "match", "fits"
LIKED = {Mode.FRIENDS.value: "hello", Mode.DATING.value: "like"}
# Long enough to undo a like that was a slip, and to blur whose doing it was.
LIKE_WAITS = timedelta(minutes=5)


def tell_of_match(match: Match, *, by: Account) -> None:
    """Both profiles, apart from whoever made the match and reads it on the page."""
    everyone = [*match.one.account_ids, *match.other.account_ids]
    others = [account_id for account_id in everyone if account_id != by.pk]
    notices.notify(others, MATCHED, target=match.conversation_id)


def tell_who_fits(waiting: Waiting) -> None:
    notices.notify([waiting.account_id], FITS, target=waiting.pk)


def see_who_fits(told: QuerySet[Waiting]) -> None:
    for waiting in told:
        notices.see(waiting.account_id, targets=[waiting.pk])


def tell_of_like_later(me: Profile, other: Profile, mode: str) -> None:
    said = Decision.objects.filter(profile=me, about=other, mode=mode, said=Said.LIKE).first()
    if said is not None:
        at = timezone.now() + LIKE_WAITS
        transaction.on_commit(partial(jobs.later, tell_of_like, str(said.pk), at=at))


@job
def tell_of_like(decision_id: str) -> None:
    """If it still stands, and would be found on the page of likes."""
    said = Decision.objects.filter(pk=decision_id, said=Said.LIKE).first()
    if said is None:
        return
    liked = Profile.objects.standing().with_faces().filter(pk=said.about_id).first()
    by = Profile.objects.filter(pk=said.profile_id).first()
    if liked is None or by is None:
        return
    with vault.keys_open():
        if said.profile_id in selectors.likers(Me(liked), said.mode):
            notices.notify(liked.account_ids, LIKED[said.mode], target=liked.pk, by=by.account_ids)


def see_likes(actor: Account, me: Me, mode: str) -> None:
    """The page of likes was opened."""
    notices.see(actor.pk, targets=[me.profile.pk], kind=LIKED[mode])


def forget_likes(profile_ids: Iterable[UUID]) -> None:
    """What was told of likes may have been told of somebody who is kept apart now."""
    notices.forget(targets=profile_ids)
