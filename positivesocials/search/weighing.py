"""What a text is found by, and how much each word of it says: from 1 to 255, the same on every database.

The idea is BM25F (Robertson and Zaragoza, 2009) with a part for each field, so that a word in the title beats
any number of mentions in the text. Nothing depends on other documents: one that changes is weighed alone.
"""

from collections import Counter
from dataclasses import dataclass

from positivesocials.search import folding

TITLE, HEADINGS, SUMMARY, TEXT = 0.45, 0.18, 0.15, 0.22
USUAL_LENGTH = 400
HALF_AT = 2.0
MOST = 255
# Stored weights of an older rule are made anew: services.index_what_is_due.
RULE = 1


@dataclass(frozen=True)
class Fields:
    title: str
    headings: str
    summary: str
    text: str


def weigh(fields: Fields) -> dict[str, int]:
    """The weight of each term, little words too: they are looked for in names and phrases only."""
    title, headings, summary, text = (
        Counter(folding.terms(part)) for part in (fields.title, fields.headings, fields.summary, fields.text)
    )
    # A word says more in a short title; all but the first few words of a long one say little more.
    named = TITLE / (1 + 0.06 * max(0, sum(title.values()) - 2))
    half = HALF_AT * (0.4 + 0.6 * sum(text.values()) / USUAL_LENGTH)
    found: dict[str, int] = {}
    for term in title.keys() | headings.keys() | summary.keys() | text.keys():
        share = (
            named * (term in title)
            + HEADINGS * min(headings[term], 2) / 2
            + SUMMARY * (term in summary)
            + TEXT * text[term] / (text[term] + half)
        )
        found[term] = max(1, round(share * MOST))
    return found


def written(weights: dict[str, int]) -> str:
    return " ".join(f"{term} {weight}" for term, weight in sorted(weights.items()))
