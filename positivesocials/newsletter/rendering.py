"""A letter as it goes out: plain text, and HTML that looks right without pictures, styles and scripts.

It begins with lines of ours, because mail programs show the first words beside the subject. One link in it
is the reader's own: the one to leave.
"""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from positivesocials.core import markdown
from positivesocials.newsletter import selectors
from positivesocials.newsletter.models import Issue

# Stands where the reader's own link comes; a host that nobody can have (RFC 2606).
LEAVE_HERE = "https://leave.invalid/"
TAG = re.compile(r"(<[^>]*>)")
# A run without a space that a telephone is too narrow for; an entity counts as one sign.
LONG = re.compile(r"(?:&[#\w]{1,32};|[^\s&]){24}(?=\S)")
STRONG = re.compile(r"\*\*(\S[^*\n]*)\*\*")
LINK = re.compile(r"!?\[([^\]]+)\]\((\S+?)\)")
HREF = re.compile(r'(?<=href=")[^"]*')


@dataclass(frozen=True)
class Letter:
    """The same for every reader but for `LEAVE_HERE`."""

    subject: str
    text: str
    html: str

    def for_reader(self, leave_link: str) -> "Letter":
        text, html = (part.replace(LEAVE_HERE, leave_link) for part in (self.text, self.html))
        return Letter(self.subject, text, html)


def written(issue: Issue) -> Letter:
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        page = {
            "subject": issue.subject,
            "intro_text": _plain(issue.intro),
            "intro": _breakable(_whole_links(markdown.render_page(issue.intro))),
            "entries": [entry for entry in selectors.entries_of(issue) if not entry.is_gone],
            "origin": settings.ORIGIN,
            "page_link": settings.ORIGIN + reverse("newsletter:read-past", args=[issue.pk]),
            "leave_link": LEAVE_HERE,
            "language": language,
            "is_rtl": get_language_info(language)["bidi"],
        }
        text = render_to_string("newsletter/mail/letter.txt", page)
        html = render_to_string("newsletter/mail/letter.html", page)
    return Letter(issue.subject, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def shown(issue: Issue) -> Letter:
    """As a reader gets it, for who is none: its link to leave leads to the form and ends nothing."""
    return written(issue).for_reader(settings.ORIGIN + reverse("newsletter:ask"))


def _plain(markdown_text: str) -> str:
    """Markdown reads well as it is, but for links and marks of strong words."""
    text = STRONG.sub(r"\1", markdown_text.replace("\r\n", "\n"))
    return LINK.sub(lambda found: f"{found[1]} ({_whole(found[2])})", text).strip()


def _whole(link: str) -> str:
    """A mail stands on no site: what leads to a page of ours has to say where that is."""
    try:
        return urljoin(f"{settings.ORIGIN}/", link)
    except ValueError:
        return link


def _whole_links(html: SafeString) -> SafeString:
    return mark_safe(HREF.sub(lambda found: _whole(found[0]), html))  # noqa: S308 - clean, and our origin in it.


def _breakable(html: SafeString) -> SafeString:
    """Without styles a long address would make the letter wider than the screen: here it may be broken."""
    parts = [part if TAG.match(part) else LONG.sub(r"\g<0><wbr>", part) for part in TAG.split(html)]
    return mark_safe("".join(parts))  # noqa: S308 - it was clean, and gained only places to break.
