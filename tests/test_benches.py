"""Measurements measure what they say. How long things take is for `make bench`; what is done is for tests."""

from uuid import uuid4

import numpy as np
import pytest

from positivesocials.accounts.sessions import SessionStore
from positivesocials.bench import community, filling, frequencies, sealing
from positivesocials.bench.population import Knobs, NoSuchKnob
from positivesocials.feed.selectors import A_PAGE


@pytest.mark.django_db
def test_a_conversation_page_asks_for_its_keys_once_and_opens_each_thing_once():
    figures = sealing.run(messages=7, rounds=2)

    # Two keys are unwrapped; then the session, two names, seven messages and what the other shows are opened.
    assert (figures["key_queries"], figures["opens"]) == (1, 2 + 1 + 2 + 7 + 1)
    assert 0 < figures["share"] < 1


@pytest.mark.django_db
def test_sealing_is_not_measured_by_other_work_than_the_pages():
    class Idle(sealing.Page):
        """Opens less than its page does: the session only."""

        def opened_alone(self):
            return lambda: SessionStore(self.session_key).load() and None

    with pytest.raises(sealing.NotTheSame):
        sealing._same_number_of_opens(Idle(3))


@pytest.mark.django_db
def test_no_stored_value_or_length_tells_who_chose_what():
    figures = frequencies.run(members=300)

    assert figures["ciphertexts"] >= 5 * 300
    assert figures["equal_ciphertexts"] == 0
    # By luck the best of some hundred guesses about 150 people is right a little more often than half.
    assert figures["best_guess"] < 0.65


@pytest.mark.django_db
def test_a_community_that_was_filled_reads_like_one_that_was_written():
    made = filling.fill(members=20, groups=4, posts=60, seed=1)
    browser, _account = community._viewer(made, np.random.default_rng(1), 1)

    first = browser.get("/feed/").text
    (older,) = community.OLDER.findall(first)

    # Each text opens with its author's key, under its author's name.
    assert first.count('id="p-') == browser.get(f"/feed/?before={older}").text.count('id="p-') == A_PAGE
    assert first.count("<strong>") == A_PAGE
    assert "Someone who left" not in first


def test_a_length_that_tells_who_chose_what_is_found():
    answers = {uuid4(): number % 3 == 0 for number in range(200)}
    told = {pk: "221" if answer else "157" for pk, answer in answers.items()}
    silent = dict.fromkeys(answers, "2077")

    usual = sum(not answer for answer in answers.values()) / len(answers)

    assert frequencies.right(told, answers) == 1
    assert frequencies.right(silent, answers) == pytest.approx(usual, abs=0.02)


def test_a_share_of_the_invented_population_can_be_turned():
    turned = Knobs.turned(["metro=0.3", "reach=0,1,1,1,1,0,0"])

    assert (turned.metro, turned.reach[1], turned.couples) == (0.3, 0.25, Knobs().couples)


@pytest.mark.parametrize(
    "written", ["metro", "metro=", "metro=much", "town=3", "reach=1", "reach=0,0,0,0,0,0,0", "turned=1"]
)
def test_a_knob_that_is_not_there_is_refused_with_the_ones_that_are(written):
    with pytest.raises(NoSuchKnob, match=f"'{written}' turns no knob.*metro, rural"):
        Knobs.turned([written])
