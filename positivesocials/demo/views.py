from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts.access import CARD
from positivesocials.accounts.models import Device
from positivesocials.accounts.sessions import sign_in
from positivesocials.core.refusals import NotThere
from positivesocials.demo import access, selectors


@csrf_exempt
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """A card of the landing page. The form carries no token, so that the page sets no cookie."""
    account = access.get_card_account(request.POST.get("as", ""))
    sign_in(request, account, device=Device.SHARED, method=CARD)
    return redirect("home:home")


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    if not access.is_demo():
        raise NotThere
    return render(request, "demo/mailbox.html", {"mails": selectors.mailbox()})
