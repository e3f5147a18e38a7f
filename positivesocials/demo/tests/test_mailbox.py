import pytest
from django.urls import reverse
from django.utils import timezone

from positivesocials.articles import services as articles
from positivesocials.core.models import Instance
from positivesocials.newsletter import services as newsletter

pytestmark = pytest.mark.django_db


def test_mails_are_shown_newest_first_with_links_that_work(demo, client):
    newsletter.ask("first@example.org")
    newsletter.ask("second@example.org")

    page = client.get(reverse("demo:mailbox")).content.decode()

    assert page.index("second@example.org") < page.index("first@example.org")
    assert page.count("/letter/confirm/") >= 2
    assert '<a href="http://' in page


def test_an_empty_mailbox_says_how_mails_come_about(demo, client):
    page = client.get(reverse("demo:mailbox")).content.decode()

    assert "No mail yet" in page


def test_what_a_mail_quotes_is_not_markup(demo, client):
    newsletter.ask("<b>@example.org")

    assert "<b>@" not in client.get(reverse("demo:mailbox")).content.decode()


@pytest.mark.parametrize(("process", "data"), [(False, True), (True, False)])
def test_there_is_no_mailbox_outside_a_demo(demo, client, settings, process, data):
    settings.DEMO = process
    Instance.objects.update(is_demo=data)

    assert client.get(reverse("demo:mailbox")).status_code == 404


def test_a_guest_who_replied_is_shown_where_their_link_is(demo, client):
    day = timezone.localdate()
    news = articles.publish_news(
        title="Evenings", category="Services", standfirst="Late.", paragraphs=["Text."], published_on=day
    )
    words = {"name": "Jo", "address": "jo@example.org", "text": "Thanks", "client_key": "1"}

    path = reverse("articles:reply-to-news-as-guest", args=[news.slug])
    page = client.post(path, words, follow=True).content.decode()

    assert "nothing is mailed" in page
    assert "jo@example.org" in client.get(reverse("demo:mailbox")).content.decode()
