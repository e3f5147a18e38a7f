"""How a couple says yes: by either partner, or only by both, and what the others learn of it."""

import pytest
from django.urls import reverse

from conftest import show_passkey
from positivesocials.core.refusals import NotThere
from positivesocials.matching import access, selectors, together
from positivesocials.matching import services as matching
from positivesocials.matching.models import Decision, JointYes, Match, Said, Waiting
from positivesocials.notifications.models import OutgoingMail
from positivesocials.profiles import services as profiles
from positivesocials.safety import services as safety

FRIENDS = "friends"


@pytest.fixture
def joint(meets, couple, eli, fern):
    return meets(couple(eli, fern))


@pytest.fixture
def both(joint):
    """The couple asks for both."""
    together.need_both(joint.profile)
    return joint


@pytest.fixture
def single(meets, ada):
    return meets(ada)


def like(actor, me, about):
    return matching.like(actor, me, about.profile.pk, mode=FRIENDS)


def said_of(me, about):
    said = Decision.objects.filter(profile=me.profile, about=about.profile)
    return list(said.values_list("said", flat=True))


def test_unless_a_couple_asks_for_both_either_says_yes_for_both(joint, single, eli):
    like(eli, joint, single)

    assert selectors.likers(single, FRIENDS) == [joint.profile.pk]


def test_where_it_takes_both_the_first_yes_waits_and_nobody_outside_learns_of_it(both, single, eli, fern):
    assert like(eli, both, single) is None

    assert selectors.likers(single, FRIENDS) == []
    assert not access.likes_me(single, both.profile, FRIENDS)
    assert both.profile.pk in selectors.in_order(selectors.around(single, FRIENDS))
    assert selectors.asked_of(fern, both, FRIENDS) == selectors.asked_by(eli, both, FRIENDS)
    assert selectors.asked_of(fern, both, FRIENDS) == [single.profile.pk]
    assert selectors.asked_of(eli, both, FRIENDS) == selectors.asked_by(fern, both, FRIENDS) == []


def test_the_second_yes_makes_it_one_like(both, single, eli, fern):
    like(eli, both, single)
    like(fern, both, single)

    assert selectors.likers(single, FRIENDS) == [both.profile.pk]
    assert said_of(both, single) == [Said.LIKE]
    assert selectors.liked(both, FRIENDS) == [single.profile.pk]


def test_one_partner_twice_is_still_one_half(both, single, eli):
    like(eli, both, single)
    like(eli, both, single)

    assert said_of(both, single) == [Said.HALF]
    assert selectors.likers(single, FRIENDS) == []


def test_who_agreed_twice_agreed_once(both, single, eli, fern):
    like(eli, both, single)
    like(fern, both, single)
    like(fern, both, single)

    assert said_of(both, single) == [Said.LIKE]


def test_liking_back_takes_both_as_well(both, single, eli, fern, ada):
    like(ada, single, both)

    assert like(eli, both, single) is None
    assert not Match.objects.exists()
    match = like(fern, both, single)

    assert match is not None
    assert match.conversation.participants.count() == 3


def test_two_couples_that_ask_for_both_match_on_the_fourth_yes(both, meets, couple, eli, fern, ada, ben):
    others = meets(couple(ada, ben, ("Ash", "Bay")))
    together.need_both(others.profile)

    made = [like(*said) for said in ((eli, both, others), (ada, others, both), (fern, both, others))]

    assert made == [None, None, None]
    assert like(ben, others, both) is not None


@pytest.mark.parametrize("who", ["eli", "fern"])
def test_either_takes_back_what_waits(both, single, who, request, eli, fern):
    like(eli, both, single)

    matching.undo(both, single.profile.pk, mode=FRIENDS)

    assert said_of(both, single) == []
    assert selectors.asked_of(fern, both, FRIENDS) == []


def test_not_now_of_the_second_ends_it_for_ninety_days(both, single, eli, fern):
    like(eli, both, single)

    matching.set_aside(fern, both, single.profile.pk, mode=FRIENDS, said=Said.NOT_NOW)

    assert selectors.asked_by(eli, both, FRIENDS) == []
    assert selectors.in_order(selectors.around(both, FRIENDS)) == []
    assert selectors.likers(single, FRIENDS) == []


def test_who_waits_for_a_word_is_in_no_list_of_the_couple(both, single, eli):
    like(eli, both, single)

    assert selectors.in_order(selectors.around(both, FRIENDS)) == []


def test_asking_for_both_takes_one_and_leaves_what_was_said(joint, single, eli):
    like(eli, joint, single)

    together.need_both(joint.profile)

    assert selectors.likers(single, FRIENDS) == [joint.profile.pk]


