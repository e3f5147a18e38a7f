"""Preferences, what profiles say of each other, and matches: the only code that writes them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import live
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.matching import (
    access,
    answers,
    common,
    daily,
    learning,
    proposals,
    selectors,
    telling,
    together,
)
from positivesocials.matching.access import Me
from positivesocials.matching.answers import Answer
from positivesocials.matching.models import Answers, Decision, Match, Preferences, Said, Waiting
from positivesocials.matching.questions import QUESTIONS
from positivesocials.matching.steps import steps
from positivesocials.matching.wishes import Wishes
from positivesocials.messaging import openers
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Conversation
from positivesocials.notifications import services as notifications
from positivesocials.profiles import services as profiles
from positivesocials.profiles import showing, vouching
from positivesocials.profiles.models import Profile
from positivesocials.safety import access as safety
from positivesocials.vault import services as vault

WAIT = timedelta(days=90)


@transaction.atomic
def save_preferences(profile: Profile, mode: str, wishes: Wishes | dict[str, Any]) -> None:
    """Keep what a profile looks for in one mode, and whether the mode is on (`on`: off until said).

    A dict has the keys of matching.wishes.Wishes; `band` is an index into profiles.places.BANDS.
    """
    kept = wishes if isinstance(wishes, Wishes) else Wishes.from_dict(mode, wishes)
    # First, because it makes other writers of this profile wait: two submits at once are one row.
    profiles.mark_changed(profile)
    row = Preferences.objects.filter(profile=profile, mode=mode).first()
    row = row or Preferences(profile=profile, mode=mode)
    row.profile, row.wishes = profile, kept.to_dict()
    row.save()


def switch_on(me: Me, mode: str) -> None:
    save_preferences(me.profile, mode, replace(me.side.wish(mode), on=True))


def switch_off(me: Me, mode: str) -> None:
    """Out of this mode at once, both ways. What was looked for is kept; likes rest until it is on again."""
    save_preferences(me.profile, mode, replace(me.side.wish(mode), on=False))


def take_step(me: Me, mode: str, key: str) -> None:
    """Open one must-have by one step, as the list offered. Nothing widens without being asked."""
    step = steps(me.side.wish(mode), mode).get(key)
    if step is None:
        raise Refused(_("That choice is no longer there."))
    save_preferences(me.profile, mode, step[1])


@transaction.atomic
def save_answer(profile: Profile, number: int, answer: Answer) -> None:
    """Keep what a profile answers to a question, in place of what it answered before."""
    if number not in QUESTIONS or not answer.is_to(QUESTIONS[number]):
        raise Refused(_("That choice is no longer there."))
    _change_answers(profile, lambda given: {**given, number: answer})


@transaction.atomic
def save_answers(profile: Profile, many: dict[str, Any]) -> None:
    """Keep several at once, in the shape of matching/answers.py. What answers no question is left out."""
    _change_answers(profile, lambda given: {**given, **answers.from_dict(many)})


@transaction.atomic
def withdraw_answer(profile: Profile, number: int) -> None:
    """As if the question had never been answered: nothing of the answer is kept."""
    _change_answers(profile, lambda given: {n: answer for n, answer in given.items() if n != number})


def _change_answers(profile: Profile, change: Callable[[dict[int, Answer]], dict[int, Answer]]) -> None:
    # First, because it makes other writers wait: two partners who answer at once lose nothing.
    profiles.mark_changed(profile)
    given = change(common.given_by(profile))
    row = Answers.objects.filter(profile=profile).first() or Answers()
    row.profile, row.given = profile, answers.to_dict(given)
    if given:
        row.save()
    else:
        Answers.objects.filter(profile=profile).delete()


@transaction.atomic
def ask_to_be_told(actor: Account, me: Me, mode: str) -> None:
    """One neutral notice once somebody new fits, within 90 days. Asking again changes nothing."""
    if Waiting.objects.filter(profile=me.profile, account=actor, mode=mode).exists():
        return
    known = [pk.hex for pk in selectors.around(me, mode).fitting()]
    Waiting(profile=me.profile, account=actor, mode=mode, known=known).save(force_insert=True)


def forget_told(actor: Account, me: Me, mode: str) -> None:
    """The list was opened, so what was told has been seen."""
    told = Waiting.objects.filter(profile=me.profile, account=actor, mode=mode).exclude(told_at=None)
    # Asked first, because each page of people comes by here and a deletion holds up other writers.
    if told.exists():
        telling.see_who_fits(told)
        told.delete()


def stop_waiting(actor: Account, me: Me, mode: str) -> None:
    Waiting.objects.filter(profile=me.profile, account=actor, mode=mode).delete()


@every(seconds=20)
def tend_proposals() -> None:
    """Each process keeps its own pool in shape, away from requests."""
    proposals.tend()


@every(seconds=600)
def let_go_of_the_deleted() -> None:
    """Nobody's list is filled, or its count raised, by profiles that are gone."""
    proposals.let_go()


