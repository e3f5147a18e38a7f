"""Attachments of an export: fetched from hosts that the operator named, put below their article."""

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from positivesocials.articles import arrivals as articles
from positivesocials.articles.models import NewsPage
from positivesocials.core import fetching
from positivesocials.core.fetching import NotFetched, Why
from positivesocials.core.images import LARGEST_UPLOAD
from positivesocials.core.refusals import Refused
from positivesocials.wordpress import entries, wxr
from positivesocials.wordpress.models import BroughtIn
from positivesocials.wordpress.report import Report
from positivesocials.wordpress.wxr import Channel, Item

LIMITS = fetching.Limits(size=LARGEST_UPLOAD)


def bring_in(path: Path, hosts: Collection[str], report: Report) -> None:
    """Reads the file once more, when every article is there that a picture may belong to."""
    named = {host.strip().casefold() for host in hosts}
    channel, items = wxr.read(path, lambda _bytes: None)
    for item in items:
        if entries.kind_of(item) == "attachment":
            _take(channel, item, named, report)


def _take(channel: Channel, item: Item, hosts: Collection[str], report: Report) -> None:
    mark = entries.mark_of_item(channel, item)
    if BroughtIn.objects.filter(mark=mark).exists():
        report.counts["known"] += 1
        return
    try:
        _bring_in_one(mark, _article(channel, item), item, hosts)
        report.counts["attachments"] += 1
    except NotFetched as error:
        report.leave_out(_what(item), _sentence(error.why), item.line)
    except Refused as refused:
        report.leave_out(_what(item), refused.message, item.line)
    except IntegrityError:
        report.counts["known"] += 1


def _article(channel: Channel, item: Item) -> NewsPage:
    parent = entries.mark_of_parent(channel, item)
    row = BroughtIn.objects.select_related("news").filter(mark=parent).first()
    if row is None or row.news is None:
        raise Refused(_("It belongs to no article here."))
    news: NewsPage = row.news
    return news


def _bring_in_one(mark: str, post: NewsPage, item: Item, hosts: Collection[str]) -> None:
    def from_a_named_host(url: str) -> None:
        if (urlsplit(url).hostname or "") not in hosts:
            raise NotFetched(Why.FORBIDDEN)

    address = item.texts.get("wp:attachment_url", "").strip()
    got = fetching.fetch(address, limits=LIMITS, may=from_a_named_host)
    if got.status != 200:
        raise NotFetched(Why.NO_ANSWER)
    with transaction.atomic():
        picture = articles.add_picture(post, alt=entries.alt_of(item), data=got.body)
        BroughtIn.objects.create(mark=mark, news=picture.news)


def _what(item: Item) -> str:
    return _("the attachment %s") % (
        item.texts.get("wp:attachment_url", "").strip()[:300] or entries.name_of(item)
    )


def _sentence(why: Why) -> str:
    if why is Why.FORBIDDEN:
        return _("Its host, or one that it leads to, was not named by --attachments-from.")
    if why in {Why.NOT_PUBLIC, Why.ADDRESS}:
        return _("Its address leads to no public server.")
    return _("It could not be fetched (%s): run the import again to try once more.") % why.value
