from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from positivesocials.core.refusals import NotThere
from positivesocials.matching import access, selectors
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Decision, Match, Said
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Participant
from positivesocials.privacy import services as privacy
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.safety import services as safety


def people(me, mode="friends"):
    return selectors.in_order(selectors.around(Me(Profile.objects.get(pk=me.profile.pk)), mode))


def match_of(actor, me, about) -> Match:
    match = matching.like(actor, me, about.profile.pk, mode="friends")
    assert match is not None
    return match


@pytest.fixture
def both(meets, ada, ben):
    return meets(ada), meets(ben)


def test_two_who_switched_friends_on_find_each_other(both):
    a, b = both

    assert people(a) == [b.profile.pk]
    assert people(b) == [a.profile.pk]
    assert people(a, "dating") == []


def test_who_never_opened_meet_is_in_no_list(meets, ada, ben):
    assert people(meets(ada)) == []


@pytest.mark.parametrize("vanish", [profiles.hide, profiles.pause, profiles.withhold])
def test_hidden_paused_and_withheld_people_are_in_no_list_and_see_none(both, vanish):
    a, b = both

    vanish(b.profile)

    assert people(a) == []
    if vanish is not profiles.withhold:
        assert people(b) == []


def test_a_block_takes_both_from_each_others_lists(both, ada, ben):
    a, b = both

    safety.block(ben, [ada.pk])

    assert people(a) == people(b) == []


def test_a_changed_place_shows_at_once_although_sides_are_kept(both, ben, meets, ada):
    a = meets(ada, friends={"band": 1})
    assert people(a) == [both[1].profile.pk]

    meets(ben, place="gb-leeds")

    assert people(a) == []


def test_partners_and_their_other_couples_never_find_each_other(meets, couple, eli, fern, ada):
    joint = meets(couple(eli, fern))
    second = meets(couple(fern, ada, ("Gorse", "Holly")))
    singles = [meets(eli), meets(fern), meets(ada)]

    # Fern is behind both couples, so that everyone here is linked with everyone behind the others.
    for me in [joint, second]:
        assert people(me) == []
    assert people(singles[1]) == []
    assert set(people(singles[0])) == {singles[2].profile.pk}


def test_a_second_like_makes_one_match_and_opens_a_conversation(both, ada, ben):
    a, b = both

    assert matching.like(ada, a, b.profile.pk, mode="friends") is None
    match = match_of(ben, b, a)
    again = match_of(ben, b, a)

    assert match == again
    assert Match.objects.count() == 1
    seats = Participant.objects.filter(conversation=match.conversation)
    assert set(seats.values_list("account_id", flat=True)) == {ada.pk, ben.pk}
    assert people(a) == people(b) == []


def test_someone_who_does_not_fit_cannot_be_liked(both, ada, cleo, meets):
    a, b = both
    far = meets(cleo, place="us-boston", friends={"band": 1})

    with pytest.raises(NotThere):
        matching.like(ada, a, far.profile.pk, mode="friends")
    with pytest.raises(NotThere):
        matching.like(ada, a, b.profile.pk, mode="dating")


def test_liking_back_works_although_preferences_changed_since(both, ada, ben, meets):
    a, b = both
    matching.like(ada, a, b.profile.pk, mode="friends")
    b = meets(ben, friends={"kinds": ["couple"]})
    assert people(b) == []

    assert selectors.likers(b, "friends") == [a.profile.pk]
    assert matching.like(ben, b, a.profile.pk, mode="friends") is not None


@pytest.mark.parametrize("vanish", [profiles.hide, profiles.pause])
def test_a_standing_like_does_not_outlast_hiding(both, ada, vanish):
    a, b = both
    matching.like(ada, a, b.profile.pk, mode="friends")

    vanish(a.profile)

    assert selectors.likers(b, "friends") == []
    assert not access.may_meet(b, Profile.objects.get(pk=a.profile.pk), "friends")


def test_a_blocked_liker_is_gone(both, ada, ben):
    a, b = both
    matching.like(ada, a, b.profile.pk, mode="friends")

    safety.block(ada, [ben.pk])

    fresh = Me(b.profile)
    assert selectors.likers(fresh, "friends") == []
    with pytest.raises(NotThere):
        matching.like(ben, fresh, a.profile.pk, mode="friends")


def test_not_now_ends_after_ninety_days(both, ada):
    a, b = both
    matching.set_aside(ada, a, b.profile.pk, mode="friends", said=Said.NOT_NOW)
    assert people(a) == []
    assert people(b) == [a.profile.pk]

    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert people(a) == [b.profile.pk]


def test_not_now_can_be_undone(both, ada):
    a, b = both
    matching.set_aside(ada, a, b.profile.pk, mode="friends", said=Said.NOT_NOW)

    matching.undo(a, b.profile.pk, mode="friends")

    assert people(a) == [b.profile.pk]


def test_later_keeps_someone_apart_from_the_list(both, ada):
    a, b = both

    matching.set_aside(ada, a, b.profile.pk, mode="friends", said=Said.LATER)

    assert people(a) == []
    assert selectors.kept_for_later(a, "friends") == [b.profile.pk]


