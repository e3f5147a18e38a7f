"""A feed of any kind to entries as they would be stored. Pure: bytes in, plain values out, nothing fetched.

RSS 0.9 to 2, Atom and CDF are read by feedparser, which forgives much; JSON Feed here.
"""

import codecs
import hashlib
import html
import io
import json
import re
from calendar import timegm
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from positivesocials.core.markdown import clean_foreign, words_of
from positivesocials.gathering.guessing import seen_through
from positivesocials.gathering.links import canonical, key_of

MOST_ENTRIES = 200
LONGEST_TITLE, LONGEST_NAME = 250, 120
LONGEST_SOURCE, LONGEST_HTML = 100_000, 60_000
# Shorter texts are often alike in what is not the same news.
LEAST_ALIKE = 60
JSON_FEED = re.compile(r"^https?://(www\.)?jsonfeed\.org/version/1")
DECLARES = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
MARKUP = {"text/html", "application/xhtml+xml"}
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class No(Exception):
    """Names why the file is no feed: a key of gathering.reading.SENTENCES."""


@dataclass(frozen=True)
class Parsed:
    """One entry. `guid` and `url` may be empty; `published_at` is an ISO date with time, or empty."""

    title: str
    url: str
    html: str
    guid: str
    fingerprint: str
    byline: str = ""
    published_at: str = ""


@dataclass(frozen=True)
class Whole:
    """What a feed is, whose, and its entries: each once. `left_out` had nothing in it, or came twice."""

    kind: str
    title: str
    url: str
    entries: list[Parsed]
    left_out: int


def parse(data: bytes, *, base: str = "", content_type: str = "") -> Whole:
    """Raises No for what is no feed."""
    if not data.strip():
        raise No("empty")
    if _looks_like_json(data):
        return _json_feed(data, base)
    if DECLARES.search(_text(data)):
        raise No("entities")
    return _xml_feed(data, base, content_type)


def _text(data: bytes) -> str:
    """Enough of the text to find declarations in it, whatever its encoding."""
    named = next((name for bom, name in BOMS.items() if data.startswith(bom)), "")
    wide = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(data[:2], "")
    wide = {b"<\0\0\0": "utf-32-le", b"\0\0\0<": "utf-32-be"}.get(data[:4], wide)
    text = data.decode(named or wide or "latin-1", "replace")
    return text + data.decode("cp037") if data.startswith(b"\x4c\x6f\xa7\x94") else text


