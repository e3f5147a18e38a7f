"""Guides in other languages: beside the original, mark for mark, read where they are published."""

import re

import pytest
from django.utils import translation

from positivesocials.articles import cards, finding, languages, selectors, services, translating, translations
from positivesocials.articles.models import GuideIndex, GuidePage
from positivesocials.articles.tests.factories import make_guide
from positivesocials.articles.translating import OPENING, SUMMARY, TITLE, Piece, Wording
from positivesocials.articles.translations import ChangedMeanwhile, Sent
from positivesocials.claims.loading import load_claims
from positivesocials.core.refusals import NotThere, Refused

pytestmark = pytest.mark.django_db
TEXT = """Before it all.

## In short

Tests are free.[^who_uu_2023]

::: warning
See a doctor.
:::

## Testing

{{table testing hiv}}

Most know after {{hiv.testing.1}}."""
WORDS = {
    TITLE: ("", "Una guía"),
    SUMMARY: ("", "De qué trata."),
    OPENING: ("", "Antes de todo."),
    "in-short": ("En resumen", "Son gratis.[^who_uu_2023]\n\n::: warning\nVe al médico.\n:::"),
    "testing": ("Pruebas", "{{table testing hiv}}\n\nSe sabe tras {{hiv.testing.1}}."),
}
OTHER = {"testing": ("Pruebas", "Pronto.[^made_up]")}


@pytest.fixture(autouse=True)
def in_english():
    """Whatever language a reader here asks for, the next test begins in this one."""
    with translation.override("en"):
        yield


@pytest.fixture
def guide():
    load_claims()
    return make_guide(text=TEXT, title="A guide", slug="a-guide")


def sent(guide, words=WORDS, *, code="es", same=(), **changes):
    page = selectors.translation_at_desk(guide, code)
    began = {
        "version": page.latest_revision_id if page else 0,
        "seen": translating.print_of(guide.wording),
        "words": [Piece(key, *each) for key, each in words.items()],
        "same": frozenset(same),
    }
    return Sent(**{**began, **changes})


def at_desk(guide):
    page = selectors.translation_at_desk(guide, "es")
    assert page
    return page


@pytest.fixture
def published(guide, edda):
    translations.save(edda, guide, "es", sent(guide))
    return translations.publish(edda, guide, "es")


def change(guide, **fields):
    for name, value in fields.items():
        setattr(guide, name, value)
    guide.save_revision().publish()
    return GuidePage.objects.get(pk=guide.pk)


def read(client, path="/guides/a-guide/", language="es"):
    return client.get(path, headers={"accept-language": language}).content.decode()


def test_a_draft_is_kept_and_nobody_reads_it(client, guide, edda):
    draft = translations.save(edda, guide, "es", sent(guide, {TITLE: ("", "Una guía")}))

    assert not draft.live
    assert "Una guía" not in read(client)
    assert at_desk(guide).title == "Una guía"
    assert client.get("/guides/a-guide/in/es/").status_code == 404


def test_only_editors_translate(guide, ada):
    with pytest.raises(NotThere):
        translations.save(ada, guide, "es", sent(guide))
    with pytest.raises(NotThere):
        translations.publish(ada, guide, "es")


def test_nothing_saved_cannot_be_published(guide, edda):
    with pytest.raises(Refused):
        translations.publish(edda, guide, "es")


def test_a_published_translation_is_read_in_its_language_at_the_same_address(client, published):
    page = read(client)

    assert '<h1 lang="es" dir="ltr">Una guía</h1>' in page
    assert '<h2 id="in-short">' in page
    assert "En resumen" in page
    assert "A guide</h1>" in read(client, language="ar")
    assert published.slug == "a-guide"


def test_each_language_has_an_address_of_its_own(client, published):
    assert "Una guía</h1>" in read(client, "/guides/a-guide/in/es/", "en")
    assert "A guide</h1>" in read(client, "/guides/a-guide/in/en/", "es")
    assert 'href="/guides/a-guide/in/en/" lang="en"' in read(client)
    assert 'href="/guides/a-guide/in/es/" lang="es"' in read(client, language="en")
    assert client.get("/guides/a-guide/in/xx/").status_code == 404


def test_search_engines_are_told_of_both(client, published):
    page = read(client)

    assert '<link rel="canonical" href="http://localhost:8000/guides/a-guide/in/es/">' in page
    assert set(re.findall(r'hreflang="(\w+)" href="([^"]+)"', page)) == {
        ("en", "http://localhost:8000/guides/a-guide/"),
        ("es", "http://localhost:8000/guides/a-guide/in/es/"),
    }


