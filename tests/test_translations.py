"""What the interface says in other languages: all of it, with every placeholder, compiled, person first."""

import ast
import gettext
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from positivesocials.core.telling import telling_words

PACKAGE = Path(__file__).resolve().parent.parent / "positivesocials"
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
STRING = re.compile(r'^(?:(msg\w+(?:\[\d\])?) )?(".*")$', re.MULTILINE)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]|\{\w*\}|<[^>]+>")
TITLE = re.compile(r'block title %}{% translate "([^"]+)" %}')
SHAMING = {
    "es": r"\b(infectad[oa]s?|contagi\w+|limpi[oa]s?|suci[oa]s?|víctimas?|portador\w*|padec\w+|sufr\w+)\b",
    "ar": r"المصاب|مصابون|ضحية|ضحايا|حامل الفيروس|حاملي الفيروس|ملوث",
}


@dataclass(frozen=True)
class Entry:
    """One thing to say, and how it is said."""

    said: dict[str, str]
    is_fuzzy: bool

    @property
    def words(self) -> list[str]:
        return [text for name, text in self.said.items() if name.startswith("msgstr")]

    @property
    def originals(self) -> list[str]:
        return [self.said[name] for name in ("msgid", "msgid_plural") if name in self.said]

    @property
    def compiled(self) -> dict[str | tuple[str, int], str]:
        context = f"{self.said['msgctxt']}\x04" if "msgctxt" in self.said else ""
        key = context + self.said["msgid"]
        if "msgid_plural" not in self.said:
            return {key: self.said["msgstr"]}
        return {(key, number): text for number, text in enumerate(self.words)}


def entry_of(block: str) -> Entry:
    said: dict[str, str] = {}
    name = ""
    for begun, quoted in STRING.findall(block):
        name = begun or name
        said[name] = said.get(name, "") + ast.literal_eval(quoted)
    return Entry(said, is_fuzzy=re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE) is not None)


def catalogue(language: str, ending: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"django.{ending}"


def entries(language: str) -> list[Entry]:
    blocks = catalogue(language, "po").read_text(encoding="utf-8").split("\n\n")
    return [entry_of(block) for block in blocks if re.search(r"^msgid ", block, re.MULTILINE)]


def marks(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def keeps_its_marks(entry: Entry) -> bool:
    """A plural form may say its number in a word; nothing else may be missing, and nothing new may come."""
    allowed = [marks(text) for text in entry.originals]
    if len(allowed) == 1:
        return all(marks(text) == allowed[0] for text in entry.words)
    return all(set(marks(text)) <= set(allowed[1]) for text in entry.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_and_has_been_checked(language):
    _header, *said = entries(language)

    assert len(said) > 1000
    assert [entry.originals[0] for entry in said if entry.is_fuzzy or not all(entry.words)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_and_tag_is_kept(language):
    _header, *said = entries(language)

    assert [entry.originals[0] for entry in said if not keeps_its_marks(entry)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    _header, *said = entries(language)
    written = {key: text for entry in said for key, text in entry.compiled.items()}
    with catalogue(language, "mo").open("rb") as file:
        compiled = vars(gettext.GNUTranslations(file))["_catalog"]
    del compiled[""]

    assert compiled == written


@pytest.mark.parametrize("language", SHAMING)
def test_no_translation_shames_anyone(language):
    shaming = re.compile(SHAMING[language], re.IGNORECASE)

    assert [text for entry in entries(language) for text in entry.words if shaming.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_stay_neutral_in_every_language(language):
    titles = {title for page in PACKAGE.rglob("*.html") for title in TITLE.findall(page.read_text())}
    said = {entry.originals[0]: entry.words[0] for entry in entries(language)}

    assert len(titles) > 50
    assert [said[title] for title in titles if telling_words(said[title])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_names_its_own_language(language):
    header = entries(language)[0]

    assert f"Language: {language}\n" in header.words[0]
    assert "charset=UTF-8" in header.words[0]