def test_a_like_can_be_taken_back(both, ada):
    a, b = both
    matching.like(ada, a, b.profile.pk, mode="friends")
    assert selectors.liked(a, "friends") == [b.profile.pk]

    matching.undo(a, b.profile.pk, mode="friends")

    assert selectors.likers(b, "friends") == []
    assert people(a) == [b.profile.pk]


def test_unmatching_closes_the_conversation_and_can_be_mended_later(both, ada, ben):
    a, b = both
    matching.like(ada, a, b.profile.pk, mode="friends")
    match = match_of(ben, b, a)

    matching.unmatch(a, b.profile.pk, mode="friends")

    match.conversation.refresh_from_db()
    assert match.conversation.closed_at is not None
    assert people(a) == people(b) == []
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        matching.like(ada, a, b.profile.pk, mode="friends")
        renewed = match_of(ben, b, a)
        assert renewed.conversation_id != match.conversation_id
        assert Match.objects.count() == 1


def test_a_couple_likes_as_two_and_says_who_tapped(meets, couple, eli, fern, ada):
    joint, single = meets(couple(eli, fern)), meets(ada)

    matching.like(fern, joint, single.profile.pk, mode="friends")
    match = match_of(ada, single, joint)

    assert Decision.objects.get(profile=joint.profile).said_by == fern
    assert Participant.objects.filter(conversation=match.conversation).count() == 3


def test_when_a_couple_ends_its_matches_and_conversations_close(meets, couple, eli, fern, ada):
    joint, single = meets(couple(eli, fern)), meets(ada)
    matching.like(fern, joint, single.profile.pk, mode="friends")
    match = match_of(ada, single, joint)

    profiles.end_couple(eli, joint.profile.link_id)

    match.conversation.refresh_from_db()
    assert match.conversation.closed_at is not None
    assert people(single) == []
    assert not Decision.objects.exists()
    with pytest.raises(NotThere):
        access.me_as(fern, joint.profile.pk)


def test_circles_only_holds_both_ways(meets, ada, ben, cleo):
    a = meets(ada, circles=["hsv"], friends={"circles_only": True})
    b, c = meets(ben, circles=["hsv"]), meets(cleo)

    assert people(a) == [b.profile.pk]
    assert people(c) == [b.profile.pk]


def test_a_circle_taken_back_is_gone_at_once_from_what_others_find(meets, ada, ben):
    a = meets(ada, circles=["hsv"], friends={"circles_only": True})
    b = meets(ben, circles=["hsv"])
    assert people(a) == [b.profile.pk]

    privacy.withdraw_consent(ben, purpose="circles")

    assert people(a) == []


def test_the_order_of_a_day_is_fixed_and_a_new_day_draws_anew(meets, make_member, ada):
    a = meets(ada)
    for number in range(8):
        meets(make_member(f"Gus{number}"))

    today = people(a)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        tomorrow = people(a)

    assert people(a) == today
    assert set(tomorrow) == set(today)
    assert tomorrow != today


def test_choices_name_what_a_wider_must_have_brings_and_no_small_count(meets, make_member, ada):
    a = meets(ada, friends={"band": 0, "kinds": ["individual"]})
    meets(make_member("Gus"), place="gb-cardiff")
    a = Me(a.profile)

    [choice] = selectors.choices(selectors.around(a, "friends"))

    assert choice.key == "band-2"
    assert not any(letter.isdigit() for letter in choice.brings)


def test_a_block_ends_the_match_and_leaves_nothing_behind(both, ada, ben, signed_in):
    a, b = both
    match_of_both(ada, ben, a, b)

    safety.block(ada, [ben.pk])

    assert not Match.objects.filter(ended_at=None).exists()
    assert not Decision.objects.exists()
    assert signed_in(ben).get(f"/people/{a.profile.pk}/part/?in=f").status_code == 404
    with pytest.raises(NotThere):
        matching.like(ben, Me(b.profile), a.profile.pk, mode="friends")


def test_a_block_leaves_what_others_said(both, ada, ben, cleo, meets):
    a, b = both
    matching.like(ben, b, a.profile.pk, mode="friends")
    matching.like(ada, a, meets(cleo).profile.pk, mode="friends")

    safety.block(cleo, [ben.pk])

    assert Decision.objects.count() == 2


def test_who_leaves_the_conversation_parts(both, ada, ben):
    a, b = both
    match = match_of_both(ada, ben, a, b)

    messaging.leave(ben, match.conversation_id)

    assert access.live_match(a.profile, b.profile) is None
    assert people(a) == people(b) == []


def test_nobody_reads_a_new_name_of_someone_who_hides(both, ada):
    a, b = both
    matching.set_aside(ada, a, b.profile.pk, mode="friends", said=Said.LATER)
    assert selectors.spoken(a, "friends", b.profile.pk)

    profiles.hide(b.profile)

    assert selectors.spoken(a, "friends", b.profile.pk) is None


def match_of_both(ada, ben, a, b) -> Match:
    matching.like(ben, b, a.profile.pk, mode="friends")
    return match_of(ada, a, b)
