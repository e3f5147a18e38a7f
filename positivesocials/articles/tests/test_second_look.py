"""The look over a reply before it is posted, and the help that is shown for what it says."""

import logging

import pytest
from django.apps import apps
from django.utils import timezone

from positivesocials.articles.tests.factories import make_news
from positivesocials.care import services as care
from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import OutgoingMail
from positivesocials.replies.models import Reply

ALIAS = {"voice": "alias", "alias": "Quiet Heron", "salt": "00ff00ff00ff00ff", "client_key": "k"}
NUMBER = "Call me on 07700 900123 tonight"
HEAVY = "Since the test I want to die"


@pytest.fixture
def news(db, settings):
    settings.DEMO = True
    return make_news(published_on=timezone.localdate())


def reply(browser, news, text, **sent):
    return browser.post(f"{news.path_here}reply/", {"text": text, **ALIAS, **sent})


def test_a_number_brings_the_page_back_with_the_words_kept(news, signed_in, ada):
    page = reply(signed_in(ada), news, NUMBER)

    assert page.status_code == 428
    assert NUMBER in page.text
    assert "phone number" in page.text
    assert "“<bdi>07700 900123</bdi>”" in page.text
    assert "Post it anyway" in page.text
    assert not Reply.objects.exists()


def test_the_writer_decides(news, signed_in, ada):
    assert reply(signed_in(ada), news, NUMBER, sure="on").status_code == 302

    assert Reply.objects.get().text == NUMBER


def test_words_that_were_mended_go_without_another_question(news, signed_in, ada):
    browser = signed_in(ada)
    reply(browser, news, NUMBER)

    assert reply(browser, news, "Write to me here").status_code == 302


def test_a_guest_is_asked_as_well_and_can_go_on(news, client):
    guest = {"name": "Jo", "address": "jo@example.org", "client_key": "one"}
    path = f"{news.path_here}reply/guest/"

    page = client.post(path, {**guest, "text": NUMBER})
    assert (page.status_code, Reply.objects.count()) == (428, 0)
    assert 'value="jo@example.org"' in page.text

    assert client.post(path, {**guest, "text": NUMBER, "sure": "on"}).status_code == 302
    assert Reply.objects.count() == 1


def test_a_change_is_looked_over_too(news, signed_in, ada):
    browser = signed_in(ada)
    reply(browser, news, "Hello")
    path = f"/replies/{Reply.objects.get().pk}/edit/"

    assert browser.post(path, {"text": NUMBER}).status_code == 428
    assert browser.post(path, {"text": NUMBER, "sure": "on"}).status_code == 302


def test_the_number_of_a_helpline_is_nobodys(news, signed_in, ada):
    assert reply(signed_in(ada), news, "Call 1737 or 03 9999, or 0808 2000 247").status_code == 302


def test_words_of_a_crisis_are_posted_and_help_is_shown_to_their_writer_at_once(news, signed_in, ada):
    care.choose_country(ada, "GB")
    browser = signed_in(ada)

    assert reply(browser, news, HEAVY).status_code == 302
    page = browser.get(news.path_here).text

    assert "You do not have to carry this alone" in page
    assert "Samaritans" in page
    assert 'href="tel:116123"' in page
    assert "Not checked by this site" in page


def test_readers_meet_a_careful_word_and_no_number(news, signed_in, ada, client):
    moderation.trust([ada.pk])
    reply(signed_in(ada), news, HEAVY)

    page = client.get(news.path_here).text

    assert "This speaks of suicide or self-harm. Help is here." in page
    assert "You do not have to carry this alone" not in page
    assert "tel:" not in page


def test_help_stands_beside_a_warning(news, signed_in, ada):
    page = reply(signed_in(ada), news, f"{HEAVY}. {NUMBER}").text

    assert "Before you post: a second look" in page
    assert "You do not have to carry this alone" in page
    assert "findahelpline" in page


def test_nothing_of_a_look_is_kept_sent_or_logged(news, signed_in, ada, caplog):
    caplog.set_level(logging.DEBUG)
    browser = signed_in(ada)
    reply(browser, news, "I am well", client_key="first")
    browser.get(news.path_here)
    before, lines = _rows(), len(caplog.records)

    reply(browser, news, NUMBER)
    reply(browser, news, HEAVY, client_key="second")
    browser.get(news.path_here)

    grown = {name for name, count in _rows().items() if count != before[name]}
    assert grown <= _rows_of_a_reply(before)
    assert not OutgoingMail.objects.exists()
    said = " ".join(record.getMessage() for record in caplog.records[lines:])
    assert not any(word in said.lower() for word in ("crisis", "suicide", "phone", "help", "07700"))


def _rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def _rows_of_a_reply(before: dict[str, int]) -> set[str]:
    """What any second reply of a member writes."""
    return {"replies.Reply", "moderation.Case", "search.Document"} & before.keys()
