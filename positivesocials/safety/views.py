from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core.http import member_required
from positivesocials.safety import access, hidden_words, selectors
from positivesocials.safety import services as safety
from positivesocials.safety.forms import HiddenWordsForm


@require_http_methods(["GET", "POST"])
@member_required
def block_profile(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    return _block(request, "profile", profile_id)


@require_http_methods(["GET", "POST"])
@member_required
def block_item(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    return _block(request, kind, item_id)


def _block(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    """The confirming page, and the act. Neither shows which account is behind a name."""
    actor = actor_of(request)
    face = access.get_face_for(actor, kind, item_id)
    if request.method == "POST":
        safety.block(actor, face.author_ids, shown_as=face.shown_name)
        messages.success(request, _("Blocked. Neither of you meets the other here any more."))
        return redirect("safety:list-blocks")
    return render(request, "safety/block.html", {"face": face})


@require_GET
@member_required
def list_blocks(request: HttpRequest) -> HttpResponse:
    return render(request, "safety/blocks.html", {"blocks": selectors.blocks_of(actor_of(request))})


@require_http_methods(["GET", "POST"])
@member_required
def choose_words(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    kept = {"words": "\n".join(hidden_words.words_of(actor))}
    form = HiddenWordsForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        hidden_words.save(actor, form.cleaned_data["words"].splitlines())
        messages.success(request, _("Saved. It holds from now on, and for what was written before."))
        return redirect("safety:choose-words")
    status = 422 if form.is_bound else 200
    return render(request, "safety/hidden_words.html", {"form": form}, status=status)


@require_POST
@member_required
def lift_block(request: HttpRequest, together: UUID) -> HttpResponse:
    safety.unblock_together(actor_of(request), together)
    messages.success(request, _("The block is lifted. Conversations it closed stay closed."))
    return redirect("safety:list-blocks")
