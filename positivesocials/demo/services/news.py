"""Invented news, with replies by members and by guests."""

from datetime import datetime, timedelta

from django.utils import timezone

from positivesocials.articles import services as articles
from positivesocials.articles.models import NewsPage
from positivesocials.demo import material, past
from positivesocials.demo.material import Entry
from positivesocials.demo.services.people import account_of, own_profile
from positivesocials.moderation import services as moderation
from positivesocials.profiles import selectors as profiles
from positivesocials.replies import services as replies
from positivesocials.replies.models import Reply, Thread

MODERATOR = "lantern-keeper"


def publish() -> None:
    for entry in material.news():
        moment = min(_moment(entry["date"]), timezone.now() - timedelta(days=2))
        thread = articles.open_replies(_publish(entry, moment))
        for reply in entry.get("replies", ()):
            _write(thread, reply, moment, f"demo-{entry['slug']}", parent=None)
        if not entry["replies_open"]:
            replies.close_thread(thread)


def _moment(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def _publish(entry: Entry, moment: datetime) -> NewsPage:
    post = articles.publish_news(
        title=entry["title"],
        category=entry["category"],
        standfirst=entry["standfirst"],
        paragraphs=entry["body"],
        published_on=moment.date(),
        byline=profiles.name_of(own_profile(entry["author"])),
        is_demo=True,
    )
    past.published(post, moment)
    return post


def _write(thread: Thread, entry: Entry, published: datetime, place: str, *, parent: Reply | None) -> None:
    place = f"{place}-{entry['hours_after']}"
    written = (
        _by_guest(thread, entry, place, parent)
        if "guest" in entry
        else _by_member(thread, entry, place, parent)
    )
    past.replied(written, min(published + timedelta(hours=entry["hours_after"]), timezone.now()))
    if "guest" in entry and not entry.get("held"):
        moderation.approve(account_of(MODERATOR), kind=replies.KIND, item_id=written.pk)
    for answer in entry.get("replies", ()):
        _write(thread, answer, published, place, parent=written)


def _by_member(thread: Thread, entry: Entry, place: str, parent: Reply | None) -> Reply:
    persona = own_profile(entry["author"]).persona
    assert persona is not None
    return replies.reply(
        account_of(entry["author"]),
        thread,
        persona=persona,
        text=entry["text"],
        parent_id=parent.pk if parent else None,
        client_key=place,
    )


def _by_guest(thread: Thread, entry: Entry, place: str, parent: Reply | None) -> Reply:
    # Without an address nothing is mailed and none is kept.
    return replies.reply_as_guest(
        thread,
        name=entry["guest"],
        address="",
        text=entry["text"],
        parent_id=parent.pk if parent else None,
        client_key=place,
    )
