"""A guide whose facts are gone is gone everywhere in the same moment, before any chore has run."""

import re

import pytest
import time_machine
from django.db.models import Max

from positivesocials.articles import cards, finding, languages, selectors, services
from positivesocials.articles.models import GuidePage
from positivesocials.articles.publishing import NEEDED
from positivesocials.articles.tests.factories import make_guide
from positivesocials.claims import services as claims
from positivesocials.claims.loading import load_claims
from positivesocials.claims.models import Claim
from positivesocials.search import services as search
from positivesocials.search.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(edda):
    load_claims()
    text = "## In short\n\nLook for marigolds.\n\n## Tests\n\n{{table testing hiv}}"
    return make_guide(title="Marigold", slug="marigold", text=text, kind="condition", about="hiv")


def withdraw(editor, **which):
    for claim in Claim.objects.filter(**which).exclude(state="withdrawn"):
        claims.withdraw(editor, claim.pk, version=claim.version, reason="Not so.")


@pytest.fixture
def take_ground(edda):
    return lambda: withdraw(edda, subject="hiv", topic__in=NEEDED)


def translated(guide, code="es"):
    languages_of_site = guide.locale.__class__.objects
    other = guide.copy_for_translation(
        languages_of_site.get_or_create(language_code=code)[0], copy_parents=True
    )
    GuidePage.objects.filter(pk=other.pk).update(live=True, slug=guide.slug)
    return GuidePage.objects.get(pk=other.pk)


@pytest.mark.parametrize("path", ["/guides/", "/guides/all/", "/sitemap.xml"])
def test_no_list_file_or_map_leads_to_a_guide_whose_facts_were_withdrawn(client, guide, take_ground, path):
    other = make_guide(title="Another")
    assert "marigold" in client.get(path).content.decode()

    take_ground()

    assert client.get(guide.path_here).status_code == 404
    page = client.get(path).content.decode()
    assert "marigold" not in page
    assert other.slug in page or "Another" in page


def test_no_page_names_a_translation_that_cannot_be_opened(client, edda):
    load_claims()
    original = make_guide(title="Marigold", slug="marigold")
    other = translated(original)
    GuidePage.objects.filter(pk=other.pk).update(kind="condition", conditions="hiv")
    assert 'hreflang="es"' in client.get(original.path_here).content.decode()

    withdraw(edda, subject="hiv", topic__in=NEEDED)

    page = client.get(original.path_here).content.decode()
    assert client.get(other.path_here).status_code == 404
    assert "hreflang" not in page


def test_a_translation_leaves_with_the_facts_of_its_original(client, guide, take_ground):
    other = translated(guide)
    GuidePage.objects.filter(pk=other.pk).update(kind="sexual-health", conditions="")
    assert client.get(other.path_here).status_code == 200

    take_ground()

    assert client.get(other.path_here).status_code == 404
    assert selectors.guides_in_every_language() == []
    assert cards.by_key([cards.key_of(other)]) == {}


def test_facts_that_expire_overnight_take_their_guide_along(client, guide):
    last = Claim.objects.filter(subject="hiv", topic__in=NEEDED).aggregate(day=Max("expires_on"))

    with time_machine.travel(last["day"], tick=False):
        assert client.get(guide.path_here).status_code == 404
        assert guide.path_here not in client.get("/sitemap.xml").content.decode()
        assert languages.readable().count() == 0


def test_the_search_finds_no_guide_whose_facts_were_withdrawn(client, guide, take_ground):
    make_guide(title="Marigold days")
    search.index_what_is_due()
    assert guide.path_here in client.get("/search/?q=marigold").content.decode()

    take_ground()

    page = client.get("/search/?q=marigold").content.decode()
    assert f'href="{guide.path_here}"' not in page
    assert finding.guide_lines([str(guide.pk)]) == []
    assert Document.objects.exclude(terms="").count() == 1


def test_a_guide_whose_facts_are_confirmed_again_is_found_again(guide, edda, take_ground):
    search.index_what_is_due()
    take_ground()
    claim = Claim.objects.get(key="hiv.testing.1")

    claims.confirm(edda, claim.pk, version=claim.version)
    search.index_what_is_due()

    assert "marigolds" in Document.objects.get(source_id=str(guide.pk)).text


def indexed(guide):
    return Document.objects.get(source_id=str(guide.pk)).text


def test_the_search_holds_what_the_page_prints(guide, edda):
    text = (
        "## In short\n\nDaisies are common.\n\n- It shows after {{hiv.signs}}, when tulips bloom.\n- Roses."
    )
    GuidePage.objects.filter(pk=guide.pk).update(text=text)
    withdraw(edda, key="hiv.signs")
    search.rebuild()
    assert "Roses" in indexed(guide)
    assert "tulips" not in indexed(guide)

    claim = Claim.objects.get(key="hiv.signs")
    claims.confirm(edda, claim.pk, version=claim.version)
    search.index_what_is_due()
    assert f"after {claim.value}" in indexed(guide)


