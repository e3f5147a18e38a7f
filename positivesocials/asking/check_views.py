"""Asking to be checked as a professional, and the operators' page about it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.asking import access, checks, selectors
from positivesocials.asking.forms import ApplyForm, VerifyForm
from positivesocials.asking.models import Professional
from positivesocials.core import rates
from positivesocials.core.http import member_required, staff_required

GET_OR_POST = ["GET", "HEAD", "POST"]


@member_required
@require_http_methods(GET_OR_POST)
def apply(request: HttpRequest) -> HttpResponse:
    actor, form = actor_of(request), ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            rates.take("ask to be checked", str(actor.pk), limit=5, seconds=86400)
            checks.ask(actor, form.said())
            messages.success(request, _("Thank you. The operators check it and you are told here."))
            return redirect("asking:apply")
    page = {
        "form": form,
        "own": selectors.own_check(actor),
        "holds": access.is_professional(actor),
        "is_operator": actor.is_operator,
        "checks_themself": access.is_only_operator(actor),
    }
    status = form.refused_as or (422 if form.is_bound else 200)
    return render(request, "asking/apply.html", page, status=status)


@member_required
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    checks.take_back(actor_of(request))
    messages.success(request, _("Done. You are not asked for answers any more."))
    return redirect("asking:apply")


@staff_required(Role.OPERATOR)
@require_safe
def list_professionals(request: HttpRequest) -> HttpResponse:
    page = {"people": selectors.professionals(actor_of(request)), "waiting": selectors.waiting()}
    return render(request, "asking/professionals.html", page)


@staff_required(Role.OPERATOR)
@require_http_methods(GET_OR_POST)
def verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    row = access.get_professional_for(actor, pk)
    form = VerifyForm(request.POST if request.method == "POST" else None, initial=_known(row))
    if form.is_valid():
        with form.gives_back():
            checks.verify(actor, pk, form.said(), valid_until=form.cleaned_data["valid_until"])
            messages.success(request, _("Checked. Answers carry the badge from now on."))
            return redirect("asking:list-professionals")
    page = {"form": form, "one": selectors.checked(row), "is_own": row.account_id == actor.pk}
    status = form.refused_as or (422 if form.is_bound else 200)
    return render(request, "asking/verify.html", page, status=status)


@staff_required(Role.OPERATOR)
@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    checks.end(actor_of(request), pk)
    messages.success(request, _("Done. No more answers are written under this name."))
    return redirect("asking:list-professionals")


def _known(row: Professional) -> dict[str, Any]:
    """What is asked for now, else what was checked last. What was checked is for the operator to say."""
    asked = row.asked or {"name": row.name, "profession": row.profession}
    in_a_year = timezone.localdate() + timedelta(days=365)
    return {
        "name": asked["name"],
        "profession": asked["profession"],
        "proof": row.checked or "",
        "valid_until": in_a_year,
    }
