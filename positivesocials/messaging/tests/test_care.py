"""What pages say before hurtful words are sent, above what may harm, and before an address is opened."""

from uuid import uuid4

import pytest
from django.urls import reverse

from positivesocials.messaging import links, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message


def page(talk, name="show-conversation", *more):
    return reverse(f"messaging:{name}", args=[talk.pk, *more])


def post(client, talk, text, **more):
    data = {"text": text, "client_key": str(uuid4()), **more}
    return client.post(page(talk, "send-message"), data)


def shown(response):
    return response.content.decode()


def test_hurtful_words_are_asked_about_and_kept_in_the_page(talk, ada, signed_in):
    response = post(signed_in(ada), talk, "You are an idiot")

    assert response.status_code == 428
    assert "Are you sure?" in shown(response)
    assert "You are an idiot" in shown(response)
    assert not Message.objects.exists()


def test_send_anyway_is_always_possible(talk, ada, signed_in):
    response = post(signed_in(ada), talk, "You are an idiot", sure="on")

    assert response.status_code == 302
    assert Message.objects.count() == 1


def test_a_script_is_asked_as_well(talk, ada, signed_in):
    data = {"text": "You are an idiot", "client_key": str(uuid4())}

    response = signed_in(ada).post(page(talk, "send-message"), data, headers={"Accept": "application/json"})

    assert response.status_code == 428


def test_kind_words_go_without_a_question(talk, ada, signed_in):
    assert post(signed_in(ada), talk, "You are kind").status_code == 302


def test_the_reader_is_warned_and_the_writer_is_not(talk, ada, ben, signed_in, say):
    say(ada, talk, "Can you send me 200 dollars?")

    assert "may ask for money" in shown(signed_in(ben).get(page(talk)))
    assert "may ask for money" not in shown(signed_in(ada).get(page(talk)))


def test_the_warning_comes_with_help_and_a_report(talk, ada, ben, signed_in, say):
    message = say(ada, talk, "I know where you live")

    text = shown(signed_in(ben).get(page(talk)))

    assert reverse("articles:helplines") in text
    assert text.count(reverse("moderation:report", args=["message", message.pk])) == 2


def test_a_partner_is_not_warned_of_their_own_side(ada, eli_and_fern, eli, fern, say):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)
    say(eli, talk, "Can you send me 200 dollars?")

    warned = {seat.account_id: selectors.talk_for(seat).lines[0].caution for seat in talk.participants.all()}

    assert warned == {ada.pk: "money", eli.pk: "", fern.pk: ""}


def test_an_address_leads_to_a_page_that_shows_it_whole(talk, ada, ben, signed_in, say):
    message = say(ada, talk, "Look (https://example.org/a?b=c&d=<e>), or not.")
    address = page(talk, "show-link", message.pk, "link-0")
    browser = signed_in(ben)

    assert f'<a href="{address}" rel="nofollow">https://example.org/a?b=c&amp;d=</a>' in shown(
        browser.get(page(talk))
    )
    assert "https://example.org/a?b=c&amp;d=" in shown(browser.get(address))


def test_what_opens_it_takes_no_word_of_where_one_was(talk, ada, ben, signed_in, say):
    message = say(ada, talk, "https://example.org/")

    text = shown(signed_in(ben).get(page(talk, "show-link", message.pk, "link-0")))

    assert 'rel="noopener noreferrer nofollow external" referrerpolicy="no-referrer"' in text


@pytest.mark.parametrize("which", ["link-1", "link-9999999", "0", "link"])
def test_an_address_that_is_not_in_the_message_is_not_there(talk, ada, ben, signed_in, say, which):
    message = say(ada, talk, "https://example.org/")

    assert signed_in(ben).get(page(talk, "show-link", message.pk, which)).status_code == 404


def test_when_the_message_is_taken_back_its_address_is_gone(talk, ada, ben, signed_in, say):
    message = say(ada, talk, "https://example.org/")
    messaging.take_back(ada, talk.pk, message.pk)

    assert signed_in(ben).get(page(talk, "show-link", message.pk, "link-0")).status_code == 404


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see www.example.org.", ["www.example.org"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://en.example.org/wiki/Lamp_(light)", ["https://en.example.org/wiki/Lamp_(light)"]),
        ("example.com and example.net/x, too", ["example.com", "example.net/x"]),
        ("t.me/name", ["t.me/name"]),
        ("Nice to meet you.me too. e.g. this, 3.5 hours", []),
        ("javascript:alert(1) file:///etc data:text/html", []),
        ("someone@example.org", []),
    ],
)
def test_addresses_are_found_in_words(text, found):
    assert [part for part, which in links.pieces(text) if which] == found
    assert "".join(part for part, _ in links.pieces(text)) == text


def test_a_name_that_looks_like_another_is_told():
    found = links.address_in("https://exаmple.org/", "link-0")

    assert found is not None
    assert found.is_strange
    assert found.host.startswith("xn--")


@pytest.mark.parametrize("text", ["https://[", "http://..", "https://" + "a" * 300, "https://\u200d.org"])
def test_an_address_that_no_browser_opens_is_none(text):
    links.address_in(text, "link-0")
