"""What a page sends to be kept as a draft, and what it hears back: the same for posts and replies."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.groups import drafts, photos
from positivesocials.groups.drafts import Begun, Place, Words
from positivesocials.groups.post_forms import DraftForm


def saved(request: HttpRequest, actor: Account, place: Place) -> Begun | None:
    """What is kept now; None if it was thrown away. A refusal gives back what was written."""
    rates.take("post-draft", str(actor.pk), limit=120, seconds=60)
    form = DraftForm(request.POST)
    form.is_valid()
    sent = form.cleaned_data
    if sent.get("drop"):
        drafts.forget(actor, place)
        photos.throw_away(actor, place)
        return None
    words = Words(*(str(sent.get(name) or "") for name in ("text", "title", "note")))
    return drafts.keep(actor, place, words, version=int(sent.get("draft") or 0))


def kept(
    request: HttpRequest, begun: Begun | None, back: HttpResponse, *, has_photos: bool = False
) -> HttpResponse:
    if begun and "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"version": begun.version})
    if begun is None or (begun.words.is_empty and not has_photos):
        messages.success(request, _("The draft is gone."))
    else:
        messages.success(request, _("Your draft is kept, sealed, for 90 days. It waits where you write."))
    return back
