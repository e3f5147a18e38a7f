"""Earlier wordings of a post: sealed under its author's key, for moderators of its case, gone with it."""

from datetime import datetime
from uuid import UUID

from positivesocials.groups.models import Post
from positivesocials.groups.post_models import EarlierPost
from positivesocials.vault.fields import warm

MOST = 20


def worded(post: Post) -> str:
    """All that the post says, as one text."""
    return "\n\n".join(filter(None, (post.title, post.note, post.text)))


def keep(post: Post, *, until: datetime) -> None:
    """What the post says it said until now. Called before it is changed, in the same transaction."""
    row = EarlierPost(post=post, key_id=post.key_id, text=worded(post), until_at=until)
    row.save(force_insert=True)
    rows = EarlierPost.objects.filter(post=post).order_by("-until_at", "id")
    EarlierPost.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[MOST:])).delete()


def forget(post: Post) -> None:
    EarlierPost.objects.filter(post=post).delete()


def earlier(post_id: UUID) -> list[tuple[str, datetime]]:
    """What it said before, and until when; the newest first."""
    rows = list(EarlierPost.objects.filter(post=post_id).order_by("-until_at", "id"))
    warm(rows)
    return [(row.text, row.until_at) for row in rows if row.text]
