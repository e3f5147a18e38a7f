from uuid import uuid4

import pytest
from django.urls import reverse

from positivesocials.messaging import composing, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner
from tests.normalise import normalised


def page(talk, name="show-conversation", *more):
    return reverse(f"messaging:{name}", args=[talk.pk, *more])


def post(client, talk, text="Hello", **more):
    return client.post(page(talk, "send-message"), {"text": text, "client_key": str(uuid4()), **more})


def text_of(response):
    return response.content.decode()


def test_a_written_message_shows_on_both_pages(talk, ada, ben, signed_in):
    response = post(signed_in(ada), talk, "The tram bell in the old town")

    assert response.url == f"{page(talk)}#latest"
    assert "The tram bell" in text_of(signed_in(ada).get(page(talk)))
    assert "The tram bell" in text_of(signed_in(ben).get(page(talk)))


def test_each_message_names_its_writer(ada, eli_and_fern, eli, fern, signed_in, say):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)
    say(eli, talk)
    say(fern, talk)

    shown = text_of(signed_in(ada).get(page(talk)))

    assert shown.count("<bdi>Eli</bdi></b>") == shown.count("<bdi>Fern</bdi></b>") == 1
    assert "<bdi>Eli</bdi> &amp; <bdi>Fern</bdi></h1>" in shown


def test_markup_in_a_message_is_only_text(talk, ada, ben, signed_in, say):
    say(ada, talk, "<script>alert(1)</script>")

    assert "<script>alert" not in text_of(signed_in(ben).get(page(talk)))


def test_the_list_opens_the_last_line_and_counts_what_is_unread(talk, ada, ben, signed_in, say):
    say(ada, talk, "First")
    say(ada, talk, "Second")

    shown = text_of(signed_in(ben).get(reverse("messaging:list-conversations")))

    assert "Second" in shown
    assert "2 unread" in shown


def test_opening_a_conversation_marks_it_read(talk, ada, ben, signed_in, say):
    say(ada, talk)

    signed_in(ben).get(page(talk))

    assert selectors.unread_count(ben) == 0


def test_without_conversations_the_list_says_how_one_opens(ada, signed_in):
    assert "No conversations yet" in text_of(signed_in(ada).get(reverse("messaging:list-conversations")))


