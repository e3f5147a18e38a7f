from positivesocials.gathering import services
from positivesocials.gathering.models import Entry, Feed
from positivesocials.gathering.parsing import Whole, parse

_count = iter(range(10_000))


def rss(*items: str, title: str = "Harbour news", link: str = "https://harbour.example/") -> bytes:
    about = f"<title>{title}</title><link>{link}</link>"
    whole = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel>{about}{whole}</channel></rss>'.encode()


def item(title: str = "", *, link: str = "", guid: str = "", text: str = "") -> str:
    number = next(_count)
    title, link = title or f"Headline {number}", link or f"https://harbour.example/{number}"
    text = text or f"What happened at the harbour on day {number}, told at some length so that it is a text."
    known = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<title>{title}</title><link>{link}</link>{known}<description>{text}</description>"


def make_feed(address: str = "", *, category: str = "Town", **traits) -> Feed:
    feed = services.add_feed(address=address or f"https://harbour.example/{next(_count)}", category=category)
    Feed.objects.filter(pk=feed.pk).update(**{"title": "Harbour news", **traits})
    return Feed.objects.get(pk=feed.pk)


def make_entry(feed: Feed | None = None, **traits) -> Entry:
    feed = feed or make_feed()
    services.keep(feed, whole(item(**traits)))
    return Entry.objects.filter(feed=feed).latest("arrived_at")


def whole(*items: str) -> Whole:
    return parse(rss(*items))
