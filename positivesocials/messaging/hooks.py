"""What messaging offers below: messages can be reported, their writers blocked, and a block closes."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.messaging import access, selectors
from positivesocials.messaging import services as messaging
from positivesocials.moderation import registry as moderation
from positivesocials.moderation.registry import Evidence
from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Kind
from positivesocials.safety import registry as safety


class ReportableMessage:
    """One message and who wrote it. What stands around it was not reported and stays private."""

    label = _("Message")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        if reporter is None:
            raise NotThere
        return self._show(access.get_readable_message(reporter, item_id).pk)

    def evidence(self, item_id: UUID) -> Evidence:
        return self._show(item_id)

    def approve(self, item_id: UUID) -> None:
        """Messages are never held."""

    def remove(self, item_id: UUID) -> None:
        messaging.withhold(item_id)

    def _show(self, item_id: UUID) -> Evidence:
        written = selectors.written(item_id)
        # No address: a moderator sees what was reported, and cannot open the conversation.
        return Evidence(text=written.text, shown_name=written.name, url="", author_ids=(written.author_id,))


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


def _address(conversation_id: UUID) -> str:
    return reverse("messaging:show-conversation", args=[conversation_id])


notices.register(
    Kind(messaging.NOTICE, label=_("Messages"), words=_("A new message"), icon="talk", path=_address, order=1)
)
moderation.register("message", ReportableMessage())
safety.register("conversation", BlockableConversation())
