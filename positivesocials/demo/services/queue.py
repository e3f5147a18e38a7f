"""Reports that wait for the moderator, beside the held first posts and guests' replies."""

from positivesocials.demo import material, past
from positivesocials.demo.material import Entry
from positivesocials.demo.services.meetings import message_key
from positivesocials.demo.services.people import account_of
from positivesocials.messaging.models import Message
from positivesocials.moderation import services as moderation
from positivesocials.replies.models import Reply


def file_reports() -> None:
    for entry in material.reports():
        kind, item = _reported(entry["on"])
        filed = moderation.report(
            account_of(entry["reporter"]), kind=kind, item_id=item.pk, why=entry["why"], note=entry["note"]
        )
        past.reported(filed, item.sent_at if isinstance(item, Message) else item.written_at)


def _reported(key: str) -> tuple[str, Message | Reply]:
    for entry in material.conversations():
        for number, message in enumerate(entry["messages"]):
            if message.get("key") == key:
                return "message", Message.objects.get(client_key=message_key(entry, number))
    return "reply", Reply.objects.get(client_key=_reply_key(key))


def _reply_key(key: str) -> str:
    for post in material.posts():
        found = _find(post.get("replies", []), key)
        if found:
            return f"demo-{post['key']}-{found['hours_ago']}"
    raise KeyError(key)


def _find(replies: list[Entry], key: str) -> Entry | None:
    for reply in replies:
        found = reply if reply.get("key") == key else _find(reply.get("replies", []), key)
        if found:
            return found
    return None
