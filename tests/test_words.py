"""The words that ship: person first, and every figure with its source."""

import json
import re
import tomllib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "positivesocials"
GUIDES = sorted((PACKAGE / "articles/content/guides").glob("*.md"))
TEXTS = sorted(
    [
        *GUIDES,
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


def front_matter(path: Path) -> tuple[dict, str]:
    _start, head, body = path.read_text().split("+++\n", 2)
    return tomllib.loads(head), body


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_text_shames_anyone(path):
    assert SHAMING.findall(ADDRESS.sub("", path.read_text())) == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_lists_exactly_the_sources_that_it_marks(path):
    head, body = front_matter(path)

    listed = [source[0] for source in head["sources"]]

    assert listed == list(dict.fromkeys(re.findall(r"\[\^(\w+)\]", body)))


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_rests_only_on_sources_that_were_read(path):
    facts = json.loads((PACKAGE / "claims/content/conditions.json").read_text())
    head, _body = front_matter(path)

    unread = [id for id, *_rest in head["sources"] if not facts["sources"][id]["read_when_compiled"]]

    assert unread == []
    assert set(head["conditions"]) <= {condition["id"] for condition in facts["conditions"]}


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_lists_its_sections_in_order_and_ends_with_help(path):
    head, body = front_matter(path)

    headings = re.findall(r"^## (.+)$", body, re.MULTILINE)

    assert [heading for _anchor, heading in head["sections"]] == headings
    assert headings[0] == "In short"
    assert headings[-1] == "When to get help now"
