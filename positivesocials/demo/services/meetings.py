"""Likes, the matches of two likes, and what the matched wrote to each other."""

from django.utils import timezone

from positivesocials.demo import material, past
from positivesocials.demo.material import Entry
from positivesocials.demo.services.people import account_of, profile_called, speaker
from positivesocials.matching import daily
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Match
from positivesocials.messaging import composing, openers
from positivesocials.messaging.models import Conversation, Message


def introduce() -> None:
    for entry in material.likes():
        _like(entry["by"], entry["to"], entry["mode"])
    for entry in material.conversations():
        _converse(entry)
    for entry in material.requests():
        _write_first(entry)


def draw() -> None:
    """Today's introductions, as the first night would have made them."""
    daily.draw(timezone.localdate())


def _like(key: str, about: str, mode: str) -> Match | None:
    me = Me(profile_called(key))
    return matching.like(speaker(key), me, profile_called(about).pk, mode=mode)


def _match(entry: Entry) -> Conversation:
    one, other = entry["between"]
    _like(one, other, entry["mode"])
    match = _like(other, one, entry["mode"])
    assert match is not None
    past.matched(match, past.hours_ago(entry["messages"][0]["hours_ago"] + 2))
    return match.conversation


def _converse(entry: Entry) -> None:
    conversation = _match(entry)
    said = [_say(conversation, entry, number) for number in range(len(entry["messages"]))]
    moments = [past.hours_ago(message["hours_ago"]) for message in entry["messages"]]
    past.conversed(conversation, said, moments)
    for key in entry["unread_for"]:
        reader = account_of(key)
        own = [at for at, message in zip(moments, said, strict=True) if message.author_id == reader.pk]
        past.not_read_since(conversation, reader, own[-1] if own else moments[0])


def _write_first(entry: Entry) -> None:
    own, key = profile_called(entry["by"]), f"demo-{entry['by']}-{entry['to']}"
    about = profile_called(entry["to"]).pk
    opener = openers.write_first(speaker(entry["by"]), own, about, text=entry["text"], client_key=key)
    past.wrote_first(opener, past.hours_ago(entry["hours_ago"]))


def _say(conversation: Conversation, entry: Entry, number: int) -> Message:
    message = entry["messages"][number]
    key = message_key(entry, number)
    return composing.send(
        account_of(message["author"]), conversation.pk, text=message["text"], client_key=key
    )


def message_key(entry: Entry, number: int) -> str:
    return f"demo-{entry['key']}-{number}"
