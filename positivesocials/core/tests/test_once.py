"""A page asks each question once; whatever changes something asks anew."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from positivesocials.core.once import AskOnce, once, reading

asked: list[str] = []


@once
def neighbour_of(name: str) -> str:
    asked.append(name)
    return f"next to {name}"


@pytest.fixture(autouse=True)
def nothing_asked():
    asked.clear()


def answers_during(method: str) -> None:
    def view(request):
        neighbour_of("Ada")
        neighbour_of("Ada")
        neighbour_of(name="Ben")
        return HttpResponse()

    AskOnce(view)(RequestFactory().generic(method, "/"))


def test_a_page_asks_once_for_each_answer():
    answers_during("GET")
    assert asked == ["Ada", "Ben"]


def test_what_changes_something_asks_each_time():
    answers_during("POST")
    assert asked == ["Ada", "Ada", "Ben"]


def test_no_answer_outlives_its_page():
    answers_during("GET")
    answers_during("GET")
    assert asked == ["Ada", "Ben"] * 2


def test_outside_of_pages_nothing_is_kept():
    assert [neighbour_of("Ada"), neighbour_of("Ada")] == ["next to Ada"] * 2
    assert asked == ["Ada", "Ada"]


def test_an_error_leaves_nothing_behind():
    def fail(name: str) -> None:
        with reading():
            raise LookupError(neighbour_of(name))

    with pytest.raises(LookupError):
        fail("Ada")
    neighbour_of("Ada")
    assert asked == ["Ada", "Ada"]
