"""Words that betray what this site is about, where others may see them: titles, subjects, addresses."""

import re
from functools import cache
from pathlib import Path

TERMS = Path(__file__).with_name("banned_terms.txt")


@cache
def pattern() -> re.Pattern[str]:
    lines = (line.strip() for line in TERMS.read_text(encoding="utf-8").splitlines())
    terms = [line for line in lines if line and not line.startswith("#")]
    words = [re.escape(t[:-1]) + r"\w*" if t.endswith("*") else re.escape(t) + r"\b" for t in terms]
    return re.compile(r"\b(?:" + "|".join(words) + ")", re.IGNORECASE)


def telling_words(text: str) -> list[str]:
    return pattern().findall(text)
