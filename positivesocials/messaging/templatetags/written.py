"""`{% written line %}` shows the words of a message: addresses in it lead to a page that shows them whole."""

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from positivesocials.messaging.lines import Line
from positivesocials.messaging.links import pieces

register = template.Library()


@register.simple_tag
def written(line: Line) -> SafeString:
    shown = ((_piece(line, text, which),) for text, which in pieces(line.text or ""))
    lines: SafeString = linebreaks_filter(format_html_join("", "{}", shown))
    return lines


def _piece(line: Line, text: str, which: str) -> str:
    if not which:
        return text
    page = reverse("messaging:show-link", args=[line.conversation_id, line.id, which])
    return format_html('<a href="{}" rel="nofollow">{}</a>', page, text)