def test_words_of_a_sentence_that_falls_away_are_found_no_more(guide, edda):
    text = "## In short\n\nDaisies.\n\nIt shows after {{hiv.signs}}, when tulips bloom."
    GuidePage.objects.filter(pk=guide.pk).update(text=text)
    other = make_guide(title="Another")
    claim = Claim.objects.get(key="hiv.signs")
    claims.confirm(edda, claim.pk, version=claim.version)
    search.rebuild()
    search.index_what_is_due()
    untouched = Document.objects.get(source_id=str(other.pk)).number
    assert "tulips" in indexed(guide)

    withdraw(edda, key="hiv.signs")
    search.index_what_is_due()

    assert "tulips" not in indexed(guide)
    assert Document.objects.get(source_id=str(other.pk)).number == untouched


def test_what_is_held_and_what_comes_back_in_one_moment_is_seen_at_once(client, guide):
    other = make_guide(title="Cornflower", live=False)
    assert "Cornflower" not in client.get("/guides/").content.decode()

    GuidePage.objects.filter(pk=guide.pk).update(live=False)
    GuidePage.objects.filter(pk=other.pk).update(live=True)

    assert "Cornflower" in client.get("/guides/").content.decode()


def test_a_corrected_fact_is_a_change_of_the_pages_that_print_it(client, edda):
    load_claims()
    guide = make_guide(text="## In short\n\nAfter {{hiv.testing.1}}.", slug="marigold")
    drawn = make_guide(text="## In short\n\n{{table testing hiv}}", slug="daisy")
    other = make_guide(slug="rose")
    claim = Claim.objects.select_related("source").get(key="hiv.testing.1")

    with time_machine.travel("2027-03-04", tick=False):
        claims.confirm(edda, claim.pk, version=claim.version)
        found = client.get("/sitemap.xml").content.decode()
        page = client.get(guide.path_here).content.decode()

    for each in (guide, drawn):
        assert re.search(rf"{each.path_here}</loc><lastmod>2027-03-04", found)
    assert not re.search(rf"{other.path_here}</loc><lastmod>2027", found)
    assert '"dateModified": "2027-03-04' in page


def test_settling_follows_what_readers_see(guide, take_ground):
    take_ground()
    services.settle_guides()

    guide.refresh_from_db()
    assert (guide.live, guide.is_held) == (False, True)


def test_readers_of_other_languages_are_led_to_the_address_that_answers_each(client, guide):
    assert "x-default" not in client.get(guide.path_here).content.decode()
    other = translated(guide)

    for page in (guide, other):
        html = client.get(page.path_here).content.decode()
        found = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', html))
        assert found.keys() == {"en", "es", "x-default"}
        assert found["x-default"] == found["en"] == f"http://localhost:8000{guide.path_here}"


LINKS = (
    "## In short\n\nAsk [about **marigolds**](/guides/marigold/), [their tests](/guides/marigold/#tests) or "
    "[elsewhere](/guides/marigold/in/es/). See [daisies](/guides/daisy/), [all](/guides/all/), "
    "[one that never was](/guides/rose/) and [help](/help-now/)."
)


def links_in(client, path):
    page = client.get(path).content.decode()
    (said,) = re.findall(r"<p>(Ask .*?)</p>", page)
    return said


@pytest.mark.parametrize("path", ["/guides/reader/", "/guides/all/"])
def test_words_that_led_to_a_guide_stay_without_a_link_while_it_is_held_back(
    client, guide, edda, take_ground, path
):
    make_guide(slug="reader", text=LINKS)
    make_guide(slug="daisy")
    before = links_in(client, path)
    assert re.findall(r"<a [^>]*>(.*?)</a>", before) == [
        *("about <strong>marigolds</strong>", "their tests", "daisies", "all", "help")
    ]

    take_ground()

    said = links_in(client, path)
    assert re.findall(r"<a [^>]*>(.*?)</a>", said) == ["daisies", "all", "help"]
    assert "Ask about <strong>marigolds</strong>, their tests or elsewhere." in said

    claim = Claim.objects.get(key="hiv.testing.1")
    claims.confirm(edda, claim.pk, version=claim.version)
    assert links_in(client, path) == before


def test_a_link_to_a_translation_stands_while_that_is_there(client, guide):
    make_guide(slug="reader", text=LINKS)
    other = translated(guide)
    assert ">elsewhere</a>" in links_in(client, "/guides/reader/")

    GuidePage.objects.filter(pk=other.pk).update(live=False)

    assert ">elsewhere</a>" not in links_in(client, "/guides/reader/")
