from uuid import UUID

from positivesocials.core.refusals import NotThere
from positivesocials.gathering.models import Entry, Feed


def get_feed(pk: UUID) -> Feed:
    feed = Feed.objects.filter(pk=pk).first()
    if feed is None:
        raise NotThere
    return feed


def get_entry(pk: UUID) -> Entry:
    entry = Entry.objects.select_related("feed", "news").filter(pk=pk).first()
    if entry is None:
        raise NotThere
    return entry
