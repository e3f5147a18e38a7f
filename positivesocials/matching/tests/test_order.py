"""Answers and what was learned decide the order: exactly as told, in their mode, on both paths, at once."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from positivesocials.bench import brute
from positivesocials.bench.population import population
from positivesocials.matching import common, proposals, selectors, shared
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.affinity import affinity
from positivesocials.matching.answers import Answer, Importance
from positivesocials.matching.compat import Bias
from positivesocials.matching.engine import answers, rank
from positivesocials.matching.engine.columns import WIDTHS, encoded
from positivesocials.matching.engine.query import Found
from positivesocials.matching.engine.rank import COUNTED_IN, Taste, Traits
from positivesocials.matching.models import Learned
from positivesocials.matching.proposals import Looked, Pooled
from positivesocials.matching.questions import LETTERS, QUESTIONS, asked_in
from positivesocials.matching.tests.test_affinity import sets_of_answers
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile

MODES = ["friends", "dating"]
CLOSE = 35  # Counts in dating only.


@pytest.fixture(autouse=True)
def _no_pool_left() -> Iterator[None]:
    yield
    proposals.forget()
    shared.leave()


def an_answer(reply="a", accepts="a", *, is_visible=True):
    return Answer(reply, frozenset(accepts), Importance.VERY, is_visible)


@given(st.lists(sets_of_answers(), min_size=2, max_size=4), st.sampled_from(MODES))
def test_the_engine_weighs_answers_exactly_as_the_rule_does(everyone, mode):
    packed = answers.packed(everyone)
    mine = answers.Replies.of(packed[0], COUNTED_IN[mode].questions)

    found = answers.satisfaction(mine, np.ascontiguousarray(packed.T))

    exact = [affinity(everyone[0], theirs, asked_in(mode)).satisfied for theirs in everyone]
    assert np.array_equal(found, np.array(exact, dtype=np.float32).T)


@given(sets_of_answers())
def test_an_answer_that_is_not_visible_has_no_bit(given):
    open_ones = {number: answer for number, answer in given.items() if answer.is_visible}

    assert np.array_equal(answers.packed([given]), answers.packed([open_ones]))


def test_every_question_and_every_reply_has_a_place():
    assert max(QUESTIONS) <= answers.MOST_QUESTIONS
    assert {letter for question in QUESTIONS.values() for letter in question.replies} <= set(LETTERS)
    with pytest.raises(ValueError, match="A plane holds"):
        answers.among([answers.MOST_QUESTIONS + 1])


@given(st.lists(sets_of_answers(), min_size=1, max_size=4))
def test_planes_read_back_as_the_answers_they_were_made_of(everyone):
    packed = answers.packed(everyone)

    again = answers.packed([brute.answers_in(row) for row in packed])

    assert np.array_equal(again, packed)


def chances_of(one, other, mode):
    sides = encoded([one, other])
    found = Found(np.array([1], dtype=np.int32), np.array([0], dtype=np.uint8))
    return rank.chances(Traits.of(sides), Taste.of(sides, 0, mode), found)


@pytest.mark.parametrize(("learned", "moved"), [("friends", MODES[:1]), ("dating", MODES[1:])])
def test_what_was_learned_in_one_mode_moves_nothing_in_the_other(learned, moved):
    columns = population(2).columns
    columns.learned[:] = 0
    columns.learned[1, WIDTHS["learned"] // 2 * (learned == "dating")] = 16
    plain = [brute.side(population(2).columns, row) for row in (0, 1)]
    plain = [type(side)(**{**vars(side), "learned": {}}) for side in plain]

    changed = brute.side(columns, 1)

    for mode in MODES:
        before, after = (chances_of(plain[0], other, mode).likes[0] for other in (plain[1], changed))
        assert (after > before) == (mode in moved)


def around(me, mode="friends"):
    return selectors.around(Me(Profile.objects.with_faces().get(pk=me.profile.pk)), mode)


@pytest.fixture
def crowd(meets, make_member, ada):
    """Ada and six people who differ in nothing."""
    return meets(ada, dating={}), [meets(make_member(f"Gus{number}"), dating={}) for number in range(6)]


@pytest.fixture(params=["looked", "pooled"])
def path(request, crowd):
    """Both ways to find people: each one looked at, and by the engine."""
    if request.param == "pooled":
        proposals.build()
    assert isinstance(around(crowd[0]).crowd, Pooled if request.param == "pooled" else Looked)


@pytest.mark.usefixtures("path")
def test_whose_answers_please_both_comes_first_from_the_next_request_on(crowd):
    me, others = crowd
    first, *_between, last = around(me).in_order()
    pleasing, other = (next(each for each in others if each.profile.pk == pk) for pk in (last, first))
    for number in (1, 2, 3):
        matching.save_answer(me.profile, number, an_answer())
        matching.save_answer(pleasing.profile, number, an_answer())
        matching.save_answer(other.profile, number, an_answer("b", "b"))

    order = around(me).in_order()

    assert (order[0], order[-1]) == (last, first)


@pytest.mark.usefixtures("path")
def test_an_answer_taken_back_moves_nobody_any_more(crowd):
    me, others = crowd
    before = around(me).in_order()
    last = next(each for each in others if each.profile.pk == before[-1])
    for each in (me, last):
        matching.save_answer(each.profile, 1, an_answer())
    assert around(me).in_order() != before

    matching.withdraw_answer(last.profile, 1)

    assert around(me).in_order() == before


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("private", [0, 1])
def test_an_answer_that_only_one_made_visible_moves_nobody(crowd, private):
    me, others = crowd
    before = around(me).in_order()
    for place, each in enumerate((me, *others[:3])):
        matching.save_answer(each.profile, 1, an_answer(is_visible=bool(place) != bool(private)))

    assert around(me).in_order() == before


@pytest.mark.usefixtures("path")
def test_answers_that_belong_to_dating_move_nobody_among_friends(crowd):
    me, others = crowd
    before = {mode: around(me, mode).in_order() for mode in MODES}
    last = next(each for each in others if each.profile.pk == before["dating"][-1])
    for each in (me, last):
        matching.save_answer(each.profile, CLOSE, an_answer())

    assert around(me, "friends").in_order() == before["friends"]
    assert around(me, "dating").in_order()[0] == last.profile.pk


@pytest.mark.usefixtures("path")
def test_what_was_learned_moves_the_order_of_its_mode(crowd):
    me, _others = crowd
    before = {mode: around(me, mode).in_order() for mode in MODES}
    last = Profile.objects.get(pk=before["dating"][-1])
    Learned(profile=last, numbers={"dating": Bias(appeal=20)}).save(force_insert=True)
    profiles.mark_changed(last)

    assert around(me, "dating").in_order()[0] == last.pk
    assert around(me, "friends").in_order() == before["friends"]


def test_both_paths_order_alike_whatever_was_answered_and_learned(crowd):
    me, others = crowd
    for place, each in enumerate((me, *others)):
        for number in (1, 2, 3, CLOSE)[: 1 + place % 4]:
            matching.save_answer(each.profile, number, an_answer("ab"[place % 2]))
        numbers = {mode: Bias(place - 2, 2 * place - 5) for mode in MODES}
        Learned(profile=each.profile, numbers=numbers).save(force_insert=True)
        profiles.mark_changed(each.profile)
    plain = {mode: around(me, mode).in_order() for mode in MODES}

    proposals.build()

    assert {mode: around(me, mode).in_order() for mode in MODES} == plain


def test_damaged_numbers_are_none(crowd):
    me, others = crowd
    before = around(me, "dating").in_order()
    for other, raw in zip(others, ["x", {"dating": 9}, {"dating": [1]}, {"dating": [900, 1]}], strict=False):
        Learned(profile=other.profile, numbers=raw).save(force_insert=True)
        profiles.mark_changed(other.profile)

    assert around(me, "dating").in_order() == before


def test_the_reasons_of_a_person_are_those_that_raised_them(crowd):
    me, others = crowd
    liked = {number: an_answer() for number in (1, 2, CLOSE)}
    for number, answer in liked.items():
        matching.save_answer(me.profile, number, answer)
        matching.save_answer(others[0].profile, number, answer)

    for mode in MODES:
        shown = common.common(me.profile, others[0].profile, mode)
        one, other = around(me, mode).me.side, Me(Profile.objects.get(pk=others[0].profile.pk)).side
        counted = affinity(one.answers, other.answers, asked_in(mode))
        assert len(shown.raised) == len(counted.raised) == len(liked) - (mode == "friends")
        assert min(counted.satisfied) > 0.5


def test_a_warm_list_reads_nobodys_answers_twice(crowd, signed_in, ada, django_assert_max_num_queries):
    for each in (crowd[0], *crowd[1]):
        matching.save_answer(each.profile, 1, an_answer())
    browser = signed_in(ada)
    browser.get("/people/?in=f")

    with django_assert_max_num_queries(80) as queries:
        page = browser.get("/people/?in=f").content.decode()

    read = [query["sql"] for query in queries if 'FROM "matching_answers"' in query["sql"]]
    assert page.count("You answered alike") == 6
    assert not [sql for sql in read if crowd[1][0].profile.pk.hex in sql.replace("-", "")]
