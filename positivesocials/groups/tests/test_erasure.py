import multiprocessing
import os
import signal
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from positivesocials.groups import founding, services
from positivesocials.groups.models import Post
from positivesocials.groups.post_models import AliasToErase
from positivesocials.moderation import services as moderation
from positivesocials.replies import services as replies
from positivesocials.replies.models import Reply, State

WORDS = "a planted sentence nobody else would write"


def on_disk() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = Path(connection.settings_dict["NAME"])
    return b"".join(file.read_bytes() for file in folder.parent.glob(f"{folder.name}*"))


def sealed(row) -> bytes:
    return bytes(type(row).objects.filter(pk=row.pk).values_list("text", flat=True).get())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the database file")
def test_erased_words_leave_the_disk_sealed_and_plain(ada):
    moderation.trust([ada.pk])
    group = founding.found_welcome()
    post = services.write_post(ada, group, title="", text=WORDS, client_key="p")
    persona_id = ada.profile.persona_id
    reply = services.reply_to_post(
        ada, post, persona_id=persona_id, text=WORDS * 2, parent_id=None, client_key="r"
    )
    ciphertexts = [sealed(Post.objects.get()), sealed(reply)]
    before = on_disk()
    assert WORDS.encode() not in before
    assert [text in before for text in ciphertexts] == [True, True]

    services.erase_post(ada, post)
    replies.erase(ada, reply.pk)

    after = on_disk()
    assert [text in after for text in ciphertexts] == [False, False]
    assert Reply.objects.get().text is None


@pytest.fixture
def group(ada):
    moderation.trust([ada.pk])
    return founding.found_welcome()


def masked(actor, group, name):
    """A post under an alias, with a reply below it under the same."""
    said = {"alias": name, "salt": "0" * 16, "title": "", "text": f"as {name}"}
    post = services.write_post_as_alias(actor, group, **said, client_key=uuid4().hex)
    answer(actor, post)
    return post


def answer(actor, post, text="and this"):
    said = {"text": text, "parent_id": None, "client_key": uuid4().hex}
    return services.reply_to_post(actor, post, persona_id=post.persona_id, **said)


def of(post):
    return AliasToErase.objects.get(persona=post.persona)


def due(*posts):
    rows = AliasToErase.objects.filter(persona__in=[post.persona_id for post in posts])
    rows.update(due_at=timezone.now() - timedelta(seconds=1))


def states(post):
    """Of the post and of what its writer said below it."""
    post.refresh_from_db()
    return [post.state, *Reply.objects.filter(thread=post.thread).values_list("state", flat=True)]


@pytest.mark.django_db
def test_what_is_under_aliases_goes_later_each_at_its_own_time(ada, group):
    named = services.write_post(ada, group, title="", text="as Ada", client_key="n")
    first, second = masked(ada, group, "Quiet Heron"), masked(ada, group, "Misty Fern")
    services.erase_all_in(ada, group)
    services.erase_due()

    assert states(named) == [State.ERASED]
    assert states(first) == states(second) == [State.PUBLIC] * 2
    assert of(first).due_at != of(second).due_at
    for post in (first, second):
        assert timedelta(0) <= of(post).due_at - of(post).asked_at < services.ALIASES_STAY
    due(first)
    services.erase_due()

    assert states(first) == [State.ERASED] * 2
    assert states(second) == [State.PUBLIC] * 2
    assert [row.persona_id for row in AliasToErase.objects.all()] == [second.persona_id]


@pytest.mark.django_db
def test_an_alias_goes_also_after_its_writer_left(ada, group):
    post = masked(ada, group, "Quiet Heron")
    services.leave_group(ada, group, erases=True)
    due(post)
    services.erase_due()

    assert states(post) == [State.ERASED] * 2


@pytest.mark.django_db
def test_asking_twice_moves_nothing_and_what_is_written_later_stays(ada, group):
    post = masked(ada, group, "Quiet Heron")
    services.erase_all_in(ada, group)
    first = of(post)
    services.erase_all_in(ada, group)
    assert of(post).due_at == first.due_at
    later = answer(ada, post, "something new")
    due(post)
    services.erase_due()

    later.refresh_from_db()
    assert (later.text, later.state) == ("something new", State.PUBLIC)
    assert Post.objects.get(pk=post.pk).text is None


def forget_connections():
    for each in connections.all():
        each.close()
        if each.vendor == "postgresql":
            getattr(each, "close_pool")()  # noqa: B009 - the type stubs do not know it.


@pytest.mark.django_db(transaction=True)
def test_killed_in_between_an_alias_is_whole_or_gone_and_the_next_look_goes_on(ada, group):
    posts = [masked(ada, group, f"Heron {number}") for number in range(20)]
    services.erase_all_in(ada, group)
    due(*posts)
    forget_connections()
    eraser = multiprocessing.get_context("fork").Process(target=services.erase_due)
    eraser.start()
    while AliasToErase.objects.count() > 15 and eraser.is_alive():
        time.sleep(0.001)
    assert eraser.pid is not None
    os.kill(eraser.pid, signal.SIGKILL)
    eraser.join()

    with transaction.atomic():
        # Held, so that what was on its way when it was killed has arrived or is gone.
        waiting = {row.persona_id for row in AliasToErase.objects.select_for_update()}
        for post in posts:
            expected = State.PUBLIC if post.persona_id in waiting else State.ERASED
            assert states(post) == [expected] * 2
    services.erase_due()

    assert [states(post) for post in posts] == [[State.ERASED] * 2] * 20
    assert not AliasToErase.objects.exists()
