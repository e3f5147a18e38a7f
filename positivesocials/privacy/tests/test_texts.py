"""What people agreed to is never changed under them."""

from pathlib import Path

import pytest

from positivesocials.privacy import texts
from positivesocials.privacy.models import Purpose

COMMITTED = Path(__file__).parent / "wordings.txt"


def committed() -> dict[str, str]:
    lines = (line.rsplit(" ", 1) for line in COMMITTED.read_text().splitlines() if line)
    return dict(lines)


def rewritten(held: dict[str, str], wordings) -> list[str]:
    """Wordings that no longer say what was committed, have gone, or were never committed."""
    now = texts.fingerprints(wordings)
    return sorted(name for name in held.keys() | now.keys() if held.get(name) != now.get(name))


def test_every_wording_says_what_it_said_when_it_was_committed():
    """A changed wording is a new version: add it to texts.py, and its line to wordings.txt."""
    assert rewritten(committed(), texts.TEXTS) == []


def test_a_changed_a_lost_and_an_unknown_wording_are_each_seen():
    lost = {key: text for key, text in texts.TEXTS.items() if key != ("push", "1")}

    assert rewritten(committed(), {**texts.TEXTS, ("circles", "1"): "Other words."}) == ["circles 1"]
    assert rewritten(committed(), lost) == ["push 1"]
    assert rewritten(committed(), {**texts.TEXTS, ("circles", "3"): "New words."}) == ["circles 3"]


@pytest.mark.parametrize("purpose", Purpose.values)
def test_every_purpose_has_its_words(purpose):
    assert texts.current(purpose)
    assert texts.ASKED[purpose]
    assert texts.REMOVES[purpose]
