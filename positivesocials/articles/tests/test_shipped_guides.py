"""The guides that ship: each has its sections, reads easily, and rests on sources and claims that exist."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from positivesocials.claims.seed import seeds, sheet

GUIDES = Path(__file__).resolve().parent.parent / "content" / "guides"
FILES = sorted(GUIDES.glob("*.md"))
KINDS = {"condition", "sexual-health", "relationships"}
SHORT, NOW = "In short", "When to get help now"
OF_A_CONDITION = [
    SHORT,
    "What it is",
    "How it passes",
    "Signs",
    "Testing",
    "Treatment",
    "Telling partners",
    "Living with it",
    NOW,
]
TOPICS = {
    "sexual-health": {
        "first-days",
        "testing",
        "living-together",
        "dating",
        "stigma",
        "condoms",
        "prep",
        "pep",
        "doxy-pep",
        "vaccines",
        "undetectable",
        "pregnancy",
        "your-rights",
        "finding-care",
        "supporting-someone",
        "shared-computer",
    },
    "relationships": {
        "telling-a-partner",
        "consent",
        "boundaries",
        "trust",
        "several-partners",
        "break-up",
        "controlling-partner",
    },
}
HARDEST_GRADE = 8.0
WORDS = range(500, 901)
# What a guide may link to besides the guides that ship.
PAGES = {"/", "/guides/", "/help-now/", "/news/"}

# Figures in these are about this site, and not about health.
ABOUT_THE_SITE = {"shared-computer"}

MARK = re.compile(r"\[\^([^\]]*)\]")
NAMED = re.compile(r"\{\{([^{}]*)\}\}")
DIRECTIVE = re.compile(r"^(table|list|window) +([a-z0-9_ -]+)$")
TABLES = {"testing", "treatment", "partners", "numbers"}
LISTS = {"u-equals-u", "news"}
LINK = re.compile(r"\[([^\]^][^\]]*)\]\(([^)\s]+)\)")
BULLET = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
DIGIT = re.compile(r"\d")
NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
SPAN = r"(?:minutes|hours|days|weeks|months|years|doses|times|percent)"
# A figure in words: "three days", "1 in 5", "about half", "twice". One day or one week is a way of speaking.
IN_WORDS = re.compile(
    rf"\b(?:{NUMBER} {SPAN}|(?:one|{NUMBER}) (?:in|of|out of) {NUMBER}|half|(?:a|one) (?:third|quarter) of"
    r"|twice)\b",
    re.IGNORECASE,
)
# Of daily life and no figure about health.
DAILY = re.compile(
    r"\b(ten minutes outside|after two years|ask why three times|twice this year|eat half|hear you twice"
    r"|Two months later, read it|read the leaflet twice|used twice|some people twice|ten times a day|cut half"
    r"|think twice|you are one of two|half an hour on Sunday)\b",
    re.IGNORECASE,
)
# Whom a claim counts, and when: the words before it.
WHOM = re.compile(r"\b(aged \d+ to \d+|under 50 with|among men over 15|that began in 2022, by 2024)\b")
# Figures that are names and not claims: viruses and their types, vaccines, numbers to call, clock hours.
NAMES = re.compile(
    r"\b(HSV-[12]|virus type 1|HTLV-[12]|HIV-[12]|HPV(?: types?)?(?: \d+(?:,| and| or)?)+|4CMenB|B12|CD4"
    r"|COVID-19|(?:112|911|999|000|111)\b|24/7)"
)
SPELLED_OUT = re.compile(r"(?:an )?STD")
HARSH = re.compile(
    r"\b(suffer(?:s|ed|ing|ers?)?|promiscu\w+|unprotected|sleep(?:s|ing)? around|innocent|guilty|prostitut\w+"
    r"|high-risk (?:people|groups?)|your own fault|should have known|non-?complian\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Guide:
    front: dict
    body: str

    @property
    def sections(self) -> list[str]:
        return re.findall(r"^## +(.+?) *$", self.body, re.MULTILINE)

    @property
    def lines(self) -> Iterator[str]:
        """Each paragraph and list item; a text keeps them on one line each."""
        return (line for line in self.body.splitlines() if line.strip() and not line.startswith("#"))

    @property
    def named(self) -> list[str]:
        return [inner.strip() for inner in NAMED.findall(self.body)]


def read(path: Path) -> Guide:
    before, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert not before.strip()
    return Guide(tomllib.loads(front), body)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request) -> Path:
    return request.param


@pytest.fixture
def guide(path) -> Guide:
    return read(path)


def plain(line: str) -> str:
    """The words of a line as they are read: no marks, claims, addresses or signs of Markdown."""
    words = LINK.sub(r"\1", NAMED.sub("", MARK.sub("", line)))
    return re.sub(r"[*_>`#]", "", BULLET.sub("", words)).strip()


def syllables(word: str) -> int:
    """An estimate: runs of vowels, without a silent e at the end."""
    word = word.lower()
    spoken = (
        word if word == "herpes" else re.sub(r"(?:[^laeiouysxzcgh]es|[^laeiouy]e|[^tdaeiouy]ed)$", "", word)
    )
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def grade(guide: Guide) -> float:
    """Flesch and Kincaid's reading grade. A list item ends a sentence, as a full stop does."""
    texts = [text for line in guide.lines if (text := plain(line))]
    sentences = [
        part for text in texts for part in re.split(r"[.!?]+(?:\s|$)", text) if re.search(r"\w", part)
    ]
    words = [word for text in texts for word in re.findall(r"[A-Za-z]+(?:['’][a-z]+)?", text)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize(
    ("word", "count"), [("test", 1), ("herpes", 2), ("virus", 2), ("table", 2), ("treated", 2), ("passed", 1)]
)
def test_syllables_are_counted_about_right(word, count):
    assert syllables(word) == count


def test_the_grade_tells_hard_words_from_plain_ones():
    hard = "Epidemiological considerations necessitate interdisciplinary consultation regarding treatment."
    plain_words = "A test can tell. Go to the clinic today, and take a friend with you."

    assert grade(Guide({}, hard)) > 16
    assert grade(Guide({}, plain_words)) < 4


def test_every_condition_of_the_sheet_has_one_guide():
    told = [id for file in FILES for id in read(file).front["conditions"]]

    assert sorted(told) == sorted(condition["id"] for condition in sheet()["conditions"])


def test_the_library_has_its_topics():
    kinds = {file.stem: read(file).front["kind"] for file in FILES}

    for kind, topics in TOPICS.items():
        assert {slug for slug, told in kinds.items() if told == kind} == topics


def test_the_first_days_say_early_what_to_do_first():
    assert read(GUIDES / "first-days.md").sections[1] == "What do I do first"


def test_no_guide_is_a_dead_end(guide):
    assert any(address.startswith("/guides/") for _text, address in LINK.findall(guide.body))


def test_a_guide_says_who_wrote_it_what_kind_it_is_and_when_it_is_due(path, guide):
    front = guide.front
    assert front["slug"] == path.stem
    assert front["title"]
    assert 20 <= len(front["summary"]) <= 250
    assert front["written_by"] == "PositiveSocials"
    assert isinstance(front["review_due_on"], date)
    assert front["kind"] in KINDS
    assert set(front["conditions"]) <= {condition["id"] for condition in sheet()["conditions"]}
    assert bool(front["conditions"]) is (front["kind"] == "condition")


def test_a_guide_brings_no_reviewer_and_no_list_that_the_text_already_is(guide):
    assert guide.front.keys().isdisjoint({"reviewed", "reviewer", "reviewed_on", "sources", "sections"})


def test_a_guide_has_its_sections(guide):
    if guide.front["kind"] == "condition":
        assert guide.sections == OF_A_CONDITION
    assert guide.sections[0] == SHORT
    assert guide.sections[-1] == NOW
    assert len(set(guide.sections)) == len(guide.sections)


def test_no_section_is_empty(guide):
    texts = re.split(r"^## .+$", guide.body, flags=re.MULTILINE)[1:]

    assert all(text.strip() for text in texts)


def test_a_guide_is_neither_thin_nor_endless(guide):
    assert sum(len(plain(line).split()) for line in guide.lines) in WORDS


def test_a_guide_reads_at_grade_eight_or_lower(guide):
    assert grade(guide) <= HARDEST_GRADE


def test_a_guide_marks_only_sources_that_were_read(guide):
    known = {key for key, source in sheet()["sources"].items() if source["read_when_compiled"]}
    extra = {source["key"] for source in guide.front.get("extra_sources", [])}

    assert set(MARK.findall(guide.body)) <= known | extra


def test_a_source_of_its_own_is_whole_used_and_not_in_the_sheet(guide):
    for source in guide.front.get("extra_sources", []):
        assert source.keys() - {"year"} == {"key", "title", "publisher", "url"}  # Many a page has no year.
        assert re.match(r"https?://", source["url"])
        assert source["key"] not in sheet()["sources"]
        assert f"[^{source['key']}]" in guide.body


def test_a_guide_names_only_claims_and_blocks_that_exist(guide):
    keys = {seed.key for seed in seeds()}
    known = {(seed.topic, seed.subject) for seed in seeds()}

    unknown = [inner for inner in guide.named if inner not in keys and not is_block(inner, known)]

    assert unknown == []


def is_block(inner: str, known: set[tuple[str, str]]) -> bool:
    directive = DIRECTIVE.match(inner)
    if not directive:
        return False
    words = directive[2].split()
    if directive[1] == "window":
        return bool(words) and all(("testing", word) in known for word in words)
    topics = TABLES if directive[1] == "table" else LISTS
    return len(words) == 2 and words[0] in topics and tuple(words) in known


def test_a_block_stands_on_a_line_alone(guide):
    for line in guide.lines:
        if any(DIRECTIVE.match(inner.strip()) for inner in NAMED.findall(line)):
            assert NAMED.fullmatch(line.strip()), line


def test_a_claim_that_may_fall_away_takes_nothing_else_along(guide):
    for line in guide.lines:
        named = len(NAMED.findall(line))
        assert named <= 1, line
        assert not (named and MARK.search(line)), line


def has_figure(line: str) -> bool:
    bare = plain(line)
    for told in (NAMES, DAILY, *([WHOM] if NAMED.search(line) else [])):
        bare = told.sub("", bare)
    return bool(DIGIT.search(bare) or IN_WORDS.search(bare))


@pytest.mark.parametrize(
    "line",
    [
        "It is taken for 28 days.[^cdc_npep_2025]",
        "It has to start within three days.",
        "More than 1 in 5 adults has it.",
        "One in three men has it.",
        "It lowers the risk by about half.",
        "The chance is about three times as high.",
        "It is given twice a year.",
    ],
)
def test_a_figure_is_seen_in_digits_and_in_words(line):
    assert has_figure(line)


@pytest.mark.parametrize(
    "line", ["1. HSV-2 is a virus.", "In danger, call 112.", "Types such as HPV 16 and 18.", "Think twice."]
)
def test_a_name_or_a_step_is_no_figure(line):
    assert not has_figure(line)


def test_a_figure_about_health_is_printed_by_a_claim(guide):
    """It is corrected once for every guide: a source beside a figure in prose is not enough."""
    if guide.front["slug"] in ABOUT_THE_SITE:
        pytest.skip("Its figures are about this site.")
    told = [guide.front["title"], guide.front["summary"], *guide.sections]

    assert [line for line in [*guide.lines, *told] if has_figure(line)] == []


def test_sti_is_spelled_out_where_it_is_first_named(guide):
    text = " ".join(plain(line) for line in guide.lines)
    if first := re.search(r"\bSTIs?\b", text):
        assert re.match(r"(?:, or STIs?)? \(also called (?:an )?STDs?\)", text[first.end() :])


def test_no_word_of_a_guide_judges(guide):
    assert HARSH.findall(guide.body) == []


def test_links_lead_to_guides_that_ship_or_pages_that_exist(guide):
    anchors = {"#" + re.sub(r"[^\w]+", "-", heading.lower()).strip("-") for heading in guide.sections}
    guides = {f"/guides/{file.stem}/" for file in FILES}

    for _text, address in LINK.findall(guide.body):
        assert address in anchors | guides | PAGES, address


def test_a_guide_says_where_to_call_when_it_gets_dark(guide):
    assert "/help-now/" in guide.body.rsplit("## " + NOW, 1)[1]
