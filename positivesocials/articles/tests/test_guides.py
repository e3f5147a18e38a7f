from datetime import date

import pytest
from django.utils import timezone

from positivesocials.articles import sections, services
from positivesocials.articles.models import GuidePage

PAPER = {
    "key": "who_1",
    "title": "A paper",
    "publisher": "WHO",
    "url": "https://who.example/1",
    "date": "2024",
}
OTHER = {**PAPER, "key": "cdc-2", "title": "A page", "url": ""}


@pytest.fixture
def guides(db):
    services.load_guides()


def test_loading_the_guides_twice_makes_five_once(db):
    assert services.load_guides() == 5
    assert services.load_guides() == 0
    assert GuidePage.objects.order_by("path").first().slug == "first-days"


def test_a_newer_text_of_a_guide_renews_it(guides):
    GuidePage.objects.filter(slug="hiv").update(fingerprint="older", title="Older")

    assert services.load_guides() == 1
    assert GuidePage.objects.get(slug="hiv").title != "Older"


def test_a_guide_that_an_editor_has_touched_is_left_alone(guides, edda):
    guide = GuidePage.objects.get(slug="hiv")
    guide.title = "As the editors want it"
    guide.save_revision(user=edda).publish()
    GuidePage.objects.filter(slug="hiv").update(fingerprint="older")

    assert services.load_guides() == 0
    assert GuidePage.objects.get(slug="hiv").title == "As the editors want it"


def test_marks_become_numbers_that_lead_to_their_sources():
    parts = sections.read("## In short\n\nB[^cdc-2], A.[^who_1] B again[^cdc-2].\n", [PAPER, OTHER])

    html = parts.sections[0].html
    assert [source.title for source in parts.sources] == ["A page", "A paper"]
    assert 'B<sup><a href="#source-1">1</a></sup>' in html
    assert 'A.<sup><a href="#source-2">2</a></sup>' in html
    assert html.count("#source-1") == 2


def test_a_mark_without_a_source_is_left_out():
    parts = sections.read("## In short\n\nA figure.[^nowhere]\n", [PAPER])

    assert "nowhere" not in parts.sections[0].html


def test_sections_are_cut_at_their_headings_and_know_their_place():
    parts = sections.read("Before.\n\n## In short\n\nA.\n\n### Smaller\n\n## When to get help now\n\nB.", [])

    assert "Before." in parts.opening
    assert [section.anchor for section in parts.sections] == ["in-short", "when-to-get-help-now"]
    assert parts.sections[0].is_short
    assert parts.sections[1].is_urgent


def test_hostile_markdown_renders_nothing_that_runs():
    text = "## In short\n\n<script>alert(1)</script> [a](javascript:alert(1)) ![b](https://x.example/i.png)\n"

    html = sections.read(text, []).sections[0].html

    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html


def test_a_guide_is_unreviewed_until_someone_says_so(client, guides):
    page = client.get("/guides/first-days/").content.decode()

    assert "Not yet medically reviewed" in page


def test_a_reviewed_guide_names_its_reviewer_and_both_dates(client, guides):
    GuidePage.objects.filter(slug="hiv").update(
        reviewer="Dr Oyelaran", reviewed_on=date(2026, 9, 4), review_due_on=date(2099, 9, 4)
    )

    page = client.get("/guides/hiv/").content.decode()

    assert "Dr Oyelaran" in page
    assert "4 September 2026" in page
    assert "4 September 2099" in page
    assert "Not yet medically reviewed" not in page


def test_an_overdue_guide_says_so(client, guides):
    GuidePage.objects.filter(slug="hiv").update(review_due_on=timezone.localdate().replace(year=2020))

    assert "has passed" in client.get("/guides/hiv/").content.decode()
    assert "Review overdue" in client.get("/guides/").content.decode()


def test_every_source_of_a_guide_is_a_plain_outward_link(client, guides):
    page = client.get("/guides/hiv/").content.decode()

    assert page.count('rel="noopener noreferrer external"') >= 10
    assert ' target="' not in page


def test_guides_are_read_without_cookie_or_token(client, guides):
    for path in ["/guides/", "/guides/first-days/", "/help-now/"]:
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.content


def test_an_unknown_guide_and_a_draft_are_the_same_404(client, guides):
    GuidePage.objects.get(slug="hiv").unpublish()

    assert client.get("/guides/hiv/").status_code == client.get("/guides/nothing/").status_code == 404
