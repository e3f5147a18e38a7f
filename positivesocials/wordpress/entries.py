"""What an item of an export becomes: a post, a draft, replies, or nothing, with the reason."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from positivesocials.articles.arrivals import LONGEST_TITLE
from positivesocials.articles.arrivals import Arrival as NewsArrival
from positivesocials.replies.arrivals import Arrival as ReplyArrival
from positivesocials.wordpress import bodies
from positivesocials.wordpress.wxr import Channel, Comment, Item

LONGEST_BODY = 1_000_000
LONGEST_REPLY = 65_535
LONGEST_ADDRESS = 200
SHORT = 240
NEVER = "0000-00-00 00:00:00"
TAGS, CATEGORIES, UNREAD = {"post_tag", "tag"}, {"category"}, {"", "post_format"}
Left = tuple[str, str, int]


@dataclass
class Entry:
    mark: str
    news: NewsArrival
    left: list[Left] = field(default_factory=list)


def mark_of(channel: Channel, kind: str, *ids: str) -> str:
    """The same item of the same site, whatever file it stands in."""
    site = urlsplit(channel.site)
    name = f"{site.netloc}{site.path}".rstrip("/").casefold() or channel.site
    return hashlib.sha256("\x1f".join(["wordpress", name, kind, *ids]).encode()).hexdigest()


def mark_of_item(channel: Channel, item: Item) -> str:
    texts = item.texts
    number = texts.get("wp:post_id", "").strip() or texts.get("guid", "").strip()
    return mark_of(
        channel, "post", number or "\x1f".join(texts.get(n, "") for n in ("title", "pubDate", "link"))
    )


def mark_of_parent(channel: Channel, item: Item) -> str:
    """The post that an attachment was added to; "" for one that stands alone."""
    number = item.texts.get("wp:post_parent", "").strip()
    return mark_of(channel, "post", number) if number not in {"", "0"} else ""


def alt_of(item: Item) -> str:
    """What the picture shows, in the writer's own words if there are any."""
    texts = (item.texts.get(name, "") for name in ("alt", "excerpt:encoded", "content:encoded", "title"))
    return next((words for text in texts if (words := bodies.line_of(text))), "")


def name_of(item: Item) -> str:
    return bodies.line_of(item.texts.get("title", ""))[:100] or _("without a title")


def kind_of(item: Item) -> str:
    return item.texts.get("wp:post_type", "post").strip() or "post"


def status_of(item: Item) -> str:
    return item.texts.get("wp:status", "publish").strip() or "publish"


def date_of(texts: dict[str, str], prefix: str) -> datetime:
    """The moment in UTC; where the export names none that there ever was, now."""
    for name in (f"{prefix}_gmt", prefix):
        written = texts.get(name, "").strip()
        if written and written != NEVER:
            try:
                return _within_reason(datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC))
            except ValueError:
                continue
    try:
        parsed = parsedate_to_datetime(texts.get("pubDate", "").strip())
        return _within_reason(parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC))
    except (ValueError, TypeError, OverflowError):
        return timezone.now()


def _within_reason(moment: datetime) -> datetime:
    if not 1900 <= moment.year <= 2900:
        raise ValueError
    return moment


def entry(channel: Channel, item: Item) -> Entry:
    """A post or page as it comes in. What of it has no place is named in `left`."""
    texts, kind = item.texts, kind_of(item)
    base = texts.get("link", "").strip() or channel.site
    line = item.lines.get("content:encoded", item.line)
    body = bodies.convert(texts.get("content:encoded", "")[:LONGEST_BODY], base=base)
    left = [(f"{what}: “{name_of(item)}”", why, line) for what, why in body.left]
    if len(texts.get("content:encoded", "")) > LONGEST_BODY:
        left.append((name_of(item), _("Its text is too long: the end is left out."), line))
    title = bodies.line_of(texts.get("title", "")) or _shortened(body.words, 80) or _("Without a title")
    if len(title) > LONGEST_TITLE:
        left.append((name_of(item), _("Its title is too long: the end is left out."), item.line))
    categories, tags = _terms(item, left)
    dated, is_live, goes_live_at = _state(item, left)
    if not body.html:
        left.append((name_of(item), _("Nothing of its text has a place here: it is a draft now."), line))
        is_live, goes_live_at = False, None
    news = NewsArrival(
        title=title,
        address=unquote(texts.get("wp:post_name", "").strip()),
        category=(categories or [_("Other")])[0],
        tags=tuple(dict.fromkeys([*tags, *categories[1:]])),
        standfirst=_standfirst(texts, body, title),
        body=body.html or f"<p>{escape(title)}</p>",
        byline=_byline(channel, texts),
        source_line=_source(base),
        dated=dated,
        is_live=is_live,
        goes_live_at=goes_live_at,
        is_pinned=kind == "post" and texts.get("wp:is_sticky", "").strip() == "1",
        takes_replies=texts.get("wp:comment_status", "open").strip() != "closed",
    )
    return Entry(mark_of_item(channel, item), news, left)


