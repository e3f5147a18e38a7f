from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import as_picture, member_required
from positivesocials.core.refusals import Refused
from positivesocials.core.uploads import takes_file
from positivesocials.messaging import access, photos, pictured, selectors, unkind
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Participant
from positivesocials.messaging.photo_forms import SentPhotoForm


@require_http_methods(["GET", "POST"])
@member_required
@takes_file
def send_photo(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The page to choose a photo, and the act."""
    seat = access.get_seat_for(actor_of(request), conversation_id)
    if request.method == "POST":
        return _sent(request, seat)
    if not access.may_send_photo(seat):
        raise messaging.ConversationClosed
    return _page(request, seat, SentPhotoForm(initial={"client_key": uuid4()}))


@require_GET
@member_required
def show_sent_photo(request: HttpRequest, conversation_id: UUID, message_id: UUID, size: str) -> HttpResponse:
    """The picture and nothing else, kept by no cache."""
    message = access.get_message_for(actor_of(request), conversation_id, message_id)
    return as_picture(pictured.data_of(message, size))


def _sent(request: HttpRequest, seat: Participant) -> HttpResponse:
    posted = request.POST.copy()
    form = SentPhotoForm(posted, request.FILES)
    if not form.is_valid():
        return _page(request, seat, form, status=422)
    if unkind.must_ask(form.cleaned_data):
        posted["sure"] = "on"  # Who sends it once more was asked.
        return _page(request, seat, form, status=unkind.ASKED, asks=True)
    actor, said = actor_of(request), form.cleaned_data
    try:
        rates.take("sent-photo", str(actor.pk), limit=30, seconds=3600)
        photos.send(
            actor,
            seat.conversation_id,
            data=said["picture"].read(),
            text=said["text"],
            client_key=said["client_key"].hex,
            ends=said["ends"],
        )
    except Refused as refused:
        form.add_error("picture", refused.message)
        return _page(request, seat, form, status=422)
    return redirect(f"{reverse('messaging:show-conversation', args=[seat.conversation_id])}#latest")


def _page(
    request: HttpRequest, seat: Participant, form: SentPhotoForm, *, status: int = 200, asks: bool = False
) -> HttpResponse:
    shown = {"form": form, "heading": selectors.heading_for(seat), "asks": asks}
    return render(request, "messaging/photo.html", shown, status=status)
