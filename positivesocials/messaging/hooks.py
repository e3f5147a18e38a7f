"""What messaging offers below: messages can be reported, their writers blocked, and a block closes."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.messaging import access, drafts, photos, pictured, reading, selectors
from positivesocials.messaging import services as messaging
from positivesocials.moderation import registry as moderation
from positivesocials.moderation.registry import Evidence
from positivesocials.safety import registry as safety


class ReportableMessage:
    """One message and who wrote it. What stands around it was not reported and stays private."""

    label = _("Message")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        """What the reporter reveals by reporting. Nothing else in the way of a report opens a message."""
        if reporter is None:
            raise NotThere
        message = access.get_readable_message(reporter, item_id)
        text, picture = reading.said_in(message).text or "", pictured.copy_for_report(message)
        return replace(self._evidence(item_id, text), picture=picture)

    def evidence(self, item_id: UUID) -> Evidence:
        return self._evidence(item_id, "")

    def approve(self, item_id: UUID) -> None:
        """Messages are never held."""

    def remove(self, item_id: UUID) -> None:
        messaging.withhold(item_id)

    def _evidence(self, item_id: UUID, text: str) -> Evidence:
        writer = selectors.writer_of(item_id)
        # No address: a moderator sees what was reported, and cannot open the conversation.
        return Evidence(text=text, shown_name=writer.name, url="", author_ids=(writer.author_id,))


@dataclass(frozen=True)
class OtherSide:
    shown_name: str
    author_ids: tuple[UUID, ...]


class BlockableConversation:
    """The other side of a conversation: one person, or both of a couple."""

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> OtherSide:
        if reporter is None:
            raise NotThere
        seat = access.get_seat_for(reporter, item_id)
        return OtherSide(selectors.name_of_others(seat), selectors.accounts_of_others(seat))


@safety.on_block
def close_what_they_share(blocker: Account, account_ids: list[UUID]) -> None:
    messaging.close_conversations_between([blocker.pk], account_ids)
    photos.drop_between(blocker.pk, account_ids)


messaging.on_leave(drafts.forget_of_who_left)
moderation.register("message", ReportableMessage())
safety.register("conversation", BlockableConversation())
