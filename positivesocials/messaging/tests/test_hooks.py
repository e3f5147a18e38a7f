import pytest

from positivesocials.core.refusals import NotThere
from positivesocials.messaging import services as messaging
from positivesocials.moderation import registry as moderation
from positivesocials.moderation import services as moderation_services
from positivesocials.safety import access as safety_access


@pytest.fixture
def reportable():
    return moderation.reportable("message")


def test_the_reader_of_a_message_can_report_it_and_nothing_around_it(talk, ada, ben, say, reportable):
    say(ada, talk, "Before")
    message = say(ada, talk, "Reported")

    evidence = reportable.evidence_for(ben, message.pk)

    assert (evidence.text, evidence.shown_name, evidence.author_ids) == ("Reported", "Ada", (ada.pk,))
    assert evidence.url == ""


@pytest.mark.parametrize("stranger", ["cleo", "mo", None])
def test_nobody_else_can(talk, ada, stranger, say, reportable, request):
    message = say(ada, talk)
    stranger = request.getfixturevalue(stranger) if stranger else None

    with pytest.raises(NotThere):
        reportable.evidence_for(stranger, message.pk)


def test_a_removed_message_is_gone_for_its_author_too(talk, ada, ben, say, reportable, signed_in):
    message = say(ada, talk, "Cruel words")

    reportable.remove(message.pk)

    for reader in (ada, ben):
        shown = signed_in(reader).get(f"/conversations/{talk.pk}/").content.decode()
        assert "Removed by a moderator." in shown
        assert "Cruel words" not in shown


def test_blocking_from_a_conversation_blocks_both_of_a_couple(ada, eli_and_fern, eli, fern):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)

    face = safety_access.get_face_for(ada, "conversation", talk.pk)

    assert (face.shown_name, set(face.author_ids)) == ("Eli & Fern", {eli.pk, fern.pk})


def test_only_its_author_reads_why_a_message_was_removed(talk, ada, ben, mo, say, signed_in):
    message = say(ada, talk, "Cruel words")
    moderation_services.report(ben, kind="message", item_id=message.pk, why="harassment", note="")
    moderation_services.remove(mo, kind="message", item_id=message.pk, reason="This threatens someone.")

    shown = [signed_in(reader).get(f"/conversations/{talk.pk}/").text for reader in (ada, ben)]

    assert ["This threatens someone." in page for page in shown] == [True, False]