PAGES = ["show-conversation", "show-all-news", "show-more", "leave-conversation"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("stranger", ["cleo", "mo"])
def test_a_conversation_of_others_looks_like_none(talk, name, stranger, signed_in, request):
    client = signed_in(request.getfixturevalue(stranger))

    there = client.get(page(talk, name))
    nowhere = client.get(reverse(f"messaging:{name}", args=[uuid4()]))

    assert (there.status_code, nowhere.status_code) == (404, 404)


@pytest.mark.parametrize("name", PAGES)
def test_guests_are_sent_to_log_in_whatever_the_address(talk, name, client):
    there = client.get(page(talk, name))
    nowhere = client.get(reverse(f"messaging:{name}", args=[uuid4()]))

    assert (there.status_code, nowhere.status_code) == (302, 302)


def test_who_left_gets_the_same_404(talk, ada, signed_in):
    signed_in(ada).post(page(talk, "leave-conversation"))

    assert signed_in(ada).get(page(talk)).status_code == 404
    assert "No conversations yet" in text_of(signed_in(ada).get(reverse("messaging:list-conversations")))


def closed_page(client, talk):
    shown = text_of(client.get(page(talk)))
    assert "This conversation is closed." in shown
    assert "send/" not in shown
    return shown


def test_leaving_closes_for_the_other_without_a_reason(talk, ada, ben, signed_in, say):
    say(ada, talk, "Before")
    messaging.leave(ada, talk.pk)

    assert "Before" in closed_page(signed_in(ben), talk)


@pytest.mark.parametrize("blocker", ["ada", "ben"])
def test_a_block_takes_the_conversation_from_both_sides(talk, ada, ben, blocker, signed_in, say):
    say(ada, talk, "Before")
    one, other = (ada, ben) if blocker == "ada" else (ben, ada)

    safety.block(one, [other.pk])

    for person in (ada, ben):
        assert signed_in(person).get(page(talk)).status_code == 404
        listed = text_of(signed_in(person).get(reverse("messaging:list-conversations")))
        assert "No conversations yet" in listed
        assert selectors.unread_count(person) == 0


def test_lifting_a_block_shows_the_conversation_closed(talk, ada, ben, signed_in, say):
    say(ada, talk, "Before")
    safety.block(ada, [ben.pk])

    safety.unblock(ada, [ben.pk])

    assert "Before" in closed_page(signed_in(ada), talk)


def test_a_send_after_a_block_is_refused_and_keeps_the_text(talk, ada, ben, signed_in):
    safety.block(ada, [ben.pk])

    response = post(signed_in(ben), talk, "What I wrote to you, in full")

    assert response.status_code == 409
    assert "What I wrote to you, in full" in text_of(response)
    # A form's token is drawn at random and may spell any name.
    assert b"Ada" not in normalised(response)[2]


def test_a_too_long_message_comes_back_whole(talk, ada, signed_in):
    text = "x" * (composing.LONGEST + 1)

    response = post(signed_in(ada), talk, text)

    assert response.status_code == 422
    assert text in text_of(response)
    assert "can have 4000 characters" in text_of(response)


def test_a_double_submit_has_one_effect(talk, ada, signed_in):
    client, key = signed_in(ada), str(uuid4())

    post(client, talk, "Once", client_key=key)
    post(client, talk, "Once", client_key=key)

    assert Message.objects.count() == 1


def test_the_thirty_first_message_in_a_minute_waits(talk, ada, signed_in, time_machine):
    time_machine.move_to("2026-11-25 10:00:00+00:00", tick=False)
    client = signed_in(ada)

    answers = [post(client, talk).status_code for _ in range(31)]

    assert answers[29:] == [302, 429]


def test_a_script_gets_everything_after_what_it_shows(talk, ada, ben, signed_in, say):
    shown = say(ada, talk, "Shown already")
    say(ben, talk, "Missed meanwhile")

    data = {"text": "New", "client_key": str(uuid4()), "shown": str(shown.pk)}
    headers = {"Accept": "application/json"}
    answer = signed_in(ada).post(page(talk, "send-message"), data, headers=headers).json()

    assert "Missed meanwhile" in answer["part"]
    assert "New" in answer["part"]
    assert "Shown already" not in answer["part"]


def test_a_script_is_told_the_reason_of_a_refusal(talk, ada, signed_in):
    headers = {"Accept": "application/json"}
    data = {"text": "x" * 5000, "client_key": str(uuid4())}

    answer = signed_in(ada).post(page(talk, "send-message"), data, headers=headers)

    assert (answer.status_code, "4000" in answer.json()["refused"]) == (422, True)


def test_an_open_page_reads_on(talk, ada, ben, signed_in, say):
    first = say(ada, talk, "First")
    say(ben, talk, "Second")

    news = signed_in(ada).get(page(talk, "show-news", first.pk)).json()

    assert ("Second" in news["part"], "First" in news["part"], news["open"]) == (True, False, True)
    assert selectors.unread_count(ada) == 0


def test_taking_back_asks_first_and_then_erases_the_words(talk, ada, ben, signed_in, say):
    message = say(ada, talk, "Not for you")
    client, address = signed_in(ada), page(talk, "remove-message", message.pk)

    assert "Not for you" in text_of(client.get(address))
    client.post(address)

    shown = text_of(signed_in(ben).get(page(talk)))
    assert ("Not for you" in shown, "Removed by its author." in shown) == (False, True)


def test_nobody_takes_back_the_words_of_another(talk, ada, ben, signed_in, say):
    address = page(talk, "remove-message", say(ada, talk).pk)

    assert signed_in(ben).get(address).status_code == signed_in(ben).post(address).status_code == 404


def test_what_an_erased_account_wrote_reads_as_removed(talk, ada, ben, signed_in, say):
    say(ada, talk, "Gone with me")
    vault.shred(KeyOwner("accounts.Account", ada.pk))
    ada.delete()

    shown = closed_page(signed_in(ben), talk)

    assert ("Gone with me" in shown, "Removed by its author." in shown) == (False, True)
    assert "Someone who left" in shown


def test_long_conversations_page_backwards_without_gaps(talk, ada, signed_in, say):
    texts = [f"Line number {number:03}" for number in range(selectors.PAGE + 20)]
    for text in texts:
        say(ada, talk, text)
    client = signed_in(ada)

    newest = client.get(page(talk))
    older = client.get(page(talk), {"before": newest.context["talk"].older})

    shown = [*older.context["talk"].lines, *newest.context["talk"].lines]
    assert [line.text for line in shown] == texts
    assert older.context["talk"].older is None


@pytest.mark.parametrize("name", ["show-conversation", "list-conversations"])
def test_more_messages_need_no_more_queries(name, talk, ada, ben, cleo, make_member, signed_in, say):
    def cost():
        from django.db import connections
        from django.test.utils import CaptureQueriesContext

        client = signed_in(ben)
        address = page(talk) if name == "show-conversation" else reverse(f"messaging:{name}")
        client.get(address)
        with (
            CaptureQueriesContext(connections["default"]) as main,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            client.get(address)
        return len(main), len(keys)

    def write_in_a_new_one(account):
        say(account, messaging.open_conversation(account.profile, ben.profile))

    say(ada, talk)
    say(ben, talk)
    write_in_a_new_one(cleo)
    few = cost()
    for _ in range(5):
        say(ada, talk)
        say(ben, talk)
    write_in_a_new_one(make_member("Dora"))

    assert cost() == few
    assert few[1] == 1


def test_titles_are_neutral_and_distinct(talk, ada, signed_in):
    client = signed_in(ada)

    titles = {
        text_of(client.get(address)).split("<title>")[1].split("</title>")[0]
        for address in (reverse("messaging:list-conversations"), page(talk), page(talk, "show-more"))
    }

    assert titles == {"Conversations", "Conversation", "About this conversation"}


@pytest.mark.parametrize("written", [0, 2, 4, 9])
def test_the_address_of_the_latest_lines_is_on_the_page_once(talk, ada, signed_in, say, written):
    for _ in range(written):
        say(ada, talk)

    assert text_of(signed_in(ada).get(page(talk))).count('id="latest"') == 1
