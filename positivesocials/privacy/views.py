from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import as_text_file, member_required, safe_next
from positivesocials.privacy import access, selectors, services

HOUR = 60 * 60


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
def give_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """By its switch, where a purpose has one."""
    actor = actor_of(request)
    rates.take("consent", str(actor.pk), limit=20, seconds=HOUR)
    services.switch_on(actor, purpose=purpose)
    messages.success(request, _("Switched on. You can take it back at any time."))
    return redirect(safe_next(request, reverse("privacy:list-consents")))


@member_required
@require_POST
def withdraw_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    services.withdraw_consent(actor_of(request), purpose=purpose)
    messages.success(request, _("Taken back. What was kept because of it is removed."))
    return redirect(safe_next(request, reverse("privacy:list-consents")))
