import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from positivesocials.articles import services
from positivesocials.articles.guides import GUIDES
from positivesocials.articles.models import GuidePage
from positivesocials.articles.tests.factories import make_guide
from positivesocials.claims.changing import tell_every_process
from positivesocials.claims.loading import load_claims
from positivesocials.claims.models import Claim


@pytest.fixture
def guides(db):
    services.load_guides()


def test_loading_the_guides_twice_makes_each_once(db):
    assert services.load_guides() == len(list(GUIDES.glob("*.md")))
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


def test_a_guide_that_an_editor_took_out_stays_out(guides):
    guide = GuidePage.objects.get(slug="hiv")
    guide.unpublish()
    GuidePage.objects.filter(slug="hiv").update(fingerprint="older", title="Older")

    services.load_guides()
    services.settle_guides()

    guide.refresh_from_db()
    assert (guide.live, guide.is_held) == (False, False)
    assert guide.title != "Older"


def test_a_guide_is_unreviewed_until_someone_says_so(client, guides):
    page = client.get("/guides/first-days/").content.decode()

    assert "Not yet medically reviewed" in page


def test_a_reviewed_guide_names_its_reviewer_and_both_dates(client, guides):
    guide = GuidePage.objects.get(slug="hiv")
    guide.reviewer, guide.reviewed_text = "Dr Oyelaran", guide.text_hash
    guide.reviewed_on, guide.review_due_on = date(2026, 9, 4), date(2099, 9, 4)
    guide.save()

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


def test_guides_are_listed_by_kind_with_the_first_days_on_top(client, guides):
    page = client.get("/guides/").content.decode()

    assert (
        page.index("Just been told? Start here")
        < page.index(">Conditions</h2>")
        < page.index(">Sexual health</h2>")
    )


def test_a_figure_that_is_corrected_is_corrected_in_the_guide_at_once(client, db):
    load_claims()
    guide = make_guide(text="## A\n\nAfter {{hiv.testing.1}}.\n\n{{table testing hiv}}")
    before = Claim.objects.get(key="hiv.testing.1").value
    assert client.get(guide.path_here).content.decode().count(before) >= 2

    Claim.objects.filter(key="hiv.testing.1").update(value="77 days")
    tell_every_process()

    page = client.get(guide.path_here).content.decode()
    assert page.count("77 days") == 2


def test_a_guide_is_rendered_once_for_each_change(client, guides, django_assert_max_num_queries):
    client.get("/guides/hiv/")

    with django_assert_max_num_queries(12):
        assert client.get("/guides/hiv/").status_code == 200


def test_the_whole_library_is_one_file_that_asks_nobody_for_anything(client, guides):
    response = client.get("/guides/all/")

    page = response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="library.html"'
    assert len(response.content) < 2_000_000
    for guide in GuidePage.objects.live():
        assert f'id="{guide.slug}"' in page
    assert not re.findall(r"<(?:link|script|img|iframe)|url\(|@import", page)
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


def test_the_library_is_linked_from_the_list(client, guides):
    assert 'href="/guides/all/"' in client.get("/guides/").content.decode()


def test_no_guide_takes_the_address_of_the_library(db):
    with pytest.raises(ValidationError, match="taken by a page"):
        GuidePage(title="All", slug="all").clean()