@every(seconds=600)
def tell_who_waits() -> None:
    """Look again for everyone who asked to be told; each is told once."""
    Waiting.objects.filter(asked_at__lt=timezone.now() - WAIT).delete()
    with vault.keys_open():
        for waiting in Waiting.objects.filter(told_at=None).select_related("account"):
            profile = Profile.objects.standing().with_faces().filter(pk=waiting.profile_id).first()
            if profile is not None and selectors.has_news(waiting, Me(profile)):
                _tell_once(waiting)


@transaction.atomic
def _tell_once(waiting: Waiting) -> None:
    # The condition is the lock: of two workers one changes no row.
    if not Waiting.objects.filter(pk=waiting.pk, told_at=None).update(told_at=timezone.now()):
        return
    telling.tell_who_fits(waiting)
    if waiting.account.address:
        notifications.queue_mail(
            "news", address=waiting.account.address, template="matching/mail_news.txt", context={}
        )


@transaction.atomic
def like(actor: Account, me: Me, about_id: UUID, *, mode: str) -> Match | None:
    """Say yes to someone who fits, or who likes this profile already; the second yes makes the match.

    Liking again changes nothing. Whoever may not meet is not there. Of a couple that asks for both, the first
    partner's yes waits for the second, and until then nobody else learns of it.
    """
    other = access.get_person_for(me, about_id, mode)
    _hold_there(me.profile, other)
    match = access.live_match(me.profile, other, mode)
    if match is not None:
        return match
    if together.waits(actor, me.profile, other, mode):
        _decide(actor, me.profile, other, mode, Said.HALF)
        return None
    _decide(actor, me.profile, other, mode, Said.LIKE)
    if not Decision.objects.filter(profile=other, about=me.profile, mode=mode, said=Said.LIKE).exists():
        telling.tell_of_like_later(me.profile, other, mode)
        return None
    match = _match(me.profile, other, mode)
    telling.tell_of_match(match, by=actor)
    return match


@transaction.atomic
def set_aside(actor: Account, me: Me, about_id: UUID, *, mode: str, said: Said) -> Profile:
    """ "Later" keeps someone for another day; "not now" keeps them out of the list for 90 days."""
    other = access.get_person_for(me, about_id, mode)
    _hold_there(me.profile, other)
    if access.live_match(me.profile, other, mode):
        raise NotThere
    _decide(actor, me.profile, other, mode, said)
    return other


@transaction.atomic
def undo(me: Me, about_id: UUID, *, mode: str) -> None:
    """Take back what this profile said of another, as if it had said nothing. A match is not undone."""
    other = Profile.objects.filter(pk=about_id).first()
    if other is None:
        return
    _hold(me.profile, other)
    if access.live_match(me.profile, other, mode) is None:
        Decision.objects.filter(profile=me.profile, about=other, mode=mode).delete()


@transaction.atomic
def unmatch(me: Me, about_id: UUID, *, mode: str) -> None:
    """End the match and close its conversation. Neither is shown to the other for 90 days."""
    other = Profile.objects.filter(pk=about_id).first()
    match = access.live_match(me.profile, other, mode) if other else None
    if match is None or other is None:
        raise NotThere
    _part(match)


@transaction.atomic
def part_after_leaving(conversation: Conversation) -> None:
    """Whoever leaves the conversation of a match parts: a match without words would hide nobody."""
    for match in Match.objects.filter(conversation=conversation, ended_at=None):
        _part(match)