def _looks_like_json(data: bytes) -> bool:
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{" or data[:2] in {b"{\0", b"\0{"}


def _xml_feed(data: bytes, base: str, content_type: str) -> Whole:
    read = seen_through(data, content_type)
    said = {"content-type": content_type} if content_type and read is data else {}
    if base:
        said["content-location"] = base
    try:
        # Never the bytes themselves: it would take a short text for the name of a file.
        found = feedparser.parse(io.BytesIO(read), response_headers=said, sanitize_html=False)
    except (RecursionError, MemoryError):
        raise No("deep") from None
    except Exception:
        raise No("unreadable") from None
    kind, feed = str(found.get("version") or ""), found.get("feed") or {}
    if not kind and not found.entries and not set(feed) & {"title", "subtitle", "link", "updated"}:
        raise No("none")
    home = _address(feed.get("link"), base)
    each = (_entry(entry, base or home) for entry in found.entries)
    return _whole(kind or "cdf", words_of(str(feed.get("title") or "")), home, each)


def _whole(kind: str, title: str, home: str, each: Iterable[Parsed | None]) -> Whole:
    kept: list[Parsed] = []
    left_out = 0
    seen: set[str] = set()
    for entry in each:
        keys = _keys(entry) if entry else set()
        if entry is None or keys & seen or len(kept) == MOST_ENTRIES:
            left_out += 1
            continue
        seen |= keys
        kept.append(entry)
    return Whole(kind, title[:LONGEST_TITLE], home, kept, left_out)


def _keys(entry: Parsed) -> set[str]:
    keys = {f"guid {entry.guid}" if entry.guid else "", f"words {entry.fingerprint}"}
    keys.add(f"url {key_of(entry.url)}" if entry.url else "")
    return keys - {""}


def _entry(entry: Any, base: str) -> Parsed | None:
    guid = str(entry.get("id") or "")
    link = entry.get("feedburner_origlink") or entry.get("link") or _alternate(entry)
    title = words_of(_markup(entry.get("title_detail")) or str(entry.get("title") or ""))
    # Not by its own `get`, which warns of a date that stands in for another.
    moment = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    return _made(
        title=title,
        url=_address(link, base) or (_address(guid, "") if guid.startswith("http") else ""),
        source=_content(entry),
        guid=guid,
        byline=words_of(str(entry.get("author") or "")),
        published_at=_moment(moment),
    )


def _alternate(entry: Any) -> Any:
    links = [link for link in entry.get("links") or [] if isinstance(link, dict)]
    return next((link.get("href") for link in links if link.get("rel", "alternate") == "alternate"), "")


def _content(entry: Any) -> str:
    """The fullest text that the entry has: its content, or else its summary."""
    details = [*(entry.get("content") or []), entry.get("summary_detail")]
    texts = [_markup(detail) for detail in details]
    return next((text for text in texts if text.strip()), str(entry.get("summary") or ""))


def _markup(detail: Any) -> str:
    """A part of a feed as HTML: words stay words, and what is neither words nor HTML is nothing."""
    if not isinstance(detail, dict):
        return ""
    value, kind = str(detail.get("value") or ""), str(detail.get("type") or "text/plain")
    if kind in MARKUP:
        return value
    return _as_html(value) if kind.startswith("text/") else ""


def _as_html(words: str) -> str:
    return html.escape(words, quote=False).replace("\n", "<br>\n")


def _moment(parts: Any) -> str:
    try:
        return datetime.fromtimestamp(timegm(parts), tz=UTC).isoformat() if parts else ""
    except (ValueError, OverflowError, OSError, TypeError):
        return ""


def _address(link: Any, base: str) -> str:
    try:
        return canonical(urljoin(base, str(link).strip())) if link else ""
    except ValueError:
        return ""


def _made(*, title: str, url: str, source: str, guid: str, byline: str, published_at: str) -> Parsed | None:
    """None where nothing is left that anybody could read."""
    cleaned = shortened(source)
    words = words_of(cleaned)
    title = title or words[:80] or url
    if not title:
        return None
    return Parsed(
        title=title[:LONGEST_TITLE],
        url=url,
        html=cleaned if words else "",
        guid=guid[:2000],
        fingerprint=_fingerprint(title, words, url or guid),
        byline=byline[:LONGEST_NAME],
        published_at=published_at,
    )


def shortened(source: str) -> str:
    """Cleaned, within bounds: cut it may end in the middle of a tag, so it is cleaned once more."""
    cleaned = str(clean_foreign(source[:LONGEST_SOURCE]))
    if len(cleaned) > LONGEST_HTML:
        cleaned = str(clean_foreign(cleaned[: LONGEST_HTML - 2000]))
    # Tags that are closed all at the end may make it long again: then its words must do.
    return cleaned if len(cleaned) <= LONGEST_HTML else _as_html(words_of(cleaned)[: LONGEST_HTML // 8])


def _fingerprint(title: str, words: str, place: str) -> str:
    """The same title over the same text is the same news; where there is little text, in one place only."""
    own = "" if len(words) >= LEAST_ALIKE else place
    text = "\x1f".join([*(" ".join(re.findall(r"\w+", part.casefold())) for part in (title, words)), own])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _json_feed(data: bytes, base: str) -> Whole:
    """JSON Feed 1 and 1.1 (jsonfeed.org)."""
    try:
        found = json.loads(data)
    except (RecursionError, MemoryError):
        raise No("deep") from None
    except ValueError:
        raise No("unreadable") from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or not JSON_FEED.match(str(found.get("version"))):
        raise No("none")
    home = _address(found.get("home_page_url"), base)
    each = (_item(item, base or home) for item in items)
    return _whole("json", words_of(_words(found.get("title"))), home, each)


def _item(item: Any, base: str) -> Parsed | None:
    if not isinstance(item, dict):
        return None
    text = _words(item.get("content_html")) or _as_html(
        _words(item.get("content_text") or item.get("summary"))
    )
    guid = _words(item.get("id"))
    return _made(
        title=words_of(_words(item.get("title"))),
        url=_address(_words(item.get("url")), base)
        or (_address(guid, "") if guid.startswith("http") else ""),
        source=text,
        guid=guid,
        byline=words_of(next(_names(item), "")),
        published_at=_iso(_words(item.get("date_published") or item.get("date_modified"))),
    )


def _names(item: dict[str, Any]) -> Iterator[str]:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    yield from (_words(each.get("name")) for each in authors or [] if isinstance(each, dict))


def _words(value: Any) -> str:
    return str(value) if isinstance(value, str | int | float) else ""


def _iso(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""
