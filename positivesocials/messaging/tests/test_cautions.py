"""What warns a reader, and before what a writer is asked once: every line of the two lists."""

import time
from pathlib import Path

import pytest

from positivesocials.messaging.cautions import caution_in
from positivesocials.messaging.unkind import may_hurt


def lines(name):
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [tuple(line.split(" | ", 1)) for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("kind", "text"), lines("cautions.txt"))
def test_a_reader_is_warned_of_what_the_list_says(kind, text):
    assert (caution_in(text) or "-") == kind


@pytest.mark.parametrize(("kind", "text"), lines("unkind.txt"))
def test_a_writer_is_asked_before_what_the_list_says(kind, text):
    assert ("ask" if may_hurt(text) else "-") == kind


def test_the_lists_are_long_enough_to_mean_something():
    assert len(lines("cautions.txt")) >= 150
    assert len(lines("unkind.txt")) >= 80


@pytest.mark.parametrize("part", ["a ", "you ", "send me ", "!", "i will ", "+1 ", "أرسل لي ", "my my ", "ﷺ"])
def test_no_text_takes_long(part):
    started = time.process_time()

    caution_in(part * (4000 // len(part)))
    may_hurt(part * (4000 // len(part)))

    assert time.process_time() - started < 1
