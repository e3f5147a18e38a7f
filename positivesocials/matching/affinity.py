"""How well two sets of answers go together. Pure, integers only, symmetric by construction.

Over the questions that both answered visibly, and that matter to at least one of the two:

    satisfied(i) = what i's weights give for replies of j that i accepts / all of i's weights
    percent      = 100 * sqrt(satisfied(i) * satisfied(j)) - 100 / n        (never below 0)

A weight is 0, 1, 3 or 9 for irrelevant, a little, somewhat, very. Whoever weighs nothing is satisfied. `n` is
how many questions count: what few answers can say is damped, so that one question in common gives 0, two at
most 50, ten at most 90 per cent. The idea, two satisfactions joined by their geometric mean less a margin for
few questions, is that of OkCupid's match per cent as told by Christian Rudder ("Inside OkCupid: The math of
online dating", TED-Ed, 2013); the weights are our own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import isqrt

from positivesocials.matching.answers import WEIGHTS, Answer, Given, visible
from positivesocials.matching.questions import QUESTIONS

HEAVIEST = max(WEIGHTS.values())
DOUBT = HEAVIEST  # In the order: as if this much weight had been answered half to one's liking.


@dataclass(frozen=True)
class Pair:
    """One question that both answered, and whether either reply is welcome to the other."""

    number: int
    mine: Answer
    theirs: Answer

    @property
    def weights(self) -> tuple[int, int]:
        question = QUESTIONS[self.number]
        return self.mine.weight(question), self.theirs.weight(question)

    @property
    def welcome(self) -> tuple[bool, bool]:
        """Their reply to me, my reply to them. What weighs nothing is always welcome."""
        mine, theirs = self.weights
        return (
            not mine or self.theirs.reply in self.mine.accepts,
            not theirs or self.mine.reply in self.theirs.accepts,
        )

    @property
    def counts(self) -> bool:
        return any(self.weights)

    @property
    def suits(self) -> bool:
        return all(self.welcome)

    @property
    def is_same(self) -> bool:
        return self.mine.reply == self.theirs.reply

    @property
    def matters_to_both(self) -> bool:
        return self.weights == (HEAVIEST, HEAVIEST)


@dataclass(frozen=True)
class Affinity:
    """The questions that count, those that matter most first: the same list from both sides."""

    pairs: tuple[Pair, ...]

    @property
    def raised(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.suits]

    @property
    def lowered(self) -> list[Pair]:
        return [pair for pair in self.pairs if not pair.suits]

    @property
    def percent(self) -> int:
        if not self.pairs:
            return 0
        (got, whole), (got_too, whole_too) = self._satisfied(0), self._satisfied(1)
        joined = isqrt(100 * 100 * got * got_too // (whole * whole_too))
        margin = -(-100 // len(self.pairs))
        return max(0, joined - margin)

    @property
    def satisfied(self) -> tuple[float, float]:
        """How satisfied either side may be, from 0 to 1, as the order of a list weighs it: a half where
        nothing is known, and near it where little is."""
        (got, whole), (got_too, whole_too) = self._weighed(0), self._weighed(1)
        return (got + DOUBT / 2) / (whole + DOUBT), (got_too + DOUBT / 2) / (whole_too + DOUBT)

    def _satisfied(self, side: int) -> tuple[int, int]:
        got, whole = self._weighed(side)
        return (got, whole) if whole else (1, 1)

    def _weighed(self, side: int) -> tuple[int, int]:
        whole = sum(pair.weights[side] for pair in self.pairs)
        got = sum(pair.weights[side] for pair in self.pairs if pair.welcome[side])
        return got, whole


def affinity(mine: Given, theirs: Given, numbers: Collection[int]) -> Affinity:
    """Of these questions, those that both answered visibly. Nothing else takes part."""
    ours, others = visible(mine), visible(theirs)
    both = ours.keys() & others.keys() & set(numbers)
    pairs = (Pair(number, ours[number], others[number]) for number in both)
    return Affinity(tuple(sorted(filter(lambda pair: pair.counts, pairs), key=_order)))


def _order(pair: Pair) -> tuple[int, int]:
    return -sum(pair.weights), pair.number
