"""The page "Person check": asking for one in one of three ways, and saying that one has met somebody."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.core.refusals import Refused
from positivesocials.core.uploads import takes_file
from positivesocials.profiles import check_access as access
from positivesocials.profiles import check_reads as reads
from positivesocials.profiles import checks, selectors, vouching
from positivesocials.profiles.check_forms import CallForm, PeopleForm, SelfieForm

HOUR = 60 * 60


@require_GET
@member_required
def show_check(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not selectors.own_profiles(actor):
        return redirect("profiles:show-own")
    return _page(request, actor)


def _page(request: HttpRequest, actor: Account, **forms: Any) -> HttpResponse:
    """The whole page, with the form that was not filled in as it should be."""
    page = {
        "own": reads.own_check(actor),
        "selfie": forms.get("selfie") or SelfieForm(),
        "call": forms.get("call") or CallForm(),
        "people": forms.get("people") or PeopleForm(people=_people(actor)),
        "wrong": next(iter(forms.values()), None),
    }
    return render(request, "profiles/check.html", page, status=422 if forms else 200)


def _people(actor: Account) -> list[tuple[str, str]]:
    return [(offer.key, offer.who.in_words) for offer in vouching.offers_to(actor)]


@require_POST
@member_required
def draw_pose(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rates.take("person check", str(actor.pk), limit=20, seconds=24 * HOUR)
    checks.draw_pose(actor)
    return redirect(f"{reverse('profiles:show-check')}#way-picture")


@require_POST
@member_required
@takes_file
def send_picture(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rates.take("person picture", str(actor.pk), limit=10, seconds=HOUR)
    form = SelfieForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            checks.send_picture(actor, data=form.cleaned_data["picture"].read())
        except Refused as refusal:
            form.add_error("picture", refusal.message)
        else:
            return _told(request, _("Sent. Once a moderator has looked, the picture is erased."))
    return _page(request, actor, selfie=form)


@require_POST
@member_required
def ask_for_call(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = CallForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, call=form)
    rates.take("person check", str(actor.pk), limit=20, seconds=24 * HOUR)
    checks.ask_for_call(actor, times=form.cleaned_data["times"])
    return _told(request, _("Asked. Look here for the place and time."))


@require_POST
@member_required
def ask_to_vouch(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = PeopleForm(request.POST, people=_people(actor))
    if not form.is_valid():
        return _page(request, actor, people=form)
    rates.take("person check", str(actor.pk), limit=20, seconds=24 * HOUR)
    vouching.ask_to_vouch(actor, chosen=form.cleaned_data["people"])
    return _told(request, _("Asked. You will not learn who answered and who did not."))


@require_POST
@member_required
def take_back_check(request: HttpRequest) -> HttpResponse:
    checks.take_back(actor_of(request))
    return _told(request, _("Taken back. Nothing of it is kept."))


@require_http_methods(["GET", "POST"])
@member_required
def vouch(request: HttpRequest, vouch_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    wish = reads.wish_of(access.get_vouch_for(actor, vouch_id))
    if request.method == "POST":
        rates.take("met", str(actor.pk), limit=30, seconds=HOUR)
        vouching.vouch(actor, vouch_id)
        return _told(request, _("Thank you. Nobody is told that it was you."))
    return render(request, "profiles/vouch.html", {"wish": wish, "counts": access.is_old_enough(actor)})


@require_POST
@member_required
def unsay_vouch(request: HttpRequest, vouch_id: UUID) -> HttpResponse:
    vouching.unsay(actor_of(request), vouch_id)
    return _told(request, _("Taken back."))


def _told(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("profiles:show-check")
