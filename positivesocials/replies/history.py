"""Earlier wordings of a reply: sealed under its key, for the moderators of its case, gone with its text."""

from datetime import datetime
from uuid import UUID

from positivesocials.replies.models import EarlierReply, Reply
from positivesocials.vault.fields import warm

# More than anybody needs who changes a word; who changes it a hundred times loses the oldest.
MOST = 20


def keep(written: Reply, *, until: datetime) -> None:
    """What it says it said until now. Called before it is changed, in the same transaction."""
    if not written.text:
        return
    row = EarlierReply(reply=written, key_kind=written.key_kind, key_id=written.key_id, text=written.text)
    row.until_at = until
    row.save(force_insert=True)
    rows = EarlierReply.objects.filter(reply=written).order_by("-until_at", "id")
    EarlierReply.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[MOST:])).delete()


def forget(written: Reply) -> None:
    EarlierReply.objects.filter(reply=written).delete()


def earlier(reply_id: UUID) -> list[tuple[str, datetime]]:
    """What it said before, and until when; the newest first."""
    rows = list(EarlierReply.objects.filter(reply=reply_id).order_by("-until_at", "id"))
    warm(rows)
    return [(row.text, row.until_at) for row in rows if row.text]
