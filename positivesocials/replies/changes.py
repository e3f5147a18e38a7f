"""New words of a reply, by its writer. The earlier ones are kept for moderators alone: see history.py."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import Refused
from positivesocials.moderation import services as moderation
from positivesocials.replies import access, history, services
from positivesocials.replies.models import GuestContact, Reply, State


def edit(actor: Account, reply_id: UUID, *, text: str, wants_answers: bool) -> None:
    """New words of a member, marked as changed. Those of a newcomer wait for a moderator again."""
    written = access.get_changeable_reply(actor, reply_id)
    with transaction.atomic():
        Reply.objects.filter(pk=written.pk).update(wants_answers=wants_answers)
        _edit(written, text, into=State.HELD if access.is_held_at_first(actor) else None)


def edit_as_guest(contact: GuestContact, *, text: str) -> None:
    """New words wait for a moderator again. Whoever changes them has used the link: it is proven."""
    with transaction.atomic():
        services.confirm_as_guest(contact)
        _edit(contact.reply, text, into=State.HELD if access.guests_wait() else None)


def _edit(written: Reply, text: str, *, into: State | None) -> None:
    words = services.worded(text)
    if words == written.text:
        return
    standing = Reply.objects.filter(pk=written.pk, state__in=[State.HELD, State.PUBLIC])
    now = timezone.now()
    # First, because it makes a decision of the same moment wait, or comes too late for it.
    if not (standing.update(edited_at=now, state=into) if into else standing.update(edited_at=now)):
        raise Refused(_("This reply can no longer be changed."))
    # As it stands now: of two changes at once the later one follows the earlier.
    written.refresh_from_db(fields=["text"])
    history.keep(written, until=now)
    written.text = words
    written.save(update_fields=["text"])
    if into == State.HELD:
        moderation.hold(services.KIND, written.pk)