def _terms(item: Item, left: list[Left]) -> tuple[list[str], list[str]]:
    categories: list[str] = []
    tags: list[str] = []
    for term in item.terms:
        name = bodies.line_of(term.name)[:80]
        if not name or term.domain in UNREAD:
            continue
        if term.domain in CATEGORIES | TAGS:
            (categories if term.domain in CATEGORIES else tags).append(name)
        else:
            why = _("Only categories and tags file an article here.")
            left.append((f"{term.domain} “{name}”: “{name_of(item)}”", why, item.line))
    return categories, tags


def _state(item: Item, left: list[Left]) -> tuple[datetime, bool, datetime | None]:
    dated, status = date_of(item.texts, "wp:post_date"), status_of(item)
    is_to_come = dated > timezone.now()
    if item.texts.get("wp:post_password", "").strip():
        why = _("Articles here have no passwords: it is a draft now.")
        left.append((_("the password of “%s”") % name_of(item), why, item.line))
        return dated, False, None
    if kind_of(item) == "page" or status not in {"publish", "future"}:
        return dated, False, None
    return dated, not is_to_come, dated if is_to_come else None


def _standfirst(texts: dict[str, str], body: bodies.Body, title: str) -> str:
    excerpt = bodies.convert(texts.get("excerpt:encoded", "")[:20_000], base="").words
    return _shortened(excerpt, 600) or _shortened(body.words, SHORT) or title


def _shortened(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    return words[: most - 1].rpartition(" ")[0].rstrip(" ,;:.") + "…" if " " in words[:most] else words[:most]


def _byline(channel: Channel, texts: dict[str, str]) -> str:
    login = texts.get("dc:creator", "").strip()
    names = (channel.authors.get(login, ""), login)
    # Who logged in with an address, or shows one, is not named by it.
    return next((bodies.line_of(name)[:120] for name in names if name and "@" not in name), "")


def _source(base: str) -> str:
    try:
        host = urlsplit(base).hostname
    except ValueError:
        host = None
    return _("First published at %s.") % bodies.calm(host)[:200] if host else ""


def replies(channel: Channel, item: Item, left: list[Left]) -> Iterator[ReplyArrival]:
    """The comments below an item, each after what it answers. What is left out is passed over."""
    kept, parents = {}, {}
    for comment in item.comments:
        number = comment.texts.get("wp:comment_id", "").strip() or f"line {comment.line}"
        parents[number] = comment.texts.get("wp:comment_parent", "").strip()
        if why := _reason_against(comment):
            left.append((_("a comment below “%s”") % name_of(item), why, comment.line))
        else:
            kept[number] = comment
    for number in _in_order(kept, parents):
        yield _reply(channel, item, kept, number, _answered(number, kept, parents), left)


def _answered(number: str, kept: dict[str, Comment], parents: dict[str, str]) -> str:
    seen, above = {number}, parents.get(number, "")
    while above in parents and above not in kept and above not in seen:
        seen.add(above)
        above = parents[above]
    return above if above in kept and above not in seen else ""


def _in_order(kept: dict[str, Comment], parents: dict[str, str]) -> Iterator[str]:
    """Every comment after the one it answers; a circle is begun anywhere."""
    done: set[str] = set()
    for number in kept:
        path = []
        here = number
        while here and here not in done:
            done.add(here)
            path.append(here)
            here = _answered(here, kept, parents)
        yield from reversed(path)


def _reason_against(comment: Comment) -> str:
    texts = comment.texts
    if texts.get("wp:comment_type", "").strip() not in {"", "comment"}:
        return _("Pingbacks, trackbacks and the like are no replies.")
    if texts.get("wp:comment_approved", "1").strip() in {"spam", "trash", "post-trashed"}:
        return _("It was marked as spam or thrown away.")
    if not texts.get("wp:comment_content", "").strip():
        return _("It says nothing.")
    return ""


def _reply(
    channel: Channel, item: Item, kept: dict[str, Comment], number: str, answers: str, left: list[Left]
) -> ReplyArrival:
    texts = kept[number].texts
    text = bodies.spoken(texts["wp:comment_content"][: 3 * LONGEST_REPLY]) or "…"
    if len(text) > LONGEST_REPLY:
        why = _("It is too long: the end is left out.")
        left.append((_("a comment below “%s”") % name_of(item), why, kept[number].line))
    name = bodies.line_of(texts.get("wp:comment_author", ""))
    address = bodies.line_of(texts.get("wp:comment_author_email", ""))
    is_public = texts.get("wp:comment_approved", "1").strip() in {"1", "approve", "approved", ""}
    return ReplyArrival(
        mark=_reply_mark(channel, item, number),
        name=name if name and "@" not in name else _("Guest"),
        address=address if "@" in address and len(address) <= LONGEST_ADDRESS else "",
        text=text[:LONGEST_REPLY],
        written_at=date_of(texts, "wp:comment_date"),
        is_public=is_public,
        answers=_reply_mark(channel, item, answers) if answers else "",
    )


def _reply_mark(channel: Channel, item: Item, number: str) -> str:
    # A comment without a number is known by where it stands below its post.
    return mark_of(channel, "comment", mark_of_item(channel, item), number)