def test_lists_search_map_and_letters_have_it(client, published):
    assert "Una guía" in read(client, "/guides/")
    assert "Una guía" not in read(client, "/guides/", "en")
    assert "Antes de todo" in read(client, "/guides/all/")
    text = finding.guide_texts([str(published.pk)])[0]
    assert (text.language, text.url) == ("es", "/guides/a-guide/in/es/")
    assert "{#" not in text.headings
    assert "/guides/a-guide/in/es/" in [stand.path for stand in cards.stands()]
    assert {"en", "es"} == {card.language for card in cards.to_choose_from()}


def test_tables_speak_the_language_of_the_guide(client, published):
    parts = selectors.parts_of(published)

    assert [section.anchor for section in parts.sections] == ["in-short", "testing"]
    assert parts.sections[0].is_short


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"testing": ("Pruebas", "{{hiv.testing.1}}")}, "{{table testing hiv}}"),
        ({"testing": ("Pruebas", WORDS["testing"][1] + "[^who_uu_2023]")}, "[^who_uu_2023]"),
        ({"in-short": ("En resumen", "Son gratis.[^who_uu_2023]")}, "::: warning"),
        ({"in-short": ("En resumen", "")}, "“In short” is not translated yet"),
        ({OPENING: ("", "Before it all.")}, "“Before the first heading” is not translated yet"),
        ({SUMMARY: ("", "")}, "“Summary” is not translated yet"),
    ],
    ids=["missing", "invented", "box", "blank", "as it was", "no summary"],
)
def test_what_is_not_said_mark_for_mark_stays_a_draft_and_says_which(guide, edda, changes, told):
    translations.save(edda, guide, "es", sent(guide, {**WORDS, **changes}))

    with pytest.raises(Refused, match=re.escape(told)):
        translations.publish(edda, guide, "es")

    page = at_desk(guide)
    assert not page.live
    assert page.get_latest_revision() is not None


def test_the_rules_of_originals_hold_too(guide, edda):
    guide.kind, guide.conditions = "condition", ""
    guide.save()

    translations.save(edda, guide, "es", sent(guide))

    with pytest.raises(Refused, match="which condition"):
        translations.publish(edda, guide, "es")


def test_the_desk_refuses_what_the_page_refuses(published):
    published.text = "## En resumen {#in-short}\n\nSin nada."

    with pytest.raises(Refused, match="who_uu_2023"):
        published.save_revision().publish()


def test_readers_and_editors_learn_that_the_original_has_changed(client, guide, published):
    line = "ha cambiado desde que se tradujo"
    assert line not in read(client)

    guide = change(guide, text=TEXT.replace("Tests are free.", "Tests cost nothing."))

    assert line in read(client)
    assert line not in read(client, language="en")
    page = at_desk(guide)
    pairs, gone = translating.paired(guide.wording, page.wording, page.translated_from)
    assert [pair.key for pair in pairs if pair.has_changed] == ["in-short"]
    assert not gone


def test_a_changed_section_holds_once_its_words_change_or_an_editor_says_so(guide, published, edda):
    guide = change(guide, summary="Other.", text=TEXT.replace("Tests are free.", "Tests cost nothing."))
    words = {**WORDS, "in-short": ("En resumen", WORDS["in-short"][1].replace("gratis", "gratuitas"))}

    draft = translations.save(edda, guide, "es", sent(guide, words))
    assert translating.changed(guide.wording, draft.translated_from) == [SUMMARY]

    draft = translations.save(edda, guide, "es", sent(guide, words, same=[SUMMARY]))
    assert translating.changed(guide.wording, draft.translated_from) == []


def test_a_section_under_another_heading_keeps_its_words(guide, published):
    guide = change(guide, text=TEXT.replace("## Testing", "## Tests"))

    page = at_desk(guide)
    pairs, gone = translating.paired(guide.wording, page.wording, page.translated_from)

    assert [pair.words and pair.words.heading for pair in pairs][-1] == "Pruebas"
    assert pairs[-1].has_changed
    assert not gone


def test_words_whose_section_is_gone_are_shown(guide, published):
    guide = change(guide, text=TEXT[: TEXT.index("## Testing")])

    page = at_desk(guide)
    _pairs, gone = translating.paired(guide.wording, page.wording, page.translated_from)

    assert [piece.heading for piece in gone] == ["Pruebas"]


def test_with_the_original_its_translations_go_and_come_back(client, guide, published):
    guide.unpublish()
    assert client.get("/guides/a-guide/in/es/").status_code == 404
    assert not finding.guide_texts([str(published.pk)])

    guide.save_revision().publish()
    assert client.get("/guides/a-guide/in/es/").status_code == 200


def test_a_translation_bears_the_name_of_its_original(client, guide, published):
    change(guide, slug="other-name")

    assert "Una guía</h1>" in read(client, "/guides/other-name/")
    assert selectors.guide_in("other-name", "es").path_here == "/guides/other-name/in/es/"


