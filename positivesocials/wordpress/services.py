"""Bringing in what a WordPress export holds: each item once, however often and from wherever it is run."""

from collections.abc import Callable, Collection, Iterable
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from positivesocials.articles import arrivals as articles
from positivesocials.articles import services as news
from positivesocials.core.refusals import Refused
from positivesocials.replies import arrivals as replies
from positivesocials.vault import services as vault
from positivesocials.wordpress import attachments, entries, wxr
from positivesocials.wordpress.counting import Counting, Memory, Place, ThisInstance
from positivesocials.wordpress.entries import Entry
from positivesocials.wordpress.models import BroughtIn
from positivesocials.wordpress.report import Report
from positivesocials.wordpress.wxr import Channel, Item

AT_ONCE = 50
GONE = {"trash", "auto-draft", "inherit"}
KINDS = {"post": "posts", "page": "pages"}
Step = Callable[[int], None]


class Hand(Protocol):
    """What is done with what was read: brought in, or only counted."""

    def news(self, entry: Entry) -> Place: ...

    def replies(self, place: Place, arrivals: list[replies.Arrival]) -> int: ...


class Bringing:
    def news(self, entry: Entry) -> Place:
        if known := _known(entry):
            return known
        try:
            with transaction.atomic():
                post = articles.bring_in(entry.news)
                BroughtIn.objects.create(mark=entry.mark, news=post)
        except IntegrityError:
            if known := _known(entry):
                # Another run was quicker.
                return known
            raise Refused(_("Somebody wrote at the same moment. Bring the file in once more.")) from None
        return Place(is_new=True, is_there=True, page=post)

    def replies(self, place: Place, arrivals: list[replies.Arrival]) -> int:
        return replies.bring_in(news.open_replies(place.page), arrivals) if place.page else 0


def _known(entry: Entry) -> Place | None:
    row = BroughtIn.objects.select_related("news").filter(mark=entry.mark).first()
    return Place(is_new=False, is_there=row.news is not None, page=row.news) if row else None


def size_of(path: Path) -> int:
    """How many bytes there are to read, twice."""
    return 2 * wxr.size_of(path)


def bring_in(path: Path, *, hosts: Collection[str] = (), step: Step = lambda _bytes: None) -> Report:
    """Everything of an export that has a place here. The same file again changes nothing.

    Stopped in the middle and run again, it goes on. What editors changed or deleted since stays so.
    Pictures are fetched from these hosts and from nowhere else.
    """
    report = _go_through(path, Bringing(), hosts, step)
    if hosts:
        attachments.bring_in(path, hosts, report)
    return report


def look_at(
    path: Path,
    *,
    hosts: Collection[str] = (),
    memory: Memory | None = None,
    step: Step = lambda _bytes: None,
) -> Report:
    """What `bring_in` would do if every host sent its pictures. Writes nothing and fetches nothing."""
    counting = Counting(memory or ThisInstance())
    report = _go_through(path, counting, hosts, step)
    if hosts:
        attachments.look_at(path, hosts, report, counting)
    return report


def _go_through(path: Path, hand: Hand, hosts: Collection[str], step: Step) -> Report:
    wxr.check(path, step)
    report = Report()
    channel, items = wxr.read(path, step)
    for item in items:
        # The keys of one item's replies are forgotten with it.
        with vault.keys_open():
            # With hosts, attachments have their turn when all articles are there.
            if not (hosts and entries.kind_of(item) == "attachment"):
                _take(channel, item, hand, report)
    return report


def _take(channel: Channel, item: Item, hand: Hand, report: Report) -> None:
    if why := _reason_against(item):
        report.leave_out(f"{entries.kind_of(item)} “{entries.name_of(item)}”", why, item.line)
        return
    entry = entries.entry(channel, item)
    try:
        place = hand.news(entry)
    except Refused as refused:
        report.leave_out(f"“{entries.name_of(item)}”", refused.message, item.line)
        return
    report.counts[KINDS[entries.kind_of(item)] if place.is_new else "known"] += 1
    left = list(entry.left)
    if place.is_there:
        _take_replies(entries.replies(channel, item, left), place, hand, report)
    for what, why, line in left:
        report.leave_out(what, why, line)


def _take_replies(arrivals: Iterable[replies.Arrival], place: Place, hand: Hand, report: Report) -> None:
    each = iter(arrivals)
    while some := list(islice(each, AT_ONCE)):
        report.counts["replies"] += hand.replies(place, some)


def _reason_against(item: Item) -> str:
    kind, status = entries.kind_of(item), entries.status_of(item)
    if kind == "attachment":
        return _("Nothing is fetched unless its host is named by --attachments-from.")
    if kind not in KINDS:
        return _("Menus, settings and what plugins keep have no place here.")
    if status in GONE:
        return _("It was thrown away or never saved.")
    return ""
