import pytest
from django.urls import reverse

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
