"""A mail as it goes over the wire: plain text, and the same words as HTML without pictures and styles."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language_info

from positivesocials.notifications.models import OutgoingMail


@dataclass(frozen=True)
class Piece:
    """A line of a mail; `link` where it is an address and nothing else."""

    text: str
    link: str = ""


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The same row is the same message each time it is sent: its id (RFC 5322, 3.6.4) is the row's."""
    headers = {"Message-ID": f"<{mail.pk.hex}@{urlsplit(settings.ORIGIN).hostname}>"}
    if mail.leave:
        # RFC 2369, and RFC 8058 for the one click.
        headers |= {
            "List-Unsubscribe": f"<{mail.leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    message = EmailMultiAlternatives(
        subject=mail.subject, body=mail.body, to=[str(mail.address)], headers=headers
    )
    message.attach_alternative(str(mail.html) if mail.html else _html(mail), "text/html")
    return message


def _html(mail: OutgoingMail) -> str:
    language = mail.language or settings.LANGUAGE_CODE
    page = {
        "subject": mail.subject,
        "blocks": [_pieces(block) for block in re.split(r"\n\s*\n", str(mail.body).strip())],
        "language": language,
        "is_rtl": get_language_info(language)["bidi"],
    }
    return render_to_string("notifications/mail/page.html", page)


def _pieces(block: str) -> list[Piece]:
    return [_piece(line.strip()) for line in block.splitlines()]


def _piece(line: str) -> Piece:
    return Piece(line, link=line if re.fullmatch(r"https?://\S+", line) else "")
