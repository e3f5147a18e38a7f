"""Answering questions: one at a time, to be skipped, changed and taken back; seen by whom one chose."""

import re
import threading

import pytest
from django.db import connections
from django.urls import reverse

from positivesocials.core.refusals import Refused
from positivesocials.matching import common
from positivesocials.matching import services as matching
from positivesocials.matching.answers import Answer, Importance
from positivesocials.matching.models import Answers
from positivesocials.matching.questions import QUESTIONS
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from tests.normalise import normalised

QUESTIONS_PAGE = "/people/questions/"
PEOPLE = "/people/"
LATE = 22
CLOSE = 35


def an_answer(reply="a", accepts="a", importance=Importance.VERY, is_visible=True):
    return Answer(reply, frozenset(accepts), importance, is_visible)


def said(reply="a", accepts=("a",), importance="very", shown="visible", **more):
    return {"reply": reply, "accepts": list(accepts), "importance": importance, "shown": shown, **more}


def question_page(number):
    return f"{QUESTIONS_PAGE}q{number}/"


def common_page(me, query="?in=f"):
    return reverse("matching:show-common", args=[me.profile.pk]) + query


@pytest.fixture
def both(meets, ada, ben):
    return meets(ada, dating={}), meets(ben, dating={})


@pytest.fixture
def answer_alike(both):
    """A function: both give the same visible answer to these questions, except as told for the second."""

    def answer(*numbers, **differently):
        for number in numbers:
            matching.save_answer(both[0].profile, number, an_answer())
            matching.save_answer(both[1].profile, number, an_answer(**differently))

    return answer


def test_an_answer_is_kept_and_the_next_question_follows(both, signed_in, ada):
    answer = signed_in(ada).post(question_page(1), said())

    assert answer.url == f"{question_page(2)}?as={both[0].profile.pk}"
    assert common.given_by(both[0].profile) == {1: an_answer()}


def test_a_question_can_be_skipped_and_comes_back_at_the_end(both, signed_in, ada):
    browser = signed_in(ada)
    assert f'href="{question_page(2)}?as=' in browser.get(question_page(1)).content.decode()

    last = max(QUESTIONS)

    assert f'href="{question_page(1)}?as=' in browser.get(question_page(last)).content.decode()
    assert not Answers.objects.exists()


def test_an_answer_can_be_changed(both, signed_in, ada):
    matching.save_answer(both[0].profile, 1, an_answer())

    answer = signed_in(ada).post(question_page(1), said("b", ["b", "c"], "little", "private"))

    assert answer.url == f"{QUESTIONS_PAGE}?as={both[0].profile.pk}"
    assert common.given_by(both[0].profile) == {1: an_answer("b", "bc", Importance.LITTLE, is_visible=False)}


def test_an_answer_taken_back_leaves_nothing(both, signed_in, ada):
    matching.save_answer(both[0].profile, 1, an_answer())

    signed_in(ada).post(f"{question_page(1)}back/")

    assert not Answers.objects.exists()


def test_taking_back_one_answer_leaves_the_others(both, signed_in, ada):
    for number in (1, 2):
        matching.save_answer(both[0].profile, number, an_answer())

    signed_in(ada).post(f"{question_page(1)}back/")

    assert set(common.given_by(both[0].profile)) == {2}


@pytest.mark.parametrize(
    "wrong", [said("z"), said(accepts=["z"]), said(importance="dire"), said(accepts=[]), {}]
)
def test_what_is_no_answer_comes_back_with_a_word(both, signed_in, ada, wrong):
    page = signed_in(ada).post(question_page(1), wrong)

    assert page.status_code == 422
    assert not Answers.objects.exists()


def test_what_does_not_matter_needs_no_welcome_replies(both, signed_in, ada):
    signed_in(ada).post(question_page(1), said(accepts=[], importance="irrelevant"))

    assert common.given_by(both[0].profile)[1].importance == Importance.IRRELEVANT


def test_the_service_refuses_what_no_page_offers(both):
    for number, answer in ((1, an_answer("z")), (1, an_answer(accepts="z")), (9999, an_answer())):
        with pytest.raises(Refused):
            matching.save_answer(both[0].profile, number, answer)


@pytest.mark.parametrize("code", ["q0", "q9999", "1", "q01", "nothing-of-the-kind"])
def test_a_question_that_is_none_is_not_there(both, signed_in, ada, code):
    assert signed_in(ada).get(f"{QUESTIONS_PAGE}{code}/").status_code == 404