@transaction.atomic
def forget_between(blocker: Account, account_ids: list[UUID]) -> None:
    """A block ends the matches of both sides, and nothing is kept of what either said of the other."""
    mine = Profile.objects.of([blocker.pk]).values("pk")
    # Whoever says something of one of them right now is waited for, so that it is forgotten too.
    for profile_id in sorted(Profile.objects.of([blocker.pk]).values_list("pk", flat=True)):
        _hold_row(profile_id)
    theirs = Profile.objects.of(account_ids).values("pk")
    for match in Match.objects.filter(_between("one", "other", mine, theirs), ended_at=None):
        _end(match)
    for one, other in product(Profile.objects.filter(pk__in=mine), Profile.objects.filter(pk__in=theirs)):
        showing.forget_each_other(one, other)
    Decision.objects.filter(_between("profile", "about", mine, theirs)).delete()
    telling.forget_likes([*mine.values_list("pk", flat=True), *theirs.values_list("pk", flat=True)])


def _between(first: str, second: str, mine: Any, theirs: Any) -> Q:
    one_way = Q(**{f"{first}__in": mine, f"{second}__in": theirs})
    return one_way | Q(**{f"{first}__in": theirs, f"{second}__in": mine})


@transaction.atomic
def end_matches_of(profile: Profile) -> None:
    """A couple has ended: its conversations close, and nothing is kept of its wishes, likes and answers."""
    for match in Match.objects.filter(Q(one=profile) | Q(other=profile), ended_at=None):
        _end(match)
    messaging.close_conversations_of(profile)
    Decision.objects.filter(Q(profile=profile) | Q(about=profile)).delete()
    Preferences.objects.filter(profile=profile).delete()
    Answers.objects.filter(profile=profile).delete()
    Waiting.objects.filter(profile=profile).delete()
    daily.forget(profile)
    together.forget(profile)
    learning.forget(profile)


def _hold(one: Profile, other: Profile) -> None:
    """Make every other decision of either wait until we commit: two likes at once are one match."""
    for profile_id in sorted([one.pk, other.pk]):
        _hold_row(profile_id)


def _hold_row(profile_id: UUID) -> None:
    # A write that changes nothing: it takes the row's lock where there are row locks.
    Profile.objects.filter(pk=profile_id).update(facet_version=F("facet_version"))


def _hold_there(one: Profile, other: Profile) -> None:
    """Hold both, and look again: a couple may have ended, and somebody have blocked, a moment ago."""
    _hold(one, other)
    there = Profile.objects.standing().filter(pk__in=[one.pk, other.pk]).count()
    if there < 2 or not safety.may_meet(one.account_ids, other.account_ids):
        raise NotThere


def _decide(actor: Account, me: Profile, other: Profile, mode: str, said: Said) -> None:
    Decision.objects.update_or_create(
        profile=me,
        about=other,
        mode=mode,
        defaults={"said": said, "said_by": actor, "said_at": timezone.now()},
    )


def _match(me: Profile, other: Profile, mode: str) -> Match:
    one, two = sorted([me, other], key=lambda profile: profile.pk)
    conversation = _talk_of(one, two)
    renewed = {"conversation": conversation, "made_at": timezone.now(), "ended_at": None}
    match, _made = Match.objects.update_or_create(one=one, other=two, mode=mode, defaults=renewed)
    _tell({*one.account_ids, *two.account_ids}, conversation)
    return match


def _talk_of(one: Profile, other: Profile) -> Conversation:
    """The one they have since a request was accepted, or a new one. Each match has its own."""
    talk = openers.conversation_of(one, other)
    is_free = talk is not None and not Match.objects.filter(conversation=talk).exists()
    return talk if talk is not None and is_free else messaging.open_conversation(one, other)


def _part(match: Match) -> None:
    _end(match)
    both = Q(profile=match.one_id, about=match.other_id) | Q(profile=match.other_id, about=match.one_id)
    Decision.objects.filter(both, mode=match.mode).update(said=Said.NOT_NOW, said_at=timezone.now())


def _end(match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(ended_at=timezone.now())
    messaging.close_conversation(match.conversation)
    showing.forget_each_other(match.one, match.other)
    if not Match.objects.filter(one=match.one_id, other=match.other_id, ended_at=None).exists():
        vouching.withdraw_between(match.one_id, match.other_id)


def _tell(account_ids: set[UUID], conversation: Conversation) -> None:
    event = {"type": "live.event", "kind": "match", "conversation": str(conversation.pk)}
    for account_id in account_ids:
        transaction.on_commit(partial(live.push, f"account-{account_id.hex}", event))
