"""Two small numbers are learned from decisions, between people who agreed to it, and go with the yes."""

from datetime import timedelta

import numpy as np
import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from positivesocials.matching import learning, selectors
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.compat import Bias
from positivesocials.matching.engine.learning import BOUND, ENOUGH, Decided, learn
from positivesocials.matching.models import NOT_NOW_FOR, Learned, Said
from positivesocials.privacy import services as privacy
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile

PAGE = "/people/order/"


def decisions(random, appeal, choosy, count):
    people = len(appeal)
    pairs = np.unique(random.integers(0, people, (count, 2)), axis=0)
    by, about = pairs[pairs[:, 0] != pairs[:, 1]].T
    chance = 1 / (1 + np.exp(-(appeal[about] - choosy[by] - 0.5)))
    return Decided(by, about, (random.random(len(by)) < chance).astype(np.float64))


def test_what_was_planted_is_found():
    random = np.random.default_rng(4)
    appeal, choosy = random.normal(0, 0.7, (2, 400))

    found = learn(decisions(random, appeal, choosy, 16_000), 400)

    assert np.corrcoef(found[0], appeal)[0, 1] > 0.8
    assert np.corrcoef(found[1], choosy)[0, 1] > 0.8


def test_what_was_learned_foretells_decisions_better_than_chance():
    random = np.random.default_rng(5)
    truth = random.normal(0, 0.7, (2, 400))
    appeal, choosy = (each / 16 for each in learn(decisions(random, truth[0], truth[1], 6_000), 400))
    later = decisions(random, truth[0], truth[1], 6_000)

    foretold = appeal[later.about] - choosy[later.by]

    liked, unliked = foretold[later.yes == 1], foretold[later.yes == 0]
    assert (liked[:, None] > unliked).mean() > 0.6


def test_the_same_decisions_teach_the_same():
    decided = decisions(np.random.default_rng(6), np.zeros(50), np.zeros(50), 900)

    one, other = (learn(decided, 50) for _ in range(2))

    assert [each.tobytes() for each in one] == [each.tobytes() for each in other]


def test_one_sided_decisions_stay_within_bounds():
    everyone = np.arange(1, 500)
    decided = Decided(np.zeros(499, dtype=np.int64), everyone, np.zeros(499))

    appeal, choosy = learn(decided, 500)

    assert abs(int(choosy[0])) <= BOUND
    assert not appeal[1:].any()


def test_nothing_teaches_nothing():
    nothing = Decided(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))

    assert [each.tolist() for each in learn(nothing, 3)] == [[0, 0, 0], [0, 0, 0]]


@pytest.fixture
def crowd(meets, make_member):
    """A dozen people who meet in both modes, and have agreed to nothing."""
    return [meets(make_member(f"Gus{number}"), dating={}) for number in range(12)]


def agree(*people):
    for me in people:
        privacy.give_consent(me.profile.account, purpose="learning")


def say(me, other, said=Said.LIKE, mode="dating"):
    if said == Said.LIKE:
        matching.like(me.profile.account, me, other.profile.pk, mode=mode)
    else:
        matching.set_aside(me.profile.account, me, other.profile.pk, mode=mode, said=said)


def numbers_of(me):
    return Me(Profile.objects.get(pk=me.profile.pk)).side.learned


@pytest.fixture
def decided(crowd):
    """Seven like the first and not the second; nobody has agreed yet."""
    for me in crowd[5:]:
        say(me, crowd[0])
        say(me, crowd[1], Said.NOT_NOW)
    return crowd


def test_without_consent_nothing_is_learned(decided):
    learning.learn_from_decisions()

    assert not Learned.objects.exists()


def test_who_is_liked_is_learned_in_that_mode_alone(decided):
    agree(*decided)

    learning.learn_from_decisions()

    assert numbers_of(decided[0]).keys() == {"dating"}
    assert numbers_of(decided[0])["dating"].appeal > 0 > numbers_of(decided[1])["dating"].appeal


def test_decisions_of_somebody_who_did_not_agree_teach_nothing(decided):
    agree(*decided[: 5 + ENOUGH - 1])

    learning.learn_from_decisions()

    assert numbers_of(decided[0]) == {}


def test_nothing_is_learned_of_somebody_who_did_not_agree(decided):
    agree(*decided[1:])

    learning.learn_from_decisions()

    assert numbers_of(decided[0]) == {}
    assert numbers_of(decided[1])


@pytest.mark.parametrize("said", [Said.LATER, "undone"])
def test_what_is_no_yes_and_no_no_teaches_nothing(crowd, said):
    agree(*crowd)
    for me in crowd[5:]:
        say(me, crowd[0], Said.NOT_NOW if said == "undone" else said)
        if said == "undone":
            matching.undo(me, crowd[0].profile.pk, mode="dating")

    learning.learn_from_decisions()

    assert not Learned.objects.exists()


def test_parting_is_nobodys_no(crowd):
    agree(*crowd)
    for me in crowd[5:]:
        say(me, crowd[0])
        say(crowd[0], me)
        matching.unmatch(me, crowd[0].profile.pk, mode="dating")

    learning.learn_from_decisions()

    assert not Learned.objects.exists()


