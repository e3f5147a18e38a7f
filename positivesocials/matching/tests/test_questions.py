"""The questions themselves: enough of them, whole, about values and never about an infection."""

import json
import re
from pathlib import Path

import pytest

from positivesocials.matching import answers
from positivesocials.matching.answers import Answer, Importance
from positivesocials.matching.questions import QUESTIONS, THEMES, asked_in

EVERY = list(QUESTIONS.values())
CONDITIONS = Path(__file__).parents[2] / "claims/content/conditions.json"
ASKS_WHICH = re.compile(
    r"\b(infect\w*|diagnos\w*|positive|negative|status|viral|std|sti|stis)\b", re.IGNORECASE
)


def words_of(question):
    return " ".join(map(str, (question.topic, question.asked, *question.replies.values())))


def test_there_are_at_least_thirty_of_them_for_every_part_of_life():
    assert len(EVERY) >= 30
    assert {question.theme for question in EVERY} == set(THEMES)
    assert len(asked_in("friends")) >= 20


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.number)
def test_a_question_is_whole(question):
    replies = [str(reply) for reply in question.replies.values()]

    assert 2 <= len(set(replies)) == len(replies) <= 5
    assert str(question.asked).endswith("?")
    assert len(str(question.topic)) <= 30
    assert max(map(len, replies)) <= 60


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.number)
def test_a_question_asks_nobody_what_they_live_with(question):
    facts = json.loads(CONDITIONS.read_text())
    names = [condition["id"] for condition in facts["conditions"]]
    named = [
        name for name in names if re.search(rf"\b{re.escape(name)}\b", words_of(question), re.IGNORECASE)
    ]

    assert ASKS_WHICH.findall(words_of(question)) == named == []


def test_each_is_asked_once_and_named_once():
    assert [question.number for question in EVERY] == list(range(1, len(EVERY) + 1))
    assert len({str(question.asked) for question in EVERY}) == len(EVERY)
    assert len({str(question.topic) for question in EVERY}) == len(EVERY)


def test_answers_to_all_of_them_are_padded_to_the_same_length_as_one():
    longest = {
        n: Answer("a", frozenset(q.replies), Importance.VERY, is_visible=False) for n, q in QUESTIONS.items()
    }
    kept = json.dumps(answers.to_dict(longest), separators=(",", ":"))

    assert len(kept) < 2000
