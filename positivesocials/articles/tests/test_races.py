"""News that is published in the same moment."""

from datetime import date

import pytest

from positivesocials.articles import arrivals, services
from positivesocials.articles.filing_models import Category, Tag
from positivesocials.articles.models import NewsIndex, NewsPage
from positivesocials.articles.shelves import shelf
from tests.moments import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def tree():
    """What Wagtail's migrations made is gone after a test that was really saved."""
    shelf(NewsIndex, "news", "News")


def publish(standfirst="One.", category="Town"):
    told = {"title": "An evening", "standfirst": standfirst, "category": category}
    return services.publish_news(paragraphs=["So it was."], published_on=date(2026, 1, 1), **told)


def test_one_category_that_is_made_twice_at_once_is_one():
    with meanwhile(lambda: services.category_named("Town")) as second:
        first = services.category_named("Town")

    assert second.result() == first == Category.objects.get()


def test_one_tag_that_is_made_twice_at_once_is_one():
    with meanwhile(lambda: arrivals.tag_named("Evening")) as second:
        first = arrivals.tag_named("Evening")

    assert second.result() == first == Tag.objects.get()


def test_news_of_one_headline_at_once_have_addresses_of_their_own():
    with meanwhile(lambda: publish("Two.")) as second:
        first = publish()

    assert (first.slug, second.result().slug) == ("an-evening", "an-evening-2")


def test_the_same_text_published_twice_at_once_is_one():
    with meanwhile(publish) as second:
        first = publish()

    assert second.result() == first == NewsPage.objects.get()


def test_many_who_publish_the_first_news_of_all_at_once_share_one_shelf():
    NewsIndex.objects.all().delete()

    assert at_once(*[lambda number=number: publish(str(number)) for number in range(4)]) == []

    assert NewsIndex.objects.count() == 1
    assert len(set(NewsPage.objects.values_list("slug", flat=True))) == 4