def test_the_first_answer_starts_private_and_later_ones_as_most_before(both, signed_in, ada):
    browser = signed_in(ada)
    assert preset(browser.get(question_page(1)), "shown") == ["private"]

    browser.post(question_page(1), said())

    assert preset(browser.get(question_page(2)), "shown") == ["visible"]
    assert preset(browser.get(question_page(2)), "reply") == []


def preset(page, name):
    return re.findall(rf'name="{name}" value="(\w+)"[^>]*\bchecked', page.content.decode())


def test_the_disk_holds_no_reply_in_the_clear(both):
    matching.save_answer(both[0].profile, 1, an_answer())

    raw = bytes(Answers.objects.values_list("given", flat=True).get())

    assert b'["a"' not in raw
    assert len(raw) > 2048


def test_both_read_the_same_reasons_and_the_same_number(both, answer_alike, signed_in, ada, ben):
    answer_alike(1, 2, 3, LATE)
    matching.save_answer(both[1].profile, LATE, an_answer("c", "c"))

    pages = [
        signed_in(who).get(common_page(other)).content.decode()
        for who, other in ((ada, both[1]), (ben, both[0]))
    ]

    for page in pages:
        assert "you both say “Early, before we meet”" in page
        assert page.index("Where you differ") < page.index("Early or late")
        assert "50%" in page
        assert "4 answers that you both made visible" in page
    assert "you say “In the morning”, they say “In the evening”" in pages[0]
    assert "you say “In the evening”, they say “In the morning”" in pages[1]


def test_a_number_is_shown_on_request_only_and_not_from_two_answers(both, answer_alike, signed_in, ada):
    answer_alike(1, 2)
    browser = signed_in(ada)
    few = browser.get(common_page(both[1])).content.decode()
    assert "Too few answers in common" in few
    assert "%</b>" not in few

    answer_alike(3)

    page = browser.get(common_page(both[1])).content.decode()
    assert page.index("<details") < page.index("Show it as a number") < page.index("66%")
    for elsewhere in (PEOPLE, reverse("matching:show-profile", args=[both[1].profile.pk])):
        assert "%</b>" not in browser.get(elsewhere).content.decode()


@pytest.mark.parametrize("private", [0, 1])
def test_an_answer_that_one_keeps_private_shows_to_nobody(both, answer_alike, signed_in, ada, private):
    answer_alike(1, 2, 3, 4)
    page = normalised(signed_in(ada).get(common_page(both[1])))
    for me in both:
        matching.save_answer(me.profile, 5, an_answer(is_visible=me is not both[private]))

    assert normalised(signed_in(ada).get(common_page(both[1]))) == page


def test_closeness_is_compared_in_dating_only(both, answer_alike, signed_in, ada):
    answer_alike(CLOSE)
    browser, me = signed_in(ada), f"&as={both[0].profile.pk}"

    assert "Talk before sex" in browser.get(common_page(both[1], f"?in=d{me}")).content.decode()
    assert "Talk before sex" in browser.get(f"{PEOPLE}?in=d{me}").content.decode()
    assert "Talk before sex" not in browser.get(common_page(both[1], f"?in=f{me}")).content.decode()
    assert "Talk before sex" not in browser.get(f"{PEOPLE}?in=f{me}").content.decode()


def test_a_card_and_a_page_name_what_both_answered_alike(both, answer_alike, signed_in, ada):
    answer_alike(1, LATE)
    browser = signed_in(ada)

    assert (
        "You answered alike: Hearing something personal, Early or late"
        in browser.get(PEOPLE).content.decode()
    )
    page = browser.get(reverse("matching:show-profile", args=[both[1].profile.pk])).content.decode()
    assert "you both say “In the morning”" in page
    assert common_page(both[1], "") in page


@pytest.mark.parametrize("vanish", ["hide", "block", "stranger", "absent"])
def test_what_one_has_in_common_is_there_for_who_fits_and_for_nobody_else(
    both, answer_alike, signed_in, ada, ben, cleo, vanish
):
    answer_alike(1)
    viewer, address = ada, common_page(both[1])
    if vanish == "hide":
        profiles.hide(both[1].profile)
    elif vanish == "block":
        safety.block(ben, [ada.pk])
    elif vanish == "stranger":
        viewer = cleo
    else:
        address = "/people/00000000-0000-4000-8000-000000000000/common/"

    assert signed_in(viewer).get(address).status_code == 404