def test_what_is_older_than_90_days_teaches_nothing_any_more(decided):
    agree(*decided)
    learning.learn_from_decisions()

    with time_machine.travel(timezone.now() + NOT_NOW_FOR + timedelta(days=1)):
        learning.learn_from_decisions()

    assert not Learned.objects.exists()


def test_learning_again_from_the_same_changes_nobody(decided):
    agree(*decided)
    learning.learn_from_decisions()
    before = list(Profile.objects.order_by("pk").values_list("pk", "facet_version"))

    learning.learn_from_decisions()

    assert list(Profile.objects.order_by("pk").values_list("pk", "facet_version")) == before


def test_taking_the_yes_back_removes_the_numbers_and_their_weight_at_once(decided):
    viewer, loved = decided[2], decided[0]
    agree(*decided)
    plain = selectors.in_order(selectors.around(viewer, "dating"))
    learning.learn_from_decisions()
    assert selectors.in_order(selectors.around(viewer, "dating"))[0] == loved.profile.pk

    for me in decided[:2]:
        privacy.withdraw_consent(me.profile.account, purpose="learning")

    assert not Learned.objects.filter(profile__in=[me.profile.pk for me in decided[:2]]).exists()
    assert numbers_of(loved) == {}
    Learned.objects.all().delete()
    for me in decided:
        profiles.mark_changed(me.profile)
    assert selectors.in_order(selectors.around(viewer, "dating")) == plain


def test_taking_the_yes_back_takes_its_decisions_out_of_others_numbers(
    decided, django_capture_on_commit_callbacks
):
    agree(*decided[: 5 + ENOUGH])
    learning.learn_from_decisions()
    assert numbers_of(decided[0])

    with django_capture_on_commit_callbacks(execute=True):
        privacy.withdraw_consent(decided[5].profile.account, purpose="learning")
    assert DBTaskResult.objects.filter(task_path__endswith="learn_again").exists()
    learning.learn_again.call()

    assert numbers_of(decided[0]) == {}


def test_numbers_that_were_computed_before_the_yes_was_taken_back_are_not_kept(decided):
    profile = decided[0].profile

    learning.keep(profile, {"dating": Bias(3, 4)})

    assert not Learned.objects.exists()


@pytest.fixture
def joint(meets, couple, eli, fern, crowd):
    """Eli and Fern as a couple that seven agreed people like."""
    both = meets(couple(eli, fern), dating={})
    agree(*crowd)
    for me in crowd[5:]:
        say(me, both)
    return both


def test_of_a_couple_both_partners_agree(joint, eli, fern):
    privacy.give_consent(eli, purpose="learning")
    learning.learn_from_decisions()
    assert numbers_of(joint) == {}

    privacy.give_consent(fern, purpose="learning")
    learning.learn_from_decisions()
    assert numbers_of(joint)

    privacy.withdraw_consent(eli, purpose="learning")
    assert numbers_of(joint) == {}


def test_a_couple_that_ends_leaves_no_numbers(joint, eli, fern):
    for partner in (eli, fern):
        privacy.give_consent(partner, purpose="learning")
    learning.learn_from_decisions()

    profiles.end_couple(eli, joint.profile.link_id)
    learning.learn_from_decisions()

    assert not Learned.objects.filter(profile=joint.profile).exists()


def test_an_account_that_goes_takes_its_numbers_along(decided):
    agree(*decided)
    learning.learn_from_decisions()

    decided[0].profile.account.delete()

    assert not Learned.objects.filter(profile=decided[0].profile.pk).exists()


def test_numbers_are_sealed_and_all_of_one_length(decided):
    agree(*decided)
    learning.learn_from_decisions()

    stored = Learned.objects.values_list("numbers", flat=True)

    assert len(stored) > 1
    assert len({len(bytes(value)) for value in stored}) == 1
    assert not any(b"dating" in bytes(value) for value in stored)


def test_the_page_explains_and_switches_on_and_off(crowd, signed_in):
    account = crowd[0].profile.account
    browser = signed_in(account)
    assert "I agree, switch it on" in browser.get(PAGE).content.decode()

    answer = browser.post("/consents/learning/give/", {"next": PAGE})
    assert answer.url == PAGE
    assert privacy.has_consent(account, purpose="learning")
    assert "Take it back" in browser.get(PAGE).content.decode()

    browser.post("/consents/learning/withdraw/", {"next": PAGE})
    assert not privacy.has_consent(account, purpose="learning")


def test_nobody_is_shown_what_was_learned(decided, signed_in):
    agree(*decided)
    viewer, other = decided[2], decided[0]
    person = f"/people/{other.profile.pk}/?in=d"
    browser = signed_in(viewer.profile.account)
    before = browser.get(person).content.decode()

    learning.learn_from_decisions()

    assert numbers_of(other)
    assert (
        browser.get(person).content.decode().partition("<main")[2].partition("csrf")[0]
        == (before.partition("<main")[2].partition("csrf")[0])
    )
