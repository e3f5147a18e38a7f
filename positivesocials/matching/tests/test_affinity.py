"""The arithmetic of answers, over anything that anybody could answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positivesocials.matching import answers
from positivesocials.matching.affinity import affinity
from positivesocials.matching.answers import Answer, Importance
from positivesocials.matching.questions import QUESTIONS, asked_in

EVERY = frozenset(QUESTIONS)
VERY = Importance.VERY


@st.composite
def sets_of_answers(draw):
    numbers = draw(st.sets(st.sampled_from(sorted(QUESTIONS)), max_size=12))
    return {number: draw(answers_to(number)) for number in sorted(numbers)}


def answers_to(number):
    replies = st.sampled_from(sorted(QUESTIONS[number].replies))
    return st.builds(
        Answer, replies, st.frozensets(replies), st.sampled_from(list(Importance)), st.booleans()
    )


def agreeing(count, importance=VERY):
    return {
        number: Answer("a", frozenset("a"), importance, is_visible=True) for number in range(1, count + 1)
    }


@given(sets_of_answers(), sets_of_answers())
def test_both_read_the_same(one, other):
    mine, theirs = affinity(one, other, EVERY), affinity(other, one, EVERY)

    assert mine.percent == theirs.percent
    for here, there in ((mine.raised, theirs.raised), (mine.lowered, theirs.lowered)):
        assert [pair.number for pair in here] == [pair.number for pair in there]


@given(sets_of_answers(), sets_of_answers())
def test_a_number_lies_between_0_and_100(one, other):
    assert 0 <= affinity(one, other, EVERY).percent <= 100


@given(sets_of_answers(), sets_of_answers(), st.data())
def test_one_more_agreement_never_lowers_it(one, other, data):
    number = data.draw(st.sampled_from(sorted(EVERY - one.keys() - other.keys())))
    mine, theirs = data.draw(answers_to(number)), data.draw(answers_to(number))
    mine = replace(mine, accepts=mine.accepts | {theirs.reply})
    theirs = replace(theirs, accepts=theirs.accepts | {mine.reply})

    more = affinity({**one, number: mine}, {**other, number: theirs}, EVERY)

    assert more.percent >= affinity(one, other, EVERY).percent
    assert number not in [pair.number for pair in more.lowered]


@given(sets_of_answers(), sets_of_answers(), st.data())
def test_private_answers_change_nothing(one, other, data):
    number = data.draw(st.sampled_from(sorted(EVERY - one.keys())))
    hidden = replace(data.draw(answers_to(number)), is_visible=False)

    assert affinity({**one, number: hidden}, other, EVERY) == affinity(one, other, EVERY)


@given(sets_of_answers(), sets_of_answers())
def test_few_answers_in_common_say_little(one, other):
    found = affinity(one, other, EVERY)

    assert found.percent <= 100 - 100 / max(1, len(found.pairs))


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, 0), (2, 50), (4, 75), (10, 90), (20, 95)])
def test_full_agreement_grows_with_what_is_known(count, expected):
    assert affinity(agreeing(count), agreeing(count), EVERY).percent == expected


def test_the_formula_holds_for_a_case_worked_by_hand():
    # I weigh 9 + 3 and am given 9; they weigh 1 + 9 and are given all: sqrt(0.75 * 1) = 0.866, less 1/3.
    mine = {
        1: Answer("a", frozenset("b"), VERY, is_visible=True),
        2: Answer("a", frozenset("a"), Importance.SOMEWHAT, is_visible=True),
        3: Answer("a", frozenset(), Importance.IRRELEVANT, is_visible=True),
    }
    theirs = {
        1: Answer("b", frozenset("a"), Importance.LITTLE, is_visible=True),
        2: Answer("b", frozenset(), Importance.IRRELEVANT, is_visible=True),
        3: Answer("b", frozenset("a"), VERY, is_visible=True),
    }

    found = affinity(mine, theirs, EVERY)

    assert found.percent == 86 - 34
    assert [pair.number for pair in found.raised] == [1, 3]
    assert [pair.number for pair in found.lowered] == [2]


def test_what_matters_to_neither_is_no_reason():
    indifferent = agreeing(5, Importance.IRRELEVANT)

    assert affinity(indifferent, indifferent, EVERY).pairs == ()


def test_welcoming_every_reply_weighs_as_little_as_not_caring():
    every = {1: Answer("a", frozenset(QUESTIONS[1].replies), VERY, is_visible=True)}

    assert affinity(every, every, EVERY).pairs == ()


def test_friends_hear_nothing_of_what_is_for_dating():
    closeness = {number: Answer("a", frozenset("a"), VERY, is_visible=True) for number in (29, 35)}

    assert affinity(closeness, closeness, asked_in("friends")).pairs == ()
    assert len(affinity(closeness, closeness, asked_in("dating")).pairs) == 2


@given(sets_of_answers())
def test_what_is_kept_reads_back_the_same(one):
    assert answers.from_dict(answers.to_dict(one)) == one


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["1", "2", "x"]), inner),
        max_leaves=8,
    )
)
def test_damaged_answers_read_as_none(raw):
    for number, answer in answers.from_dict(raw).items():
        assert answer.is_to(QUESTIONS[number])
