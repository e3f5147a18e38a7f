"""Other words, slips of the finger, and what is never offered."""

import pytest

from positivesocials.articles.tests.factories import make_news
from positivesocials.core.refusals import Refused
from positivesocials.search import asking, index, selectors, services
from positivesocials.search.models import WordGroup
from positivesocials.search.tests.factories import make_guide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guides():
    make_guide(title="Gonorrhoea", slug="gonorrhoea", text="It is treated with an injection.")
    make_guide(title="Chlamydia", slug="chlamydia", text="Often there are no signs.")
    make_guide(title="Scabies", slug="scabies", text="Small mites that itch.")
    services.load_words()
    services.index_what_is_due()


def found(words: str, language: str = "en"):
    return selectors.found(None, words=words, kind="", category="", page=1, language=language)


def first(words: str) -> str:
    hits = found(words).hits
    return hits[0].url if hits else ""


@pytest.mark.parametrize("words", ["clap", "the clap", "Gonorrea", "gonorhea", "السيلان", "GONORRHEA"])
def test_who_looks_for_one_word_finds_what_says_another(words):
    assert first(words) == "/guides/gonorrhoea/"


@pytest.mark.parametrize("words", ["STD", "ITS", "undetectable", "I=I"])
def test_a_word_that_is_a_little_one_in_another_language_finds_nothing_by_itself(words):
    make_guide(title="Windows", slug="windows", text="A window and its limits: I think it helps.")
    make_guide(title="Stigma", slug="stigma", text="Many have an STI. With HIV, U=U.")
    services.index_what_is_due()

    assert [hit.url for hit in found(words).hits] == ["/guides/stigma/"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("scabeis", "scabies"), ("injektion", "injection"), ("chlamydeia", "chlamydia")]
)
def test_a_slip_is_set_right_and_said_so(typed, meant):
    answer = found(typed)

    assert answer.hits
    assert answer.instead == meant


def test_the_beginning_of_a_word_is_enough():
    assert first("chlam") == "/guides/chlamydia/"
    assert selectors.suggested(words="sca", language="en")[0].url == "/guides/scabies/"


def test_no_misspelling_is_ever_offered():
    # In the list with a mark, and in a news post that nobody proofread.
    make_news(title="About gonorhoea and scabbies", paragraphs=["Scabbies, scabbies."])
    services.index_what_is_due()
    wrong = index.current().groups.wrong_words | {"gonorhoea", "scabbies"}

    for typed in ("gonorhoe", "scabbie", "scabbis", "gonorhhoea", "clamydya", "klamydi"):
        question = asking.understand(typed, index.current())
        assert not wrong & set((question.instead + " " + question.offered).split())


def test_a_rare_word_that_is_near_a_right_one_offers_it():
    make_news(title="A scabbies story")
    services.index_what_is_due()
    WordGroup.objects.filter(shipped="scabies").update(words="")
    services.add_words("rose, tulip")

    answer = found("scabbies")

    assert answer.offered == "scabies"
    assert answer.hits[0].kind == "news"


def test_editors_change_what_means_the_same_at_once():
    group = services.add_words("injection, needle in the bottom")
    assert first("needle in the bottom") == "/guides/gonorrhoea/"

    services.remove_words(group)

    assert first("needle in the bottom") == ""


def test_what_editors_changed_no_update_brings_back():
    group = WordGroup.objects.get(shipped="gonorrhoea")
    services.remove_words(group)

    assert services.load_words() == 0
    assert first("clap") == ""


@pytest.mark.parametrize("words", ["one", " , ,", "~wrong, ~worse"])
def test_a_group_needs_two_words_and_one_of_them_right(words):
    with pytest.raises(Refused):
        services.add_words(words)


@pytest.mark.parametrize(
    "words", ["", " ", "?!", "the", "x" * 5000, "\x00", "'; drop table", "<b>" * 30, "%%"]
)
def test_whatever_is_typed_is_answered(words):
    assert found(words).page == 1
    assert isinstance(selectors.suggested(words=words, language="en"), list)


def test_what_says_all_of_it_comes_before_what_says_some():
    make_guide(title="Itching", slug="itching", text="Mites, an injection: many reasons.")
    services.index_what_is_due()

    assert first("itching mites injection") == "/guides/itching/"


def test_the_readers_language_comes_first_and_others_stay():
    urls = [hit.url for hit in found("chlamydia", "es").hits]

    assert urls == ["/guides/chlamydia/"]


def test_marks_that_turn_the_line_stay_out_of_the_words(db):
    assert services.add_words("rose, \u202etulip").words == "rose, tulip"
