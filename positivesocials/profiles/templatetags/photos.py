"""`{% photo shown %}` draws a photo as its viewer sees it; `{% photo_address shown %}` is where it opens."""

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from positivesocials.profiles.photo_reads import Shown
from positivesocials.profiles.photo_rules import link_token

register = template.Library()


@register.simple_tag(takes_context=True)
def photo(context: RequestContext, shown: Shown, *, look: str = "", silent: bool = False) -> SafeString:
    """`silent` where a name beside it says already whose it is."""
    words = "" if silent else (shown.words or _("A blurred photo"))
    return format_html(
        '<img class="photo{}" src="{}" alt="{}" width="{}" height="{}" dir="auto" decoding="async">',
        f" {look}" if look else "",
        _address(context, shown, shown.size),
        words,
        shown.width,
        shown.height,
    )


@register.simple_tag(takes_context=True)
def photo_address(context: RequestContext, shown: Shown) -> str:
    return _address(context, shown, shown.large)


def _address(context: RequestContext, shown: Shown, size: str) -> str:
    session_key = context["request"].session.session_key or ""
    token = link_token(shown.id, size=size, session_key=session_key)
    return f"{reverse('profiles:show-photo', args=[shown.id, size])}?t={token}"
