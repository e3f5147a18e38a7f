import pytest

from positivesocials.messaging import envelope, reading, services
from positivesocials.messaging.envelope import Text, Unknown
from positivesocials.messaging.models import Message
from positivesocials.moderation import registry as moderation
from positivesocials.moderation import services as moderation_services
from positivesocials.moderation.models import Report


def test_what_is_packed_is_unpacked_alike():
    assert envelope.unpack(envelope.pack(Text("Ten past eight"))) == Text("Ten past eight")


def test_envelopes_from_before_there_were_versions_read_as_text():
    assert envelope.unpack({"type": "text", "text": "Old words"}) == Text("Old words")


@pytest.mark.parametrize(
    "packed",
    [
        {"type": "song", "version": 1, "text": "La"},
        {"type": "text", "version": 2, "text": "Later"},
        {"type": "text", "version": 1},
        {"type": "text", "version": 1, "text": 5},
        {"type": ["text"], "version": 1, "text": "Odd"},
        ["text"],
        b"sealed by a browser",
        "text",
        None,
    ],
)
def test_what_this_version_cannot_read_is_unknown(packed):
    assert envelope.unpack(packed) == Unknown()


@pytest.fixture
def newer(talk, ada, say):
    """A message whose type this version does not know."""
    message = say(ada, talk)
    message.envelope = {"type": "song", "version": 1, "notes": "Ce qui chante"}
    message.save(update_fields=["envelope"])
    return message


@pytest.mark.parametrize("reader", ["ada", "ben"])
def test_a_message_of_an_unknown_type_says_so_on_every_page(talk, newer, reader, signed_in, request):
    client = signed_in(request.getfixturevalue(reader))

    for address in (f"/conversations/{talk.pk}/", "/conversations/"):
        shown = client.get(address).text
        assert ("made with a newer version" in shown, "Ce qui chante" in shown) == (True, False)


def test_its_author_can_take_it_back(talk, newer, ada, signed_in):
    client, address = signed_in(ada), f"/conversations/{talk.pk}/remove/{newer.pk}/"

    assert address in client.get(f"/conversations/{talk.pk}/").text
    client.post(address)

    assert reading.said_in(Message.objects.get()).is_gone


def test_sending_stores_what_it_is_given_unopened(talk, ada):
    sealed = {"type": "sealed by a browser", "body": "q83v"}

    services.send(ada, talk.pk, packed=sealed, client_key="k")

    assert Message.objects.get().envelope == sealed


def test_a_report_holds_what_its_reporter_read(talk, ada, ben, say):
    message = say(ada, talk, "Cruel words")

    moderation_services.report(ben, kind="message", item_id=message.pk, why="harassment", note="")

    assert Report.objects.get().evidence["text"] == "Cruel words"


def test_without_a_reporter_nobody_opens_a_message_for_the_queue(talk, ada, say):
    evidence = moderation.reportable("message").evidence(say(ada, talk, "Private words").pk)

    assert (evidence.text, evidence.author_ids) == ("", (ada.pk,))
