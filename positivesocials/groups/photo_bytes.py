"""Where photos of posts and replies lie: rows, and sealed files under their author's key, in three sizes."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from positivesocials.accounts.models import Account
from positivesocials.groups.models import Post
from positivesocials.groups.post_models import PostPhoto
from positivesocials.replies.models import Reply
from positivesocials.vault.pictures import Shelf

SHELF = Shelf("posted")
# Of one post or reply.
MOST = 4


def move(actor: Account, ids: Sequence[UUID], post: Post, reply: Reply | None = None) -> None:
    """Photos of a draft become those of what was posted. Only those that its page showed."""
    waiting = PostPhoto.objects.filter(account=actor, draft__isnull=False, pk__in=list(ids)[:MOST])
    waiting.update(draft=None, post=post, reply=reply)


@transaction.atomic
def drop(photos: QuerySet[PostPhoto]) -> None:
    """These are gone for everybody at once, with every size of them and what was said of them."""
    ids = list(photos.values_list("pk", flat=True))
    if ids:
        PostPhoto.objects.filter(pk__in=ids).delete()
        transaction.on_commit(partial(SHELF.drop, ids))


def drop_of_post(post: Post) -> None:
    """Those of the post itself. What others wrote below it stays, with its photos."""
    drop(PostPhoto.objects.filter(post=post, reply=None))


def drop_of_reply(reply_id: UUID) -> None:
    drop(PostPhoto.objects.filter(reply=reply_id))
