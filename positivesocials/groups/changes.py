"""New words of a post, by its author. The earlier ones are kept for moderators alone: see history.py."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import wording
from positivesocials.core.refusals import Refused
from positivesocials.groups import access, history, services
from positivesocials.groups.models import Post
from positivesocials.moderation import services as moderation
from positivesocials.replies import services as replies
from positivesocials.replies.models import State


@transaction.atomic
def edit_post(actor: Account, slug: str, pk: UUID, *, title: str, note: str, text: str) -> Post:
    """New words, marked as changed. Those of a newcomer wait for a moderator again."""
    post = access.get_editable_post(actor, slug, pk)
    words = (wording.one_line(title) or None, wording.one_line(note) or None, replies.worded(text))
    if words == (post.title, post.note, post.text):
        return post
    standing = Post.objects.filter(pk=post.pk, state__in=[State.HELD, State.PUBLIC])
    now = timezone.now()
    changed = {"edited_at": now, **({"state": State.HELD} if access.is_held_at_first(actor) else {})}
    # First, because it makes a decision of the same moment wait, or comes too late for it.
    if not standing.update(**changed):
        raise Refused(_("This post can no longer be changed."))
    # As it stands now: of two changes at once the later one follows the earlier.
    post.refresh_from_db(fields=["title", "note", "text", "state", "edited_at"])
    history.keep(post, until=now)
    post.title, post.note, post.text = words
    post.save(update_fields=["title", "note", "text"])
    if post.state == State.HELD:
        moderation.hold(services.KIND, post.pk)
    return post