def test_a_save_over_anothers_is_refused_by_name(guide, edda):
    old = sent(guide)
    translations.save(edda, guide, "es", sent(guide))

    with pytest.raises(ChangedMeanwhile, match=re.escape(edda.get_full_name() or "Somebody else")):
        translations.save(edda, guide, "es", old)


def test_a_save_beside_an_older_original_is_refused(guide, edda):
    old = sent(guide)
    guide = change(guide, summary="Other.")

    with pytest.raises(ChangedMeanwhile, match="original changed"):
        translations.save(edda, guide, "es", old)


def test_loading_the_shipped_guides_again_leaves_translations_alone(edda):
    services.load_guides()
    guide = GuidePage.objects.get(slug="first-days")
    translations.save(edda, guide, "es", sent(guide, {TITLE: ("", "Los primeros días")}))

    assert services.load_guides() == 0
    assert at_desk(guide).title == "Los primeros días"
    assert {index.locale.language_code for index in GuideIndex.objects.all()} == {"en", "es"}


def test_cut_and_joined_a_text_is_the_same(guide):
    pieces = Wording("", "", WORDS["testing"][1]).pieces() + guide.wording.pieces()[1:]

    again = Wording("", "", translating.joined(pieces)).pieces()

    assert again == pieces


def test_what_the_site_speaks_can_be_translated_into():
    assert languages.to_translate_into() == ["es", "ar"]


# The editors' pages.


@pytest.fixture
def desk(edda, signed_in):
    return signed_in(edda)


def form_of(desk, code="es"):
    form = desk.get(f"/translations/a-guide/{code}/").context["form"]
    return {name: form[name].value() for name in form.fields}


def filled(desk, words=WORDS, **more):
    named = {f"heading-{key}": heading for key, (heading, _body) in words.items() if heading}
    bodies = {f"body-{key}": body.replace("\n", "\r\n") for key, (_heading, body) in words.items()}
    return {**form_of(desk), **named, **bodies, **more}


def test_an_editor_saves_and_publishes(desk, client, guide):
    answer = desk.post("/translations/a-guide/es/", filled(desk), follow=True)
    assert "Saved as a draft" in answer.content.decode()
    assert "Una guía" not in read(client)

    answer = desk.post("/translations/a-guide/es/", filled(desk, publish="1"), follow=True)
    assert "Published." in answer.content.decode()
    assert "Una guía" in read(client)
    assert "Una guía" in desk.get("/translations/?in=es").content.decode()


def test_a_refused_publishing_keeps_the_draft_and_says_why(desk, guide):
    answer = desk.post(
        "/translations/a-guide/es/", filled(desk, {**WORDS, **OTHER}, publish="1"), follow=True
    )

    page = answer.content.decode()
    assert "Saved as a draft, and not published" in page
    assert "{{hiv.testing.1}} {{table testing hiv}}" in page
    assert "[^made_up]" in page
    assert "Pronto." in page


def test_of_two_editors_the_second_loses_no_word(desk, guide):
    old = filled(desk, {**WORDS, TITLE: ("", "Mi título")})
    desk.post("/translations/a-guide/es/", filled(desk, {**WORDS, TITLE: ("", "Su título")}))

    answer = desk.post("/translations/a-guide/es/", old)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mi título" in page
    assert "Su título" in page

    form = answer.context["form"]
    again = desk.post("/translations/a-guide/es/", {name: form[name].value() for name in form.fields})
    assert again.status_code == 302
    assert at_desk(guide).title == "Mi título"


def test_when_the_original_changes_meanwhile_no_word_is_lost(desk, guide):
    old = filled(desk)
    change(guide, text=TEXT[: TEXT.index("## Testing")])

    answer = desk.post("/translations/a-guide/es/", old)

    assert answer.status_code == 409
    assert "Son gratis." in answer.content.decode()
    assert "Se sabe tras" in answer.content.decode()


def test_a_heading_within_a_section_is_named(desk, guide):
    answer = desk.post(
        "/translations/a-guide/es/", filled(desk, {**WORDS, "testing": ("Pruebas", "A.\n## B\nC.")})
    )

    assert answer.status_code == 422
    assert "begins with ##" in answer.content.decode()


def test_arabic_is_written_from_right_to_left(desk, guide):
    page = desk.get("/translations/a-guide/ar/").content.decode()

    assert re.search(r'<textarea[^>]*name="body-testing"[^>]*dir="rtl"', page)


@pytest.mark.parametrize(
    "path", ["/translations/a-guide/en/", "/translations/a-guide/xx/", "/translations/no/es/"]
)
def test_what_cannot_be_translated_is_not_there(desk, guide, path):
    assert desk.get(path).status_code == 404


def test_the_list_asks_the_same_number_of_questions_however_long(desk, django_assert_max_num_queries):
    for _number in range(4):
        make_guide()

    with django_assert_max_num_queries(25):
        page = desk.get("/translations/?in=ar")
    assert "Not begun" in page.content.decode()
