"""Two runs that bring exports in at the same time."""

import pytest

from positivesocials.articles.filing_models import Category
from positivesocials.articles.models import NewsIndex, NewsPage
from positivesocials.articles.shelves import shelf
from positivesocials.wordpress import services
from positivesocials.wordpress.tests.exports import export, post, term
from tests.moments import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def tree():
    shelf(NewsIndex, "news", "News")


def posts_with(number, tmp_path):
    path = tmp_path / f"{number}.xml"
    terms = term("category", "Town") + term("post_tag", "Evening")
    path.write_text(export(post(number, terms=terms, post_name="an-evening")))
    return path


def test_two_runs_at_once_with_new_posts_of_one_category_and_address_bring_in_both(tmp_path):
    one, two = posts_with(1, tmp_path), posts_with(2, tmp_path)

    with meanwhile(lambda: services.bring_in(two)) as second:
        first = services.bring_in(one)

    assert first.counts["posts"] == second.result().counts["posts"] == 1
    assert set(NewsPage.objects.values_list("slug", flat=True)) == {"an-evening", "an-evening-2"}
    assert Category.objects.get().name == "Town"


def test_two_runs_at_once_with_one_export_bring_it_in_once(tmp_path):
    path = posts_with(1, tmp_path)

    with meanwhile(lambda: services.bring_in(path)) as second:
        first = services.bring_in(path)

    assert (first.counts["posts"], second.result().counts["known"]) == (1, 1)
    assert NewsPage.objects.count() == 1


def test_the_second_of_two_runs_goes_on_beside_a_category_made_at_the_desk(tmp_path):
    path = posts_with(1, tmp_path)

    with meanwhile(lambda: services.bring_in(path)) as run:
        Category.objects.create(name="Town", slug="town")

    assert run.result().counts["posts"] == 1
