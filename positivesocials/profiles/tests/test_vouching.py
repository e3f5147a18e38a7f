"""People who have met somebody: whose word counts, that silence says nothing, and what ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.notifications.models import OutgoingMail
from positivesocials.profiles import check_reads as reads
from positivesocials.profiles import checks, vouching
from positivesocials.profiles import services as profiles
from positivesocials.profiles.check_models import PersonCheck, Vouch
from positivesocials.profiles.models import Profile
from positivesocials.profiles.tests.people import checked_at, face
from positivesocials.safety import services as safety


@pytest.fixture
def friends(ada, ben, cleo, match_up, long_here):
    """Ben and Cleo have been here for long, and are matched with Ada."""
    for friend in (ben, cleo):
        match_up(ada, friend)
    long_here(ada, ben, cleo)
    return ben, cleo


def ask(account, *only) -> PersonCheck:
    """Everybody the account is matched with, or only those."""
    offered = vouching.offers(account)
    chosen = [vouching.key_of(pair, each) for pair, each in offered if not only or each in only]
    return vouching.ask_to_vouch(account, chosen=chosen)


def say(account, about) -> None:
    vouching.vouch(account, Vouch.objects.get(account=account, person_check__account=about).pk)


def is_checked(account) -> bool:
    return checked_at(account) is not None


def test_two_words_make_it_pass_and_one_does_not(ada, friends):
    ask(ada)

    say(friends[0], ada)
    say(friends[0], ada)
    assert not is_checked(ada)
    say(friends[1], ada)

    assert is_checked(ada)
    assert not OutgoingMail.objects.exists()


def test_silence_is_not_told_from_one_word(ada, friends, signed_in):
    ask(ada)
    before = signed_in(ada).get("/me/check/").text

    say(friends[0], ada)

    assert _without_tokens(signed_in(ada).get("/me/check/").text) == _without_tokens(before)


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


def test_only_matches_can_be_asked_and_five_at_most(ada, dora, make_member, match_up):
    with pytest.raises(NotThere):
        vouching.ask_to_vouch(ada, chosen=[f"{face(dora).pk}.0"])
    for number in range(6):
        match_up(ada, make_member(f"Gus{number}"))

    with pytest.raises(Refused, match="five"):
        ask(ada)

    assert not PersonCheck.objects.exists()


def test_more_may_be_asked_later(ada, friends):
    ask(ada, friends[0].pk)

    assert ask(ada, friends[1].pk).vouches.count() == 2


def test_a_word_counts_from_accounts_older_than_30_days(ada, friends, make_member, match_up):
    young = make_member("Gus")
    match_up(ada, young)
    ask(ada)

    with pytest.raises(Refused, match="30 days"):
        say(young, ada)

    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        young.refresh_from_db()
        say(young, ada)
        say(friends[0], ada)
    assert is_checked(ada)


def test_two_who_vouch_for_each_other_count_for_neither(ada, friends, make_member, match_up, long_here):
    ben, cleo = friends
    gus = make_member("Gus")
    match_up(ben, gus)
    long_here(gus)
    ask(ada)
    ask(ben)
    say(ada, ben)
    say(gus, ben)
    assert is_checked(ben)

    say(ben, ada)
    say(cleo, ada)

    assert not is_checked(ada)


def test_one_human_counts_once_under_whichever_name(ada, friends, make_member, match_up):
    ben, cleo = friends
    link = profiles.invite(ben, name="Birch")
    profiles.accept(make_member("Gus"), link.code, name="Gorse")
    match_up(ada, profiles.confirm(ben, link.pk))
    ask(ada)

    for vouch in Vouch.objects.filter(account=ben):
        vouching.vouch(ben, vouch.pk)
    assert Vouch.objects.filter(account=ben, said_at__isnull=False).count() == 2
    assert not is_checked(ada)

    say(cleo, ada)
    assert is_checked(ada)


def test_a_word_can_be_taken_back_until_it_was_used(ada, friends):
    ben, cleo = friends
    ask(ada)
    say(ben, ada)

    vouching.unsay(ben, Vouch.objects.get(account=ben).pk)
    say(cleo, ada)

    assert not is_checked(ada)


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_a_block_withdraws_a_word_that_was_not_used(who, request, ada, friends):
    ben, cleo = friends
    ask(ada)
    say(ben, ada)

    safety.block(request.getfixturevalue(who), [ben.pk if who == "ada" else ada.pk])
    say(cleo, ada)

    assert not is_checked(ada)
    assert [vouch.account for vouch in Vouch.objects.all()] == [cleo]


def test_parting_withdraws_a_word_that_was_not_used(ada, friends):
    ben, cleo = friends
    ask(ada)
    say(ben, ada)
    vouch = Vouch.objects.get(account=ben)

    me = Me(Profile.objects.with_faces().get(account=ada))
    matching.unmatch(me, face(ben).pk, mode="friends")

    assert [each.account for each in Vouch.objects.all()] == [cleo]
    with pytest.raises(NotThere):
        vouching.vouch(ben, vouch.pk)


def test_what_has_passed_stays_when_one_of_them_parts(ada, friends):
    ask(ada)
    for friend in friends:
        say(friend, ada)

    safety.block(friends[0], [ada.pk])

    assert is_checked(ada)


def test_whoever_asked_is_known_by_the_name_of_the_match_alone(ada, ben, make_member, match_up):
    link = profiles.invite(ada, name="Ash")
    profiles.accept(make_member("Gus"), link.code, name="Gorse")
    match_up(profiles.confirm(ada, link.pk), ben)
    ask(ada)

    [wish] = reads.wishes_to(ben)

    assert (wish.who.name, wish.who.couple) == ("Ash", "Ash & Gorse")


def test_nobody_else_can_say_it(ada, friends, dora, long_here):
    ask(ada)
    long_here(dora)

    with pytest.raises(NotThere):
        vouching.vouch(dora, Vouch.objects.earliest("asked_at").pk)


def test_what_nobody_answered_is_closed_after_30_days(ada, friends):
    ask(ada)

    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        checks.close_unanswered()
        with pytest.raises(NotThere):
            say(friends[0], ada)
