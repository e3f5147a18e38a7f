"""Several writers at once, and a writer that is killed, on whichever database the tests run."""

import multiprocessing
import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from positivesocials.messaging import composing
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Conversation, Message
from positivesocials.safety import services as safety

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6
KILLS = 20


def at_once(*calls):
    """Run every call in a thread of its own; give back what each returned, or the refusal it raised."""

    def guarded(call):
        try:
            return call()
        except messaging.ConversationClosed as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(guarded, calls))


def test_one_message_sent_by_many_threads_at_once_arrives_once(talk, ada, say):
    sent = at_once(*[lambda: say(ada, talk, client_key="same")] * WRITERS)

    assert len({message.pk for message in sent}) == Message.objects.count() == 1


def test_messages_written_at_once_all_arrive_in_one_order(talk, ada, ben, say):
    def write_five(actor):
        return [say(actor, talk).pk for _ in range(5)]

    written = at_once(*[lambda actor=actor: write_five(actor) for actor in (ada, ben) * (WRITERS // 2)])

    order = list(Message.objects.order_by("sent_at").values_list("pk", flat=True))
    assert set(order) == {pk for pks in written for pk in pks}
    for pks in written:
        assert [pk for pk in order if pk in set(pks)] == pks


@pytest.mark.parametrize("end", ["leave", "block", "close"])
def test_nothing_is_written_after_a_closing_that_came_meanwhile(talk, ada, ben, say, end):
    def close():
        if end == "leave":
            messaging.leave(ben, talk.pk)
        elif end == "block":
            safety.block(ben, [ada.pk])
        else:
            messaging.close_conversation(talk)

    *sent, _none = at_once(*[lambda: say(ada, talk)] * WRITERS, close)

    arrived = set(Message.objects.values_list("pk", flat=True))
    assert arrived == {message.pk for message in sent if isinstance(message, Message)}
    assert Conversation.objects.get().closed_at is not None
    with pytest.raises(messaging.ConversationClosed):
        say(ada, talk)


def write_on(actor, talk, first, pipe):
    """In a process of its own: send without end, and say of each message that it was sent."""
    number = first
    while True:
        composing.send(actor, talk.pk, text=f"Number {number}", client_key=str(number))
        pipe.send(number)
        number += 1


def forget_connections():
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            getattr(connection, "close_pool")()  # noqa: B009 - the type stubs do not know it.


def killed_after(acknowledged, actor, talk, first):
    """Start a writer, kill it somewhere after it acknowledged so many; give back the last it did."""
    forget_connections()
    here, there = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.get_context("fork").Process(target=write_on, args=(actor, talk, first, there))
    writer.start()
    there.close()
    last = first - 1
    for _ in range(acknowledged):
        last = here.recv()
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    while True:
        try:
            last = here.recv()
        except EOFError:
            return last


def test_a_killed_writer_loses_nothing_acknowledged_and_doubles_nothing(talk, ada):
    chance, last = random.Random(7), -1

    for _ in range(KILLS):
        # The next writer starts with the message of which nobody knows whether it was stored.
        last = killed_after(chance.randint(1, 8), ada, talk, last + 1)

    stored = [int(key) for key in Message.objects.order_by("sent_at").values_list("client_key", flat=True)]
    assert stored == list(range(len(stored)))
    assert len(stored) - 1 in {last, last + 1}
    assert [message.envelope["text"] for message in Message.objects.order_by("-sent_at")[:1]] == [
        f"Number {stored[-1]}"
    ]
