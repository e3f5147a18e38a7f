from pathlib import Path

import pytest
from django.db import connection

from positivesocials.groups import founding, services
from positivesocials.groups.models import Post
from positivesocials.moderation import services as moderation
from positivesocials.replies import services as replies
from positivesocials.replies.models import Reply

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
