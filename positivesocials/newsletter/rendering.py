"""A letter as it goes out: plain text, and HTML that looks right without pictures, styles and scripts.

It begins with lines of ours, because mail programs show the first words beside the subject. One link in it
is the reader's own: the one to leave.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info

from positivesocials.core import markdown
from positivesocials.newsletter import selectors
from positivesocials.newsletter.models import Issue

# Stands where the reader's own link comes; a host that nobody can have (RFC 2606).
LEAVE_HERE = "https://leave.invalid/"
LINK = re.compile(r"\[([^\]]+)\]\((\S+?)\)")


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
            "intro_text": LINK.sub(r"\1 (\2)", issue.intro.replace("\r\n", "\n")).strip(),
            "intro": markdown.render_page(issue.intro),
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
