"""A guest whose browser solved the riddle waits for a moderator; any other waits for the mailed link."""

import base64
import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.core.models import RateCount
from positivesocials.moderation.models import Hold
from positivesocials.notifications.models import OutgoingMail
from positivesocials.replies import homes, proofs, services
from positivesocials.replies.models import GuestContact, Reply, SpentProof, State
from positivesocials.replies.tests.solving import solved
from positivesocials.replies.tests.test_services import write_as_guest
from positivesocials.vault.models import Tombstone


@pytest.fixture
def thread(db, monkeypatch):
    monkeypatch.setattr(homes, "_homes", [lambda thread_id: "/somewhere/"])
    return services.open_thread()


@pytest.fixture
def link(thread):
    """The path of the link that came by mail to a guest without scripts."""
    write_as_guest(thread, text="guest words", proof="")
    return re.findall(r"/reply/\S+/", OutgoingMail.objects.get().body)[0]


def changed(proof: str, **parameters) -> str:
    given = json.loads(base64.b64decode(proof))
    given["challenge"]["parameters"] |= parameters
    return base64.b64encode(json.dumps(given).encode()).decode()


def test_a_solved_riddle_lets_one_reply_through(thread):
    proof = solved()

    first = write_as_guest(thread, proof=proof)
    second = write_as_guest(thread, text="More", proof=proof)

    assert (first.state, second.state) == (State.HELD, State.UNPROVEN)
    assert SpentProof.objects.count() == 1


def test_the_same_form_twice_is_one_reply_that_waits_for_a_moderator(thread):
    proof = solved()

    assert write_as_guest(thread, proof=proof) == write_as_guest(thread, proof=proof)
    assert Reply.objects.get().state == State.HELD


def test_what_is_no_solution_is_none(thread):
    proof = solved()
    wrong = [
        "", "x", "e30=", "bnVsbA==", "WzFd", "A" * 5000, changed(proof, expiresAt=9999999999),
        changed(proof, cost=1), changed(proof, keyPrefix="00"), changed(proof, data={"__proto__": 1}),
        changed(proof, keySignature=None),
    ]  # fmt: skip

    assert [proofs.spend(each) for each in wrong] == [False] * len(wrong)
    assert proofs.spend(proof)


def test_a_solution_of_another_count_is_none(thread):
    given = json.loads(base64.b64decode(solved()))
    given["solution"] = {"counter": 1, "derivedKey": "00" * 32}

    assert not proofs.spend(base64.b64encode(json.dumps(given).encode()).decode())


def test_a_riddle_expires_and_its_mark_is_swept(thread, time_machine):
    late, used = solved(), solved()
    assert proofs.spend(used)

    time_machine.move_to(timezone.now() + proofs.KEEP + timedelta(minutes=1))

    assert not proofs.spend(late)
    proofs.forget_spent()
    assert not SpentProof.objects.exists()
    assert not proofs.spend(used)


def test_a_riddle_is_kept_by_no_cache_and_asked_for_by_nobody_without_end(client, db):
    answer = client.get("/replies/riddle/")

    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert proofs.spend(solved(answer.json()))
    RateCount.objects.update(count=60)
    assert client.get("/replies/riddle/").status_code == 429


def test_without_a_script_the_mailed_link_sends_it(client, link):
    written = Reply.objects.get()
    assert written.state == State.UNPROVEN
    assert not Hold.objects.exists()

    page = client.get(link).text
    assert "Not sent yet" in page
    assert Reply.objects.get().state == State.UNPROVEN
    client.post(f"{link}confirm/")
    client.post(f"{link}confirm/")

    assert Reply.objects.get().state == State.HELD
    assert Hold.objects.get().item_id == written.pk
    assert "Awaiting moderation" in client.get(link).text


def test_changing_the_words_behind_the_link_sends_them_too(client, link):
    client.post(f"{link}edit/", {"text": "better words"})

    written = Reply.objects.get()
    assert (written.text, written.state) == ("better words", State.HELD)


def test_what_was_never_sent_leaves_no_line(client, link, thread):
    written, contact = Reply.objects.get(), GuestContact.objects.get()

    assert client.post(f"{link}erase/").status_code == 200

    assert not Reply.objects.exists()
    assert Tombstone.objects.filter(owner_id__in=[written.pk, contact.pk]).count() == 2


def test_a_link_that_nobody_uses_ends_with_the_words(thread, time_machine):
    write_as_guest(thread, text="Sent by a robot", proof="")
    proven = write_as_guest(thread, text="Sent by a person", proof=solved())

    time_machine.move_to(timezone.now() + services.KEEP_UNPROVEN)
    services.forget_unproven()

    assert Reply.objects.get() == proven
    assert GuestContact.objects.get().reply == proven


def test_an_instance_may_let_guests_replies_stand_at_once(thread, settings):
    settings.GUESTS_WAIT = False

    assert write_as_guest(thread, proof=solved()).state == State.PUBLIC
    assert write_as_guest(thread, text="No riddle", proof="").state == State.UNPROVEN
    services.confirm_as_guest(GuestContact.objects.get(reply__state=State.UNPROVEN))
    assert not Reply.objects.exclude(state=State.PUBLIC).exists()
    assert not Hold.objects.exists()
