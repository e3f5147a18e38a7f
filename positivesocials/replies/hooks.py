from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.moderation import registry
from positivesocials.moderation.registry import Earlier, Evidence
from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Kind
from positivesocials.replies import access, history, homes, selectors, services, telling
from positivesocials.replies.homes import Shows
from positivesocials.replies.models import Reply
from positivesocials.safety import registry as safety


class ReplyKind:
    label = pgettext_lazy("noun", "Reply")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        written = access.get_reply_for(reporter, item_id)
        # To nobody in particular it shows words alone: pictures are never for guests.
        return _evidence(written, homes.shown_in(written.pk, reporter) if reporter else Shows())

    def evidence(self, item_id: UUID) -> Evidence:
        written = Reply.objects.select_related("persona").filter(pk=item_id).first()
        if written is None:
            raise NotThere
        earlier = tuple(Earlier(text, until_at) for text, until_at in history.earlier(written.pk))
        return replace(_evidence(written, homes.shown_in(written.pk, None)), earlier=earlier)

    def approve(self, item_id: UUID) -> None:
        services.approve(item_id)

    def remove(self, item_id: UUID) -> None:
        services.remove(item_id)


def _evidence(written: Reply, shows: Shows) -> Evidence:
    if written.text is None:
        raise NotThere
    return Evidence(
        text="\n\n".join([written.text, *shows.words]),
        pictures=shows.pictures,
        shown_name=selectors.shown_name(written),
        url=reverse("replies:show-reply", args=[written.pk]),
        author_ids=written.writer_ids,
    )


def _address(reply_id: UUID) -> str:
    return reverse("replies:show-reply", args=[reply_id])


REPLY = ReplyKind()
notices.register(
    Kind(
        telling.NOTICE,
        label=_("Answers to your replies"),
        words=_("An answer to your reply"),
        icon="reply",
        path=_address,
        order=7,
    )
)
notices.register(
    Kind(
        telling.NAMED,
        label=_("Replies that name you"),
        words=_("Somebody named you in a reply"),
        icon="reply",
        path=_address,
        order=7,
    )
)
registry.register(services.KIND, REPLY)
safety.register(services.KIND, REPLY)
