"""Pages of the letter. Public forms carry no token and set no cookie; RejectCrossSite guards them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts import services as accounts
from positivesocials.core import rates
from positivesocials.core.http import as_text_file, client_address, unlinked
from positivesocials.newsletter import access, selectors, services
from positivesocials.newsletter.forms import LetterForm, TopicsForm


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rates.take("letter", client_address(request), limit=10, seconds=3600)
        services.ask(form.cleaned_data["address"])
        return redirect("newsletter:show-asked")
    return render(request, "newsletter/ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/asked.html")


@unlinked
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, because mail scanners open links; the button does."""
    if request.method == "POST":
        row = services.confirm(token)
        return redirect("newsletter:show-thanks", services.thanks_token(row))
    return render(request, "newsletter/confirm.html", {"row": services.asked(token)})


@unlinked
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    row = services.thanked(token)
    page = {
        "token": token,
        "leave_token": services.leave_token(row),
        "row": row,
        "has_topics": bool(selectors.open_topics()),
    }
    return render(request, "newsletter/thanks.html", page)


@unlinked
@csrf_exempt
@require_POST
def join(request: HttpRequest, token: str) -> HttpResponse:
    row = services.thanked(token)
    return redirect("accounts:join-proven", accounts.prove_address(str(row.address)))


@unlinked
@require_safe
def save_receipt(request: HttpRequest, token: str) -> HttpResponse:
    row = services.letter_of(token)
    return as_text_file(selectors.receipt_text(row), name=f"receipt-{row.confirmed_at:%Y-%m-%d}.txt")


@unlinked
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        has_topics = bool(selectors.open_topics())
        return render(request, "newsletter/leave.html", {"token": token, "has_topics": has_topics})
    services.leave(token)
    # RFC 8058: the mail provider posts for its reader and follows no redirect.
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=200)
    return redirect("newsletter:show-left")


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/left.html")


@unlinked
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def choose_topics(request: HttpRequest, token: str) -> HttpResponse:
    row = services.letter_of(token)
    if request.method == "POST" and (form := TopicsForm(request.POST)).is_valid():
        services.choose_topics(token, wanted=form.cleaned_data["topics"])
        return render(request, "newsletter/topics_chosen.html", {"token": token})
    form = TopicsForm(initial={"topics": selectors.wanted_topics(row)})
    return render(request, "newsletter/choose_topics.html", {"form": form, "token": token})


@require_safe
def list_past(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/list_past.html", {"letters": selectors.past_issues()})


@require_safe
def read_past(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    past = selectors.past(access.get_past_issue(issue_id))
    return render(request, "newsletter/read_past.html", {"past": past})
