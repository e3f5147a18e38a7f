"""docs/rules/notifications.md: who is told what, once, and by whose doing never."""

import asyncio
from datetime import timedelta
from typing import cast
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from positivesocials.core import live
from positivesocials.notifications import notices, registry
from positivesocials.notifications.models import Notice
from positivesocials.safety import services as safety

pytestmark = pytest.mark.django_db


def test_many_messages_are_one_notice_until_it_is_seen(ada, ben, write, told):
    write(ben)
    write(ben)
    first = Notice.objects.get(account=ada)
    notices.see_all(ada)
    write(ben)

    assert first.seen_at is None
    assert Notice.objects.filter(account=ada).count() == 2
    assert told(ada) == ["message"]


def test_nobody_is_told_of_what_they_did_themselves(ben, write, told):
    write(ben)

    assert told(ben) == []


def test_the_database_keeps_a_second_unseen_notice_out(ada):
    row = {"account": ada, "kind": "message", "made_at": timezone.now()}
    Notice.objects.create(**row)

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(**row)


def test_reading_the_conversation_is_seeing_its_notice(ada, ben, talk, write, told, signed_in):
    write(ben)

    signed_in(ada).get(f"/conversations/{talk.pk}/")

    assert told(ada) == []


def test_a_block_tells_nothing_and_takes_back_what_was_told(ada, ben, write):
    write(ben)
    safety.block(ada, [ben.pk])
    notices.notify([ada.pk], "answer", target=uuid4(), by=[ben.pk])

    assert not Notice.objects.exists()


@pytest.fixture
def muted():
    silencer = registry.silence_when(lambda happening: happening.kind == "message")
    yield
    registry._silencers.remove(silencer)


def test_what_is_muted_above_makes_no_notice(ada, ben, write, told, muted):
    write(ben)

    assert told(ada) == []


def test_a_notice_ends_after_thirty_days(ada, ben, write):
    write(ben)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        notices.forget_old()
        kept = Notice.objects.count()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        notices.forget_old()

    assert (kept, Notice.objects.count()) == (1, 0)


def test_an_event_of_which_nothing_was_kept_tells_nobody(ada, told):
    with transaction.atomic():
        notices.notify([ada.pk], "message")
        transaction.set_rollback(True)

    assert told(ada) == []


def test_open_pages_hear_that_there_is_something_and_nothing_of_it(
    ada, ben, write, django_capture_on_commit_callbacks
):
    heard: list[live.Event] = []
    listener = live.Listener()
    live._open[f"account-{ada.pk.hex}"] = {listener: None}
    live.attach(cast(asyncio.AbstractEventLoop, _Now()))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            write(ben)
        heard = list(listener._events)
    finally:
        live.attach(None)

    assert heard[-1] == {"kind": "notice"}


class _Now:
    """A loop that does at once what it is handed."""

    def call_soon_threadsafe(self, function, *args):
        function(*args)
