"""A random life of people who like, part, block, link and leave, held against the rules in plain words.

A few hundred steps here, ten thousand by `python -m tests.life --json`.
"""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from positivesocials.matching.wishes import Wishes
from tests.life import acting, watching
from tests.life.machine import TOWNS, Life
from tests.life.model import MODES, Face, Model, Person

SHORT = settings(
    max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.django_db(databases="__all__")
def test_whatever_people_do_the_rules_hold():
    run_state_machine_as_test(Life, settings=SHORT)


@pytest.fixture
def two(db):
    """Two people who fit in both modes, on the site and in the model."""
    model = Model(timezone.localdate())
    for number, name in enumerate(("Vela0001", "Vela0002")):
        account, profile = acting.join(name, ())
        person = Person(account.pk, ("women",), 1980, ())
        face = Face(profile.pk, (person,), [name], TOWNS[number], (), {})
        model.people[person.id], model.faces[face.id] = person, face
        acting.say_of_oneself(face)
        for mode in MODES:
            face.wishes[mode] = Wishes(on=True)
            acting.wish(face, mode, face.wishes[mode])
    watching.everything(model)
    watching.pages_of(model, account.pk)
    return model


BREACHES = {
    "hidden and still expected": lambda one, other: acting.turns(one, "is_hidden", to=True),
    "a like that nobody said": lambda one, other: acting.likes(one, other.id, "dating", 0),
    "kept apart without a block": lambda one, other: acting.blocks(one.owners[0].id, [other.owners[0].id]),
    "looks elsewhere": lambda one, other: acting.wish(one, "friends", Wishes(on=True, kinds=("couple",))),
    "gone": lambda one, other: acting.is_gone(one.owners[0].id),
}


@pytest.mark.parametrize("how", BREACHES)
def test_what_happens_on_the_site_alone_is_noticed(two, how):
    BREACHES[how](*two.faces.values())

    with pytest.raises(AssertionError):
        watching.everything(two)


def test_a_name_that_nobody_has_any_more_is_noticed(two):
    one, other = two.faces.values()
    two.old_names.add(other.names[0])

    with pytest.raises(AssertionError):
        watching.pages_of(two, one.owners[0].id)
