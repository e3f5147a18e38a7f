from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.claims import access, selectors, services, uses
from positivesocials.claims.forms import AddForm, ConfirmForm, CorrectForm, ManyForm, WithdrawForm
from positivesocials.claims.models import Claim, State
from positivesocials.claims.services import ChangedMeanwhile
from positivesocials.core.http import safe_next, staff_required
from positivesocials.core.refusals import NotThere, Refused

WROTE = ("value", "note", "low", "high")


@staff_required(Role.EDITOR)
@require_safe
def list_facts(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("show", "of", "page")}
    return render(request, "claims/facts.html", {"listed": selectors.listed(**asked)})


@staff_required(Role.EDITOR)
@require_safe
def show_fact(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    claim = access.get_claim_for(actor_of(request), claim_id)
    return _fact_page(request, claim, ConfirmForm(initial={"version": claim.version}))


@staff_required(Role.EDITOR)
@require_POST
def confirm(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    actor, form = actor_of(request), ConfirmForm(request.POST)
    claim = access.get_claim_for(actor, claim_id)
    if not form.is_valid():
        return _fact_page(request, claim, form, status=422)
    try:
        services.confirm(actor, claim_id, **form.cleaned_data)
    except Refused as refused:
        return _fact_page(request, *_again(request, ConfirmForm, claim_id, refused), status=409)
    messages.success(request, _("Confirmed. It may be printed."))
    return redirect(safe_next(request, claim.get_absolute_url()))


@staff_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    claim = access.get_claim_for(actor_of(request), claim_id)
    if request.method != "POST":
        return _write_page(request, claim, CorrectForm(initial=_wording_of(claim, request)))
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return _write_page(request, claim, form, status=422)
    said = form.cleaned_data
    told = {name: said[name] for name in ("version", "reason", "until")}
    try:
        services.correct(actor_of(request), claim_id, wording=form.wording(), **told)
    except Refused as refused:
        return _write_page(request, *_again(request, CorrectForm, claim_id, refused), status=409)
    messages.success(request, _("Corrected. Every page that names it says so now."))
    _tell_of_linked(request, claim)
    return redirect(claim)


@staff_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    claim = access.get_claim_for(actor_of(request), claim_id)
    if request.method != "POST":
        return _withdraw_page(request, claim, WithdrawForm(initial={"version": claim.version}))
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _withdraw_page(request, claim, form, status=422)
    try:
        services.withdraw(actor_of(request), claim_id, **form.cleaned_data)
    except Refused as refused:
        return _withdraw_page(request, *_again(request, WithdrawForm, claim_id, refused), status=409)
    messages.success(request, _("Withdrawn. Sentences that need it are left out from now on."))
    _tell_of_linked(request, claim)
    return redirect(claim)


@staff_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = AddForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "claims/add.html", {"form": form}, status=422 if form.is_bound else 200)
    told = {name: form.cleaned_data[name] for name in ("key", "about", "body", "until")}
    try:
        claim = services.add(actor_of(request), wording=form.wording(), **told)
    except Refused as refused:
        form.add_error(None, refused.message)
        return render(request, "claims/add.html", {"form": form}, status=409)
    messages.success(request, _("Added. It may be printed."))
    return redirect(claim)


@staff_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    source = access.get_source_for(actor, source_id)
    page: dict[str, Any] = {"source": source, "ticked": set(), "refused": ""}
    if request.method == "POST":
        form = ManyForm(request.POST)
        try:
            ticked = form.cleaned_data["facts"] if form.is_valid() else {}
            count = services.confirm_many(actor, ticked)
        except NotThere:
            raise
        except Refused as refused:
            page |= {"ticked": set(ticked), "refused": refused.message}
        else:
            words = ngettext("%(count)d fact confirmed.", "%(count)d facts confirmed.", count)
            messages.success(request, words % {"count": count})
            return redirect("claims:list-facts")
    page["lines"] = selectors.of_source(source)
    return render(request, "claims/source.html", page, status=409 if page["refused"] else 200)


def _tell_of_linked(request: HttpRequest, claim: Claim) -> None:
    waiting = [other.key for other in selectors.linked_to(claim) if other.state == State.WAITING]
    if waiting:
        words = _("The same is said in %(keys)s: not printed until somebody has looked at it there.")
        messages.warning(request, words % {"keys": ", ".join(waiting)})


def _again(
    request: HttpRequest, form_of: Callable[..., Any], claim_id: UUID, refused: Refused
) -> tuple[Claim, Any]:
    """The form as it was sent. After another's change, saving it once more is an answer to that change."""
    claim = access.get_claim_for(actor_of(request), claim_id)
    sent = request.POST.copy()
    if isinstance(refused, ChangedMeanwhile):
        sent["version"] = str(claim.version)
    form = form_of(sent)
    form.is_valid()
    form.add_error(None, refused.message)
    return claim, form


def _wording_of(claim: Claim, request: HttpRequest) -> dict[str, Any]:
    """What stands there, or with `?take=sheet` what the new fact sheet says."""
    suggestion = getattr(claim, "suggestion", None) if request.GET.get("take") == "sheet" else None
    said = suggestion or claim
    wording = {name: getattr(said, name) for name in WROTE} | {"source": str(said.source_id)}
    reason = _("As the new fact sheet has it.") if suggestion else ""
    return wording | {"version": claim.version, "reason": reason}


def _fact_page(request: HttpRequest, claim: Claim, form: ConfirmForm, *, status: int = 200) -> HttpResponse:
    page = {
        "claim": claim,
        "form": form,
        "others": selectors.of_the_same_topic(claim),
        "history": selectors.history_of(claim),
        "uses": uses.uses_of(claim.key),
        "linked": selectors.linked_to(claim),
    }
    return render(request, "claims/fact.html", page, status=status)


def _write_page(request: HttpRequest, claim: Claim, form: CorrectForm, *, status: int = 200) -> HttpResponse:
    page = {"claim": claim, "form": form, "linked": selectors.linked_to(claim)}
    return render(request, "claims/correct.html", page, status=status)


def _withdraw_page(
    request: HttpRequest, claim: Claim, form: WithdrawForm, *, status: int = 200
) -> HttpResponse:
    page = {"claim": claim, "form": form, "uses": uses.uses_of(claim.key)}
    page["linked"] = selectors.linked_to(claim)
    return render(request, "claims/withdraw.html", page, status=status)
