"""How often somebody says yes, and how often others say yes to them: two small numbers a person.

The chance of a yes is taken as logistic in `base + appeal of the one shown - choosiness of the one who
decides`: the model of G. Rasch ("Probabilistic models for some intelligence and attainment tests", 1960),
with both sides held near nought as in ridge logistic regression (S. le Cessie and J. C. van Houwelingen,
"Ridge estimators in logistic regression", Applied Statistics 41, 1992). Whoever decided little stays near
nought, and from hardly anything nothing is learned. Solved by Newton steps for one side at a time, because
given the other each number stands alone. The same decisions in the same order give the same numbers.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
I8 = npt.NDArray[np.int8]
I64 = npt.NDArray[np.int64]

STEPS = 16  # Of one logit.
BOUND = 2 * STEPS  # As much as answers can move a chance either way, and no more.
NEAR = 4.0  # How strongly numbers are held to nought: as if they deviate by half a logit.
ENOUGH = 5  # Decisions; from fewer nothing is learned, so that no number is one person's word.
ROUNDS = 20


@dataclass(frozen=True)
class Decided:
    """n decisions. `by`, `about` (int64) are numbers of people, `yes` (float64) is 1 or 0. All (n,)."""

    by: I64
    about: I64
    yes: F64


def learn(decided: Decided, people: int) -> tuple[I8, I8]:
    """Appeal and choosiness of each in sixteenths of a logit. Both int8 of shape (people,)."""
    base, appeal, choosy = 0.0, np.zeros(people), np.zeros(people)
    for _round in range(ROUNDS):
        surplus, weight = _surplus(decided, base, appeal, choosy)
        base += _step(surplus.sum() - base, weight.sum() + 1)
        surplus, weight = _surplus(decided, base, appeal, choosy)
        appeal += _moved(decided.about, surplus, weight, appeal)
        surplus, weight = _surplus(decided, base, appeal, choosy)
        choosy += _moved(decided.by, -surplus, weight, choosy)
    return _small(appeal, decided.about), _small(choosy, decided.by)


def _surplus(decided: Decided, base: float, appeal: F64, choosy: F64) -> tuple[F64, F64]:
    """By how much each decision was more of a yes than expected, and how much it can tell."""
    chance = 1 / (1 + np.exp(-(base + appeal[decided.about] - choosy[decided.by])))
    return decided.yes - chance, chance * (1 - chance)


def _moved(whose: I64, surplus: F64, weight: F64, now: F64) -> F64:
    slope = np.bincount(whose, weights=surplus, minlength=len(now)) - NEAR * now
    bend = np.bincount(whose, weights=weight, minlength=len(now)) + NEAR
    return np.clip(slope / bend, -1, 1)


def _step(slope: float, bend: float) -> float:
    return float(np.clip(slope / bend, -1, 1))


def _small(found: F64, whose: I64) -> I8:
    counted = np.bincount(whose, minlength=len(found))
    small = np.clip(np.rint(found * STEPS), -BOUND, BOUND).astype(np.int8)
    return np.where(counted >= ENOUGH, small, np.int8(0))
