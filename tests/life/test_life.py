"""A random life of people who like, part, block, link and leave, held against the rules in plain words.

A few hundred steps here, ten thousand by `python -m tests.life --json`.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.life.machine import Life

SHORT = settings(
    max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.django_db(databases="__all__")
def test_whatever_people_do_the_rules_hold():
    run_state_machine_as_test(Life, settings=SHORT)


@pytest.mark.django_db(databases="__all__")
def test_a_match_that_outlives_a_like_would_be_noticed(monkeypatch):
    """A site that forgets to end matches when somebody parts."""
    monkeypatch.setattr("positivesocials.matching.services._end", lambda match: None)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(Life, settings=settings(SHORT, max_examples=60))
