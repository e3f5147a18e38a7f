from datetime import timedelta
from uuid import uuid4

import time_machine
from django.utils import timezone

from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


def test_a_key_whose_row_was_never_committed_is_swept_after_a_day(ada):
    orphan, kept = KeyOwner("accounts.Account", uuid4()), KeyOwner("accounts.Account", ada.pk)
    vault.make_key(orphan)

    vault.sweep_orphan_keys()
    assert vault.key_of(orphan)

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        vault.sweep_orphan_keys()

    assert vault.key_of(orphan) is None
    assert vault.key_of(kept)


def test_the_sweep_leaves_the_keys_of_indexes(ada):
    before = vault.blind_index("log-in", "someone")

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        vault.sweep_orphan_keys()

    assert vault.blind_index("log-in", "someone") == before
