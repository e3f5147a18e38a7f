"""Letters that came back: delivery status notifications (RFC 3464) read from where the server puts them."""

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from django.utils.translation import gettext as _

from positivesocials.core.refusals import Refused
from positivesocials.newsletter import returns, sending
from positivesocials.newsletter.models import Delivery, Subscriber
from positivesocials.vault import services as vault

# Of a longer one the beginning tells enough: who sent it back and why stands before what came back.
MOST_READ = 1024 * 1024
MBOX = b"From "
FOLDERS = ("new", "cur")


@dataclass
class Figures:
    """`ended`: subscriptions that are over. `noted`: came back for a reason that may pass."""

    read: int = 0
    ended: int = 0
    noted: int = 0
    known: int = 0
    other: int = 0


@dataclass(frozen=True)
class Report:
    text: str
    kind: returns.Kind


def take_in(messages: Iterator[bytes]) -> Figures:
    """Act on each. What is no return of ours is counted and left; the same return again changes nothing."""
    figures = Figures()
    with vault.keys_open():
        for raw in messages:
            figures.read += 1
            _take(raw, figures)
    return figures


def _take(raw: bytes, figures: Figures) -> None:
    report = report_in(raw)
    delivery_id = returns.delivery_in(report.text) if report else None
    known = Delivery.objects.select_related("subscriber")
    row = known.filter(pk=delivery_id).first() if delivery_id else None
    if report is None or row is None:
        figures.other += 1
    elif not sending.note_return(row, report.kind):
        figures.known += 1
    elif Subscriber.objects.filter(pk=row.subscriber_id).exists():
        figures.noted += 1
    else:
        figures.ended += 1


def report_in(raw: bytes) -> Report | None:
    """What a message says of a delivery that failed; None for anything else, however broken."""
    raw = raw[:MOST_READ]
    try:
        said = _failure(message_from_bytes(raw))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # No mail at all, or one made to break its reader.
    return None if said is None else Report(raw.decode("ascii", "replace"), returns.kind_of(said))


def _failure(message: Message) -> str | None:
    """The state and the words of the server that would not have it."""
    if message.get_content_type() != "multipart/report":
        return None
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                return f"{block.get('Status', '')} {block.get('Diagnostic-Code', '')}"
    return None


def messages_in(place: Path) -> Iterator[bytes]:
    """Those of a Maildir, of an mbox, or the one that a file is."""
    if place.is_dir():
        yield from _of_maildir(place)
        return
    with place.open("rb") as file:
        is_mbox = file.read(len(MBOX)) == MBOX
    if is_mbox:
        yield from _of_mbox(place)
    else:
        with place.open("rb") as file:
            yield file.read(MOST_READ)


def _of_maildir(place: Path) -> Iterator[bytes]:
    if not any((place / folder).is_dir() for folder in FOLDERS):
        raise Refused(_("%s is no Maildir: it has no folder “new”.") % place)
    for folder in FOLDERS:
        for path in sorted((place / folder).glob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    yield file.read(MOST_READ)


def _of_mbox(place: Path) -> Iterator[bytes]:
    box = mailbox.mbox(place, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as file:
                yield file.read(MOST_READ)
    finally:
        box.close()
