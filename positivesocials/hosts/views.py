from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.core.http import member_required, staff_required
from positivesocials.core.refusals import Refused
from positivesocials.hosts import access, selectors, services, training
from positivesocials.hosts.forms import QuizForm, WhyForm

GET_OR_POST = ["GET", "HEAD", "POST"]


@member_required
@require_safe
def show_hosts(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = {
        "hosts": selectors.hosts_for(actor),
        "own": selectors.own(actor),
        "first": training.PAGES[0],
    }
    return render(request, "hosts/hosts.html", page)


@member_required
@require_safe
def read_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = access.get_page(slug)
    at = training.PAGES.index(page)
    told = {
        "page": page,
        "number": at + 1,
        "pages": training.PAGES,
        "before": training.PAGES[at - 1] if at else None,
        "after": training.PAGES[at + 1] if at + 1 < len(training.PAGES) else None,
    }
    return render(request, "hosts/page.html", told)


@member_required
@require_http_methods(GET_OR_POST)
def take_quiz(request: HttpRequest) -> HttpResponse:
    actor, form = actor_of(request), QuizForm(request.POST if request.method == "POST" else None)
    wrong: list[str] = []
    if form.is_valid():
        wrong = services.take_quiz(actor, form.cleaned_data)
        if not wrong:
            messages.success(request, _("All right. You know what a host needs to know."))
            return redirect("hosts:ask")
    page = {"form": form, "questions": form.with_reasons(wrong), "wrong": len(wrong), "pages": training.PAGES}
    return render(request, "hosts/quiz.html", page, status=422 if form.is_bound else 200)


@member_required
@require_http_methods(GET_OR_POST)
def ask(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    own = selectors.own(actor)
    said = {"why": own.why or ""} if own else {}
    form = WhyForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_valid():
        try:
            services.ask(actor, why=form.cleaned_data["why"])
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Thank you. The team reads it, and you are told here."))
            return redirect("hosts:show-hosts")
    page = {"form": form, "own": own, "first": training.PAGES[0]}
    return render(request, "hosts/ask.html", page, status=422 if form.is_bound else 200)


@member_required
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    services.stop(actor_of(request))
    messages.success(request, _("Done. Nothing of it is kept."))
    return redirect("hosts:show-hosts")


@staff_required(Role.MODERATOR)
@require_safe
def list_asking(request: HttpRequest) -> HttpResponse:
    asking, hosts = selectors.waiting(actor_of(request))
    return render(request, "hosts/team.html", {"asking": asking, "hosts": hosts})


@staff_required(Role.MODERATOR)
@require_POST
def make_host(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.make_host(actor_of(request), pk)
    messages.success(request, _("They are a host now."))
    return redirect("hosts:list-asking")


@staff_required(Role.MODERATOR)
@require_POST
def end_host(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.end_host(actor_of(request), pk)
    messages.success(request, _("They are no host any more, or are told no."))
    return redirect("hosts:list-asking")
