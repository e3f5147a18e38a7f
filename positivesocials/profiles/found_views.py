"""Who finds an own profile and what they see of it: a look with others' eyes, names, and being found less."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required, safe_next
from positivesocials.profiles import access, check_reads, photo_reads, selectors, showing
from positivesocials.profiles.forms import NamesForm

HOUR = 60 * 60
IN = {"f": "friends", "d": "dating"}


@require_GET
@member_required
def see_own(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    profile = access.get_own_profile(actor, profile_id)
    selectors.warm([profile])
    mode = IN.get(request.GET.get("in", ""), "friends")
    place, people = access.place_in(actor, profile), access.nameable(actor, profile)
    seen = selectors.seen_as(profile, request.GET.get("as", ""), mode, place=place, nameable=people)
    album = photo_reads.as_seen(profile, seen.key)
    blurred = any(not shown.is_sharp for shown in album)
    page = {"profile": profile, "seen": seen, "face": seen.face, "album": album, "has_blurred": blurred}
    page["checked_at"] = check_reads.checked_at(profile)
    return render(request, "profiles/see.html", page)


@require_GET
@member_required
def see_individual(request: HttpRequest) -> HttpResponse:
    profile = selectors.profile_of(actor_of(request))
    return redirect("profiles:see-own", profile.pk) if profile else redirect("profiles:start")


@require_http_methods(["GET", "POST"])
@member_required
def name_people(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    profile = access.get_own_profile(actor, profile_id)
    said, place = profile.said, access.place_in(actor, profile)
    people = selectors.names_for(profile, access.nameable(actor, profile))
    form = NamesForm(people, said, said.part(place), request.POST or None)
    if request.method == "POST" and form.is_valid():
        rates.take("facets", str(actor.pk), limit=60, seconds=HOUR)
        showing.name_people(actor, profile, **form.named())
        messages.success(request, _("Saved."))
        return redirect("profiles:show-one", profile.pk)
    return render(request, "profiles/named.html", {"profile": profile, "form": form, "people": people})


@require_POST
@member_required
def go_incognito(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    showing.go_incognito(access.get_own_profile(actor_of(request), profile_id))
    return _told(request, profile_id, _("Only people you say yes to find you now."))


@require_POST
@member_required
def be_found(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    showing.be_found(access.get_own_profile(actor_of(request), profile_id))
    return _told(request, profile_id, _("You can be found again."))


@require_POST
@member_required
def avoid_new(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    showing.avoid_new(access.get_own_profile(actor_of(request), profile_id))
    return _told(request, profile_id, _("New accounts do not find you now."))


@require_POST
@member_required
def welcome_new(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    showing.welcome_new(access.get_own_profile(actor_of(request), profile_id))
    return _told(request, profile_id, _("New accounts can find you again."))


@require_POST
@member_required
def show_region(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    profile = access.get_own_profile(actor_of(request), profile_id)
    rates.take("facets", str(actor_of(request).pk), limit=60, seconds=HOUR)
    showing.show_region(profile)
    return _told(request, profile_id, _("Your region stands for your place now."))


@require_POST
@member_required
def show_area(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    profile = access.get_own_profile(actor_of(request), profile_id)
    rates.take("facets", str(actor_of(request).pk), limit=60, seconds=HOUR)
    showing.show_area(profile)
    return _told(request, profile_id, _("Your area counts again, not the whole region."))


def _told(request: HttpRequest, profile_id: UUID, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(safe_next(request, reverse("profiles:show-one", args=[profile_id])))
