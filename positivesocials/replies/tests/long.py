"""Long threads for tests: as rows, since a thousand replies written one by one take a minute."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.replies.models import Reply, State, Thread
from positivesocials.vault.services import keys_open


def fill(account: Account, thread: Thread, parents: Sequence[int | None]) -> list[Reply]:
    """One public reply for each of `parents`: the number of the one it answers, or None."""
    rows: list[Reply] = []
    for number, parent in enumerate(parents):
        row = Reply(
            thread=thread,
            author=account,
            persona=account.profile.persona,
            state=State.PUBLIC,
            key_kind=Account._meta.label,
            key_id=account.pk,
            client_key=f"{thread.pk.hex} {number}",
            text=f"said {number}.",
            quotes=parent is not None,
            parent_id=None if parent is None else rows[parent].pk,
        )
        rows.append(row)
    with keys_open():
        Reply.objects.bulk_create(rows)
    began = timezone.now() - timedelta(days=1)
    for number, row in enumerate(rows):
        row.written_at = row.told_at = began + timedelta(seconds=number)
    Reply.objects.bulk_update(rows, ["written_at", "told_at"], batch_size=200)
    return rows
