from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.core import rates
from positivesocials.core.http import as_picture, member_required, staff_required
from positivesocials.core.instance import this_instance
from positivesocials.moderation import access, selectors, services
from positivesocials.moderation.forms import RemoveForm, ReportForm


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        # The same page for every id: it says nothing about what exists.
        return render(request, "moderation/report_guest.html", {"contact": this_instance().contact})
    actor = actor_of(request)
    evidence = access.get_item_for(actor, kind=kind, item_id=item_id)
    form = ReportForm(request.POST or None, has_before=bool(evidence.before))
    if not form.is_valid():
        return render(request, "moderation/report.html", {"evidence": evidence, "form": form})
    rates.take("report", str(actor.pk), limit=20, seconds=3600)
    services.report(actor, kind=kind, item_id=item_id, **form.cleaned_data)
    return redirect("moderation:thank-reporter", kind=kind, item_id=item_id)


@member_required
@require_safe
def thank_reporter(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    thanks = selectors.thanks_for(actor_of(request), kind=kind, item_id=item_id)
    return render(request, "moderation/thanks.html", {"thanks": thanks, "kind": kind, "item_id": item_id})


@member_required
@require_POST
def block_author(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    services.block_author(actor_of(request), kind=kind, item_id=item_id)
    messages.success(request, _("Blocked. Neither of you sees the other any more, and nobody is told."))
    return redirect("safety:list-blocks")


@member_required
@require_safe
def list_looks(request: HttpRequest) -> HttpResponse:
    """For the member concerned: what the staff read of theirs, and what they decided."""
    return render(request, "moderation/looks.html", {"looks": selectors.looks_at(actor_of(request))})


@staff_required(Role.MODERATOR)
@require_safe
def show_queue(request: HttpRequest) -> HttpResponse:
    page = {"queue": selectors.queue_for(actor_of(request), show=request.GET.get("show", ""))}
    return render(request, "moderation/queue.html", page)


@staff_required(Role.MODERATOR)
@require_safe
def show_case(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    return _case_page(request, kind, item_id, RemoveForm())


@staff_required(Role.MODERATOR)
@require_safe
def show_picture(request: HttpRequest, kind: str, item_id: UUID, row_id: UUID, number: int) -> HttpResponse:
    actor = actor_of(request)
    data = services.open_picture(actor, kind=kind, item_id=item_id, row_id=row_id, number=number)
    return as_picture(data)


@staff_required(Role.MODERATOR)
@require_POST
def approve(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    services.approve(actor_of(request), kind=kind, item_id=item_id)
    messages.success(request, _("Published."))
    return redirect("moderation:show-queue")


@staff_required(Role.MODERATOR)
@require_POST
def remove(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return _case_page(request, kind, item_id, form)
    services.remove(actor_of(request), kind=kind, item_id=item_id, reason=form.cleaned_data["reason"])
    messages.success(request, _("Removed. Its author can read the reason."))
    return redirect("moderation:show-queue")


@staff_required(Role.MODERATOR)
@require_POST
def leave_standing(request: HttpRequest, kind: str, item_id: UUID) -> HttpResponse:
    services.leave_standing(actor_of(request), kind=kind, item_id=item_id)
    messages.success(request, _("Closed: no rule was broken."))
    return redirect("moderation:show-queue")


def _case_page(request: HttpRequest, kind: str, item_id: UUID, form: RemoveForm) -> HttpResponse:
    actor = actor_of(request)
    page = {
        "case": services.open_case(actor, kind=kind, item_id=item_id),
        "queue": selectors.queue_for(actor, show=""),
        "form": form,
    }
    return render(request, "moderation/queue.html", page)
