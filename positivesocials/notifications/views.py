from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of, device_of
from positivesocials.accounts.models import Device
from positivesocials.core import rates
from positivesocials.core.http import member_required, unlinked
from positivesocials.notifications import devices, gateways, letters, notices, selectors, services
from positivesocials.notifications.forms import ChoiceForm, DeviceForm


@require_GET
@member_required
def list_notices(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = {"days": selectors.days_of(actor), "unseen": selectors.unseen_count(actor)}
    return render(request, "notifications/notices.html", page)


@require_GET
@member_required
def count_unseen(request: HttpRequest) -> HttpResponse:
    return render(
        request, "notifications/_unseen.html", {"unseen": selectors.unseen_count(actor_of(request))}
    )


@require_POST
@member_required
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    path = notices.open_one(actor_of(request), notice_id)
    if path is None:
        messages.info(request, _("What this was about is not there any more."))
    return redirect(path or "notifications:list-notices")


@require_POST
@member_required
def mark_all_seen(request: HttpRequest) -> HttpResponse:
    notices.see_all(actor_of(request))
    return redirect("notifications:list-notices")


@require_http_methods(["GET", "POST"])
@member_required
def choose(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = ChoiceForm(request.POST or None, choice=selectors.choice_of(actor.pk))
    if form.is_valid():
        letters.choose(actor, form.choice())
        messages.success(request, _("Saved. From now on you are told like this."))
        return redirect("notifications:choose")
    page = {
        "form": form,
        "has_address": bool(actor.address),
        "is_first": not selectors.has_chosen(actor),
        "devices": _devices(request),
    }
    return render(request, "notifications/choices.html", page, status=422 if form.is_bound else 200)


def _devices(request: HttpRequest) -> dict[str, Any]:
    is_own = device_of(request) == Device.OWN
    return {
        "count": selectors.device_count(actor_of(request)),
        "is_own": is_own,
        "is_demo": settings.DEMO,
        "key": devices.public_key() if is_own and not settings.DEMO else "",
        "wording": gateways.consent().wording(),
    }


@require_POST
@member_required
def add_device(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rates.take("device", str(actor.pk), limit=20, seconds=3600)
    form = DeviceForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {"endpoint": "", "point": "", "auth": ""}
    devices.add(actor, **said, device=device_of(request))
    messages.success(request, _("This device is told from now on."))
    return redirect("notifications:choose")


@unlinked
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail, and the address of the mail program's one click (RFC 8058), which posts without
    a cookie. Opening it changes nothing: programs that scan mails open it too.
    """
    letters.check_off_link(token)
    if request.method != "POST":
        return render(request, "notifications/mail_stop.html")
    letters.stop_by_link(token)
    return render(request, "notifications/mail_stopped.html")


@unlinked
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: programs that scan mails open it too."""
    services.check_stop_link(token)
    if request.method != "POST":
        return render(request, "notifications/stop.html")
    services.stop_mail(token)
    return render(request, "notifications/stopped.html", {"token": token})


@unlinked
@csrf_exempt
@require_POST
def resume_mail(request: HttpRequest, token: str) -> HttpResponse:
    services.resume_mail(token)
    return render(request, "notifications/resumed.html")