def test_ones_own_profile_is_compared_with_nobody(both, signed_in, ada):
    assert signed_in(ada).get(common_page(both[0])).url == f"{QUESTIONS_PAGE}?as={both[0].profile.pk}"


def test_nobody_answers_as_somebody_else(both, signed_in, ada):
    theirs = {"as": str(both[1].profile.pk)}

    assert signed_in(ada).post(question_page(1), said(**theirs)).status_code == 404
    assert signed_in(ada).get(QUESTIONS_PAGE, theirs).status_code == 404
    assert not Answers.objects.exists()


def test_a_couple_answers_for_itself_under_its_own_key(meets, couple, signed_in, eli, fern):
    joint = couple(eli, fern)
    meets(eli), meets(fern)

    signed_in(eli).post(question_page(1), said(**{"as": str(joint.pk)}))

    assert "Early, before we meet" in signed_in(fern).get(f"{QUESTIONS_PAGE}?as={joint.pk}").content.decode()
    for alone in (eli, fern):
        own = Profile.objects.get(account=alone)
        assert common.given_by(own) == {}
    assert Answers.objects.get().key_owner.id == joint.link_id


def test_partners_learn_nothing_of_each_others_own_answers(meets, couple, signed_in, eli, fern):
    joint, mine = couple(eli, fern), meets(eli)
    matching.save_answer(mine.profile, 1, an_answer())

    assert (
        "Early, before we meet" not in signed_in(fern).get(f"{QUESTIONS_PAGE}?as={joint.pk}").content.decode()
    )
    assert signed_in(fern).get(common_page(mine)).status_code == 404


def test_a_couple_that_ends_leaves_no_answers(couple, eli, fern):
    joint = couple(eli, fern)
    matching.save_answer(joint, 1, an_answer())

    profiles.end_couple(eli, joint.link_id)

    assert not Answers.objects.exists()


def test_a_couple_and_a_single_compare_answers(meets, couple, signed_in, ada, eli, fern):
    joint, me = meets(couple(eli, fern)), meets(ada)
    for profile in (joint.profile, me.profile):
        for number in (1, 2, 3):
            matching.save_answer(profile, number, an_answer())

    assert common.common(me.profile, joint.profile, "friends") == common.common(
        joint.profile, me.profile, "friends"
    )
    assert "66%" in signed_in(ada).get(common_page(joint)).content.decode()


def test_a_shredded_key_leaves_nothing_to_compare(both, answer_alike):
    answer_alike(1, 2, 3)
    vault.shred(both[1].profile.key_owner)

    assert common.common(both[0].profile, both[1].profile, "friends").count == 0


def test_the_list_takes_as_many_queries_for_many_who_answered_as_for_few(
    meets, make_member, signed_in, ada, django_assert_max_num_queries
):
    matching.save_answer(meets(ada).profile, 1, an_answer())
    browser, counts = signed_in(ada), []
    for crowd in ("Gus", "Hal"):
        for number in range(3):
            matching.save_answer(meets(make_member(f"{crowd}{number}")).profile, 1, an_answer())
        browser.get(PEOPLE)
        with django_assert_max_num_queries(60) as queries:
            page = browser.get(PEOPLE)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert page.content.decode().count("You answered alike") == 6


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_two_partners_who_answer_at_once_lose_nothing(couple, eli, fern):
    joint = couple(eli, fern)
    start = threading.Barrier(2)

    def answer(number):
        start.wait()
        matching.save_answer(Profile.objects.select_related("link").get(pk=joint.pk), number, an_answer())
        connections.close_all()

    threads = [threading.Thread(target=answer, args=[number]) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(common.given_by(joint)) == {1, 2}


def test_a_setting_of_ones_answers_tells_nothing_of_what_others_keep_to_themselves(both, answer_alike, ada):
    """Two worlds that differ only in what somebody answered privately look the same, whatever one tries."""
    tries = [an_answer(reply, accepts) for reply in "abc" for accepts in ("a", "b", "abcd")]
    seen = {}
    for world, reply in {"one": "a", "other": "b"}.items():
        matching.save_answer(both[1].profile, 1, an_answer(reply, is_visible=False))
        seen[world] = [_tried(both, each) for each in tries]

    assert seen["one"] == seen["other"]


def _tried(both, answer):
    matching.save_answer(both[0].profile, 1, answer)
    return common.common(both[0].profile, both[1].profile, "friends")
