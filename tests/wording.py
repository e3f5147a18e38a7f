"""How well words of a crisis and what gives somebody away are noticed: `python -m tests.wording --json`.

Two kinds of lists: `listed` were used to write the phrases, so that every line is a test and fits; the others
never were, of which `roundabout` is what is said in a way of one's own. Recall is how much of what should be
noticed is noticed at all, precision how much of what is noticed should be.
"""

import sys
import time
from collections.abc import Iterable

from tests import ground

CRISIS = {
    "listed": "crisis.txt",
    "unseen": "crisis_unseen.txt",
    "held_out": "crisis_held_out.txt",
    "roundabout": "crisis_roundabout.txt",
}
NOTICING = {
    "listed": "noticing.txt",
    "unseen": "noticing_unseen.txt",
    "held_out": "noticing_held_out.txt",
}


def run() -> ground.Figures:
    from positivesocials.care.tests import listed

    figures: ground.Figures = {}
    for name, file in CRISIS.items():
        lines = listed.crisis_lines(file)
        pairs = [(sign, _signs(text)) for sign, _language, text in lines]
        figures |= _measured(f"crisis_{name}", pairs)
    for name, file in NOTICING.items():
        noticed = listed.noticing_lines(file)
        figures |= _measured(
            f"noticing_{name}", [(kinds, _kinds(text, pic)) for kinds, pic, _, text in noticed]
        )
    return figures | {"ms_for_100000_signs": _milliseconds()}


def _signs(text: str) -> str:
    from positivesocials.care.crisis import signs_in
    from positivesocials.care.tests import listed

    return listed.code_of(signs_in(text))


def _kinds(text: str, has_picture: bool) -> str:
    from positivesocials.care.noticing import findings_in

    return "+".join(sorted({str(one.kind) for one in findings_in(text, has_picture=has_picture)})) or "-"


def _measured(name: str, pairs: Iterable[tuple[str, str]]) -> ground.Figures:
    """`exact` counts the lines with the very sign that the list says."""
    pairs = list(pairs)
    right = sum(said != "-" and got != "-" for said, got in pairs)
    said = sum(said != "-" for said, _ in pairs)
    got = sum(got != "-" for _, got in pairs)
    return {
        f"{name}_lines": len(pairs),
        f"{name}_precision": round(right / got, 3) if got else 0,
        f"{name}_recall": round(right / said, 3) if said else 0,
        f"{name}_exact": round(sum(_same(one, other) for one, other in pairs) / len(pairs), 3),
    }


def _same(said: str, got: str) -> bool:
    return set(said.split("+")) == set(got.split("+"))


def _milliseconds() -> float:
    from positivesocials.care.selectors import look_over

    text = ("My name is not important, I was told last week and want to hear how others went on. " * 1300)[
        :100_000
    ]
    started = time.perf_counter()
    look_over(text)
    return round((time.perf_counter() - started) * 1000, 1)


if __name__ == "__main__":
    sys.exit(ground.measured(run))