def test_letting_either_say_it_takes_both_partners(both, single, eli, fern):
    like(eli, both, single)

    assert not together.let_either(eli, both.profile)
    assert not together.let_either(eli, both.profile)
    assert together.joint_of(fern, both.profile).is_asked_by_partner
    assert JointYes.objects.exists()

    assert together.let_either(fern, both.profile)
    assert not JointYes.objects.exists()
    # What waited went out to nobody.
    assert said_of(both, single) == []


def test_a_wish_to_loosen_is_refused_by_keeping_it(both, eli, fern):
    together.let_either(eli, both.profile)

    together.need_both(both.profile)

    assert not together.let_either(fern, both.profile)
    assert together.joint_of(eli, both.profile).takes_both


def test_a_person_or_an_ended_couple_has_no_such_setting(both, meets, ada, eli):
    with pytest.raises(NotThere):
        together.get_own_couple(ada, meets(ada).profile.pk)
    with pytest.raises(NotThere):
        together.get_own_couple(ada, both.profile.pk)
    profiles.end_couple(eli, both.profile.link_id)
    with pytest.raises(NotThere):
        together.get_own_couple(eli, both.profile.pk)
    with pytest.raises(NotThere):
        together.need_both(both.profile)


def test_when_the_couple_ends_nothing_is_kept_of_what_waited(both, single, eli, fern):
    like(eli, both, single)
    matching.ask_to_be_told(eli, both, FRIENDS)

    profiles.end_couple(fern, both.profile.link_id)

    for model in (Decision, JointYes, Waiting):
        assert not model.objects.exists()
    with pytest.raises(NotThere):
        like(fern, both, single)
    assert not OutgoingMail.objects.exists()


def test_a_block_ends_what_waits(both, single, eli, fern, ada):
    like(eli, both, single)

    safety.block(ada, [eli.pk])

    assert said_of(both, single) == []
    with pytest.raises(NotThere):
        like(fern, both, single)


def test_the_second_word_is_asked_only_while_they_still_fit(both, single, meets, eli, fern, ada):
    like(eli, both, single)

    profiles.pause(single.profile)

    assert selectors.asked_of(fern, both, FRIENDS) == []
    with pytest.raises(NotThere):
        like(fern, both, single)


def test_the_partner_reads_who_would_say_hello_and_agrees(both, single, signed_in, eli, fern):
    likes, said = f"/people/likes/?in=f&as={both.profile.pk}", {"in": "f", "as": both.profile.pk}
    signed_in(eli).post(f"/people/{single.profile.pk}/like/", said)

    page = signed_in(fern).get(likes).text
    for words in ("Waits for your word", "<bdi>Elm</bdi> would say hello", "Ada", "Agree"):
        assert words in page
    assert "Waits for <bdi>Fig</bdi>" in signed_in(eli).get(likes).text
    assert "Who said hello" in signed_in(fern).get("/home/").text

    signed_in(fern).post(f"/people/{single.profile.pk}/like/", said)
    assert "Waits for" not in signed_in(fern).get(likes).text


def test_the_page_of_who_waits_says_so_to_both(both, single, signed_in, eli, fern):
    where = f"/people/{single.profile.pk}/?in=f&as={both.profile.pk}"
    like(eli, both, single)

    assert "Waits for <bdi>Fig</bdi>" in signed_in(eli).get(where).text
    assert "<bdi>Elm</bdi> would say hello" in signed_in(fern).get(where).text


def test_the_setting_is_changed_by_pages(joint, signed_in, eli, fern):
    page = f"/people/two/{joint.profile.pk}/"
    one, other = signed_in(eli), signed_in(fern)
    show_passkey(one, eli)
    show_passkey(other, fern)
    assert "Either of you says it for both" in one.get(page).text

    one.post(f"{page}both/")
    assert "It takes both of you" in other.get(page).text

    one.post(f"{page}either/")
    assert "That waits for <bdi>Fig</bdi>" in one.get(page).text
    assert "<bdi>Elm</bdi> would let either of you say it" in other.get(page).text

    other.post(f"{page}either/")
    assert "Either of you says it for both" in one.get(page).text


def test_loosening_asks_for_a_fresh_proof(both, signed_in, eli):
    browser, page = signed_in(eli), f"/people/two/{both.profile.pk}/either/"

    for answer in (browser.get(page), browser.post(page, headers={"Referer": f"http://testserver{page}"})):
        assert answer.url == f"{reverse('accounts:re-prove')}?next={page}"
    assert not together.joint_of(eli, both.profile).is_asked_by_me
