from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.core.http import member_required
from positivesocials.core.refusals import NotThere
from positivesocials.privacy import selectors, services
from positivesocials.privacy.models import Purpose


@member_required
@require_safe
def list_consents(request: HttpRequest) -> HttpResponse:
    page = {"agreements": selectors.agreements_of(actor_of(request))}
    return render(request, "privacy/consents.html", page)


@member_required
@require_POST
def withdraw_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    if purpose not in Purpose:
        raise NotThere
    services.withdraw_consent(actor_of(request), purpose=purpose)
    messages.success(request, _("Taken back. What was kept because of it is removed."))
    return redirect("privacy:list-consents")
