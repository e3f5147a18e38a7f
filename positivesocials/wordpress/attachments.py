"""Attachments of an export: fetched from hosts that the operator named, put below their article."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from positivesocials.articles import arrivals as articles
from positivesocials.core import fetching
from positivesocials.core.fetching import NotFetched, Why
from positivesocials.core.images import LARGEST_UPLOAD
from positivesocials.core.refusals import Refused
from positivesocials.wordpress import entries, wxr
from positivesocials.wordpress.counting import Counting
from positivesocials.wordpress.models import BroughtIn
from positivesocials.wordpress.report import Report
from positivesocials.wordpress.wxr import Item

LIMITS = fetching.Limits(size=LARGEST_UPLOAD)


def bring_in(path: Path, hosts: Collection[str], report: Report) -> None:
    """Reads the file once more, when every article is there that a picture may belong to."""
    for found in _attachments(path):
        _take(found, report, lambda: _brought_in(found, _named(hosts)))  # noqa: B023 - Called at once.


def look_at(path: Path, hosts: Collection[str], report: Report, counting: Counting) -> None:
    """The same by number: whether a host has the picture is not asked."""
    for found in _attachments(path):
        _take(found, report, lambda: _counted(found, _named(hosts), counting))  # noqa: B023 - Called at once.


@dataclass(frozen=True)
class _Attachment:
    mark: str
    parent: str
    address: str
    item: Item


def _attachments(path: Path) -> Iterator[_Attachment]:
    channel, items = wxr.read(path, lambda _bytes: None)
    for item in items:
        if entries.kind_of(item) == "attachment":
            yield _Attachment(
                entries.mark_of_item(channel, item),
                entries.mark_of_parent(channel, item),
                item.texts.get("wp:attachment_url", "").strip(),
                item,
            )


def _named(hosts: Collection[str]) -> Callable[[str], None]:
    names = {host.strip().casefold() for host in hosts}

    def from_a_named_host(url: str) -> None:
        if (urlsplit(url).hostname or "") not in names:
            raise NotFetched(Why.FORBIDDEN)

    return from_a_named_host


def _take(found: _Attachment, report: Report, comes_in: Callable[[], bool]) -> None:
    try:
        report.counts["attachments" if comes_in() else "known"] += 1
    except NotFetched as error:
        report.leave_out(_what(found), _sentence(error.why), found.item.line)
    except Refused as refused:
        report.leave_out(_what(found), refused.message, found.item.line)


def _counted(found: _Attachment, may: Callable[[str], None], counting: Counting) -> bool:
    if counting.is_known(found.mark):
        return False
    if not counting.has_article(found.parent):
        raise _alone()
    address = fetching.tidied(found.address)
    may(address)
    if fetching.leads_inside(address) or fetching.names_odd_port(address):
        raise NotFetched(Why.NOT_PUBLIC)
    counting.picture(found.mark)
    return True


def _brought_in(found: _Attachment, may: Callable[[str], None]) -> bool:
    if BroughtIn.objects.filter(mark=found.mark).exists():
        return False
    row = BroughtIn.objects.select_related("news").filter(mark=found.parent).first()
    if row is None or row.news is None:
        raise _alone()
    got = fetching.fetch(found.address, limits=LIMITS, may=may)
    if got.status != 200:
        raise NotFetched(Why.NO_ANSWER)
    try:
        with transaction.atomic():
            picture = articles.add_picture(row.news, alt=entries.alt_of(found.item), data=got.body)
            BroughtIn.objects.create(mark=found.mark, news=picture.news)
    except IntegrityError:
        return False
    return True


def _alone() -> Refused:
    return Refused(_("It belongs to no article here."))


def _what(found: _Attachment) -> str:
    return _("the attachment %s") % (found.address[:300] or entries.name_of(found.item))


def _sentence(why: Why) -> str:
    if why is Why.FORBIDDEN:
        return _("Its host, or one that it leads to, was not named by --attachments-from.")
    if why in {Why.NOT_PUBLIC, Why.ADDRESS}:
        return _("Its address leads to no public server.")
    return _("It could not be fetched (%s): run the import again to try once more.") % why.value
