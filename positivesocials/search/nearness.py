"""Words that are a slip of the finger apart."""

from collections.abc import Iterable

SHORTEST = 4
LONG = 6


def allowed(word: str) -> int:
    """How many slips a word of this length may have and still be told from others."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < LONG else 2


def distance(one: str, other: str, *, most: int) -> int:
    """Letters to add, drop, change or swap with a neighbour; `most + 1` if it is more than `most`.

    Optimal string alignment (Damerau 1964).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        row = [at]
        for there, sign in enumerate(other, start=1):
            cost = min(last[there] + 1, row[-1] + 1, last[there - 1] + (letter != sign))
            if at > 1 and there > 1 and letter == other[there - 2] and one[at - 2] == sign:
                cost = min(cost, before[there - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words with the fewest slips from `word`, if those are few enough; none for short words."""
    most = allowed(word)
    if not most:
        return []
    letters = set(word)
    found: dict[int, list[str]] = {}
    for other in known:
        # Each slip takes at most one letter away and brings at most one new.
        if abs(len(other) - len(word)) > most or len(letters.symmetric_difference(other)) > 2 * most:
            continue
        away = distance(word, other, most=most)
        if away <= most:
            found.setdefault(away, []).append(other)
    return sorted(found[min(found)]) if found else []
