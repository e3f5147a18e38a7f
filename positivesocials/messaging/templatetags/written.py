"""`{% written line %}` shows the words of a message: addresses in it lead to a page that shows them whole."""

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from positivesocials.messaging.lines import Line
from positivesocials.messaging.links import pieces

register = template.Library()


@register.simple_tag
def written(line: Line) -> SafeString:
    shown = [_piece(line, text, which) for text, which in pieces(line.text or "")]
    # Each piece was escaped, and the rest are breaks of lines.
    return mark_safe(linebreaks("".join(shown), autoescape=False))  # noqa: S308


def _piece(line: Line, text: str, which: str) -> str:
    if not which:
        return conditional_escape(text)
    page = reverse("messaging:show-link", args=[line.conversation_id, line.id, which])
    return format_html('<a href="{}" rel="nofollow">{}</a>', page, text)
