"""Pages of the letter. Public forms carry no token and set no cookie; RejectCrossSite guards them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts import services as accounts
from positivesocials.core import rates
from positivesocials.core.http import as_text_file, client_address, unlinked
from positivesocials.newsletter import selectors, services
from positivesocials.newsletter.forms import LetterForm


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
    page = {"token": token, "leave_token": services.leave_token(row), "row": row}
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
        return render(request, "newsletter/leave.html")
    services.leave(token)
    # RFC 8058: the mail provider posts for its reader and follows no redirect.
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=200)
    return redirect("newsletter:show-left")


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/left.html")
