from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.care import access, directory, helplines, selectors, services
from positivesocials.care.forms import ChangeLineForm, CountryForm, LineForm, VersionForm, shown_in_form
from positivesocials.care.helplines import Helpline
from positivesocials.core.forms import LookForm
from positivesocials.core.http import member_required, staff_required
from positivesocials.core.refusals import NotThere, Refused


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_country(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    kept = {"country": selectors.country_of(actor) or ""}
    form = CountryForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        services.choose_country(actor, form.cleaned_data["country"])
        messages.success(request, _("Saved. Help is shown for where you are."))
        return redirect("articles:helplines")
    return render(request, "care/country.html", {"form": form}, status=422 if form.is_bound else 200)


@staff_required(Role.OPERATOR)
@require_safe
def list_lines(request: HttpRequest) -> HttpResponse:
    lines = sorted(directory.every_line().values(), key=lambda line: (line.country, line.service.casefold()))
    return render(request, "care/lines.html", {"lines": lines, "names": helplines.names_of(lines)})


@staff_required(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_line(request: HttpRequest) -> HttpResponse:
    form = LineForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _write_page(request, form, status=422 if form.is_bound else 200)
    try:
        services.add_line(actor_of(request), form.said(), is_checked=form.cleaned_data["is_checked"])
    except Refused as refused:
        form.add_error(None, refused.message)
        return _write_page(request, form, status=409)
    messages.success(request, _("Added. It is shown from now on."))
    return redirect("care:list-lines")


@staff_required(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_line(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    line = access.get_line_for(actor, key)
    form = ChangeLineForm(request.POST if request.method == "POST" else None, initial=shown_in_form(line))
    if not form.is_valid():
        return _write_page(request, form, line, status=422 if form.is_bound else 200)
    told = {name: form.cleaned_data[name] for name in ("version", "is_checked")}
    try:
        services.change_line(actor, key, form.said(), **told)
    except NotThere:
        raise
    except Refused as refused:
        form.add_error(None, refused.message)
        return _write_page(request, form, line, status=409)
    messages.success(request, _("Changed. It is shown like this from now on."))
    return redirect("care:list-lines")


@staff_required(Role.OPERATOR)
@require_POST
def check_line(request: HttpRequest, key: str) -> HttpResponse:
    actor, form = actor_of(request), VersionForm(request.POST)
    line = access.get_line_for(actor, key)
    if not form.is_valid():
        return _write_page(request, ChangeLineForm(initial=shown_in_form(line)), line, status=422)
    services.check_line(actor, key, version=form.cleaned_data["version"])
    messages.success(request, _("Marked as checked today, by you."))
    return redirect("care:list-lines")


@staff_required(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_line(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    line = access.get_line_for(actor, key)
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": line.version})
    if not form.is_valid():
        page = {"line": line, "form": form}
        return render(request, "care/withdraw.html", page, status=422 if form.is_bound else 200)
    services.withdraw_line(actor, key, version=form.cleaned_data["version"])
    messages.success(request, _("Withdrawn. It is shown to nobody any more."))
    return redirect("care:list-lines")


def _write_page(
    request: HttpRequest, form: LookForm, line: Helpline | None = None, *, status: int = 200
) -> HttpResponse:
    return render(request, "care/write.html", {"form": form, "line": line}, status=status)
