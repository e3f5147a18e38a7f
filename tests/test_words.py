"""The words that ship: person first. What a guide must have is in articles/tests/test_shipped_guides.py."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "positivesocials"
TEXTS = sorted(
    [
        *PACKAGE.glob("articles/content/guides/*.md"),
        *PACKAGE.glob("home/content/*.md"),
        *PACKAGE.glob("demo/content/*.json"),
        *PACKAGE.glob("profiles/c[hi]*.py"),
        PACKAGE / "matching/questions.py",
        *PACKAGE.glob("*/templates/**/*.html"),
    ]
)
SHAMING = re.compile(
    r"\b(infected|clean|dirty|victims?|sufferers?|carriers?|caught|aids virus|hiv/aids|full-blown"
    r"|at least it.?s not)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://[^\s\"]+")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_text_shames_anyone(path):
    assert SHAMING.findall(ADDRESS.sub("", path.read_text())) == []
