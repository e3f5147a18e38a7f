"""What messaging offers below: messages can be reported, their writers blocked, and a block closes."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.messaging import (
    access,
    aside,
    drafts,
    evidence,
    opener_access,
    opener_reads,
    openers,
    photos,
    pictured,
    reading,
    selectors,
)
from positivesocials.messaging import services as messaging
from positivesocials.moderation import registry as moderation
from positivesocials.moderation.registry import Evidence
from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Happening, Kind
from positivesocials.profiles import access as profiles_access
from positivesocials.profiles import services as profiles
from positivesocials.safety import registry as safety


class ReportableMessage:
    """One message and who wrote it. Of what stands before it, its reporter may reveal a little."""

    label = _("Message")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        """What the reporter reveals by reporting. Nothing else in the way of a report opens a message."""
        if reporter is None:
            raise NotThere
        message = access.get_readable_message(reporter, item_id)
        text, pictures = reading.said_in(message).text or "", pictured.copies_for_report(message)
        before = evidence.said_before(reporter, message)
        return replace(self._evidence(item_id, text), pictures=pictures, before=before)

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


class ReportableRequest:
    """The one text of somebody who wrote first, while it waits."""

    label = _("Request")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        if reporter is None:
            raise NotThere
        return self.evidence(opener_access.get_request_for(reporter, item_id).pk)

    def evidence(self, item_id: UUID) -> Evidence:
        opener = opener_reads.written(item_id)
        name = opener.persona.name or ""
        return Evidence(text=opener.text or "", shown_name=name, url="", author_ids=(opener.author_id,))

    def approve(self, item_id: UUID) -> None:
        """Requests are never held."""

    def remove(self, item_id: UUID) -> None:
        openers.withhold(item_id)


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
    openers.forget_between(blocker, account_ids)


def _address(conversation_id: UUID) -> str:
    return reverse("messaging:show-conversation", args=[conversation_id])


def _requests(_profile_id: UUID) -> str:
    return reverse("messaging:list-requests")


@notices.silence_when
def is_hushed(happening: Happening) -> bool:
    """Nobody is told of what they muted, nor of words that they hid."""
    if happening.kind == openers.REQUEST:
        return opener_reads.newest_is_aside(happening.account_id, happening.target)
    if happening.kind != messaging.NOTICE:
        return False
    return access.is_muted(happening.account_id, happening.target) or aside.newest_is_aside(
        happening.account_id, happening.target
    )


notices.register(
    Kind(messaging.NOTICE, label=_("Messages"), words=_("A new message"), icon="talk", path=_address, order=1)
)
notices.register(
    Kind(
        openers.REQUEST,
        label=_("Somebody writes to you first"),
        words=_("Somebody wrote to you first"),
        icon="talk",
        path=_requests,
        order=1,
    )
)
notices.register(
    Kind(
        openers.ANSWERED,
        label=_("A request of yours is answered"),
        words=_("A request of yours was answered: you can write to each other now"),
        icon="talk",
        path=_address,
        order=1,
    )
)
messaging.on_leave(drafts.forget_of_who_left)
profiles.on_couple_end(openers.forget_of)
profiles_access.show_shy_when(opener_access.has_written_to)
moderation.register("request", ReportableRequest())
moderation.register("message", ReportableMessage())
safety.register("conversation", BlockableConversation())
