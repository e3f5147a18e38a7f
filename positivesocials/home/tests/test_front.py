import re

import pytest

from positivesocials.articles import services as articles
from positivesocials.core.models import Instance

pytestmark = pytest.mark.django_db
LEGAL = [
    "terms",
    "privacy",
    "sensitive-data",
    "rules",
    "limits",
    "accessibility",
    "imprint",
    "authority-requests",
    "security-contact",
    "how-we-count",
    "who-runs-this",
]


@pytest.fixture
def guides(db):
    articles.load_guides()


def text_of(response):
    return response.content.decode()


def test_the_first_page_has_three_doors_the_promise_and_the_letter(client):
    page = text_of(client.get("/"))

    for words in ("individuals and couples", "Read the guides", "Listen to the talk", "Join to meet people"):
        assert words in page
    assert "of 100,000 members" in page
    assert "All features are free until we reach 100,000 members" in page
    assert "Keep in touch with the community" in page
    assert "find your match" in page


def test_somebody_who_has_just_been_told_is_two_clicks_from_the_first_days_guide(client, guides):
    page = text_of(client.get("/"))

    assert "/guides/first-days/" in page
    assert client.get("/guides/first-days/").status_code == 200


@pytest.mark.parametrize("path", ["/", *(f"/{slug}/" for slug in LEGAL)])
def test_guests_pages_set_no_cookie_carry_no_token_and_have_one_heading(client, path, guides):
    response = client.get(path)

    assert response.status_code == 200
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in text_of(response)
    assert text_of(response).count("<h1") == 1


def test_the_footer_leads_to_everything_that_must_be_found(client):
    page = text_of(client.get("/"))

    for slug in LEGAL:
        assert f'href="/{slug}/"' in page
    assert "What you write stays yours." in page
    assert 'href="/help-now/"' in page


def test_health_data_privacy_has_a_link_of_its_own_on_the_first_page(client):
    page = text_of(client.get("/"))

    assert re.search(r'href="/sensitive-data/"[^>]*>\s*Consumer health data privacy\s*</a>', page)


def test_a_member_is_led_home(signed_in, ada):
    assert signed_in(ada).get("/").headers["Location"] == "/home/"


def test_home_shows_the_three_doors_and_hurries_nobody(signed_in, ada):
    page = text_of(signed_in(ada).get("/home/"))

    for path in ("/guides/", "/groups/", "/people/"):
        assert f'href="{path}"' in page
    assert "Ada" in page
    assert "No message waits" in page


def test_home_is_for_members(client):
    assert client.get("/home/").headers["Location"].startswith("/log-in/")


def test_a_legal_page_names_the_operator_as_words_only(client):
    Instance.objects.update(
        operator="The *Harbour* <b>Trust</b>",
        contact="hello@example.org",
        address="1 Quay\nArdmouth",
        country="GB",
    )

    page = text_of(client.get("/imprint/"))

    assert "The *Harbour* &lt;b&gt;Trust&lt;/b&gt;" in page
    assert 'href="mailto:hello@example.org"' in page
    assert "1 Quay<br" in page
    assert "United Kingdom" in page


def test_a_legal_page_says_what_is_not_filled_in(client):
    page = text_of(client.get("/terms/"))

    assert "[not filled in yet]" in page
    assert "have not filled in all their facts" in page


def test_no_placeholder_is_left_on_any_page(client):
    for slug in LEGAL:
        assert "{{" not in text_of(client.get(f"/{slug}/"))


def test_links_on_legal_pages_lead_somewhere(client, guides):
    for slug in LEGAL:
        page = text_of(client.get(f"/{slug}/")).partition("<main")[2].partition("</main>")[0]
        for path in set(re.findall(r'href="(/[^"#]*)"', page)):
            assert client.get(path).status_code == 200, path


def test_programs_can_read_who_runs_this_and_how_long_things_are_kept(client):
    Instance.objects.update(operator="The Harbour Trust", country="GB")

    facts = client.get("/.well-known/instance.json").json()

    assert facts["operator"]["name"] == "The Harbour Trust"
    assert facts["operator"]["country"] == "GB"
    assert facts["retention_seconds"]["guest_reply_address"] == 30 * 24 * 3600
    assert facts["retention_seconds"]["session_shared_device"] == 15 * 60
    assert facts["retention_seconds"]["audit_reasons"] == 183 * 24 * 3600
    assert facts["retention"]["audit_reasons"] == "183 days after it was given"
    assert facts["retention"]["audit_records"].startswith("until the operator removes the site")
    assert facts["end_to_end_encrypted"] is False


def test_security_txt_has_a_contact_and_an_end(client):
    Instance.objects.update(contact="hello@example.org")

    response = client.get("/.well-known/security.txt")

    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Contact: mailto:hello@example.org\n" in text_of(response)
    assert "\nExpires: 20" in text_of(response)


def test_colours_are_a_choice_that_only_the_browser_keeps(client):
    client.post("/colours/", {"theme": "dark", "next": "/terms/"})
    assert 'data-theme="dark"' in text_of(client.get("/terms/"))

    client.post("/colours/", {"theme": "as the device"})
    assert "data-theme" not in text_of(client.get("/terms/"))


def test_an_unknown_colour_never_reaches_the_page(client):
    client.cookies["t"] = '"><script>'

    assert "<script>" not in text_of(client.get("/"))


def test_a_language_is_chosen_without_an_account(client):
    response = client.post("/language/", {"language": "ar", "next": "/"})

    assert response.headers["Location"] == "/"
    assert '<html lang="ar" dir="rtl"' in text_of(client.get("/"))


def test_the_first_page_asks_little_of_the_database(client, guides, django_assert_max_num_queries):
    client.get("/")

    with django_assert_max_num_queries(8):
        client.get("/")
