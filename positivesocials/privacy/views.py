from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.core.http import as_text_file, member_required
from positivesocials.privacy import access, selectors, services


@member_required
@require_safe
def list_consents(request: HttpRequest) -> HttpResponse:
    page = {"agreements": selectors.agreements_of(actor_of(request)), "apart": selectors.kept_apart()}
    return render(request, "privacy/consents.html", page)


@member_required
@require_safe
def save_receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    receipt = access.get_own_receipt(actor_of(request), receipt_id)
    return as_text_file(selectors.receipt_text(receipt), name=f"receipt-{receipt.given_at:%Y-%m-%d}.txt")


@member_required
@require_POST
def withdraw_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    services.withdraw_consent(actor_of(request), purpose=purpose)
    messages.success(request, _("Taken back. What was kept because of it is removed."))
    return redirect("privacy:list-consents")
