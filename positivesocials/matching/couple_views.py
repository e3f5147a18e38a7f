"""The setting of a couple, page by page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core.http import member_required, needs_proof
from positivesocials.matching import together


@require_GET
@member_required
def show_together(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    couple = together.get_own_couple(actor, profile_id)
    return render(request, "matching/together.html", {"joint": together.joint_of(actor, couple)})


@require_POST
@member_required
def need_both(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    """Also takes back the wish to loosen it, one's own or the partner's."""
    together.need_both(together.get_own_couple(actor_of(request), profile_id))
    messages.success(request, _("A yes takes both of you."))
    return redirect("matching:show-together", profile_id)


@require_http_methods(["GET", "POST"])
@member_required
def let_either(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    couple = together.get_own_couple(actor, profile_id)
    if proof := needs_proof(request):
        return proof
    if request.method == "POST":
        together.let_either(actor, couple)
        return redirect("matching:show-together", profile_id)
    return render(request, "matching/let_either.html", {"joint": together.joint_of(actor, couple)})
