"""Meeting, page by page. `in` and `as` in an address say the mode and the own profile, in neutral words."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.core.http import member_required, safe_next
from positivesocials.core.refusals import NotThere
from positivesocials.matching import access, common, selectors, telling, today
from positivesocials.matching import services as matching
from positivesocials.matching.forms import WishesForm
from positivesocials.matching.models import Said
from positivesocials.matching.where import IN, Where, where_at
from positivesocials.privacy import selectors as privacy
from positivesocials.privacy.texts import LEARNING
from positivesocials.profiles import access as profile_access
from positivesocials.profiles import badges, photo_reads
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import Profile

FIXED_FOR = 30 * 60
HOUR = 60 * 60


@require_GET
@member_required
def list_people(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    own = profiles.own_profiles(actor)
    if not own:
        return redirect("profiles:show-own" if profiles.profile_of(actor) else "onboarding:meet")
    where = where_at(request, own)
    if _is_asked_first(where):
        return redirect("onboarding:meet")
    matching.forget_told(where.actor, where.me, where.mode)
    return render(request, "matching/people.html", _people(request, where))


def _is_asked_first(where: Where) -> bool:
    """The questions are about one person: a couple goes straight to its modes and says more when it likes."""
    return not where.me.profile.is_couple and not selectors.has_answered(where.me, where.own)


def _people(request: HttpRequest, where: Where, form: WishesForm | None = None) -> dict[str, Any]:
    number, fixed = _walk(request, where)
    found = selectors.people(where.me, where.mode, number=number, fixed=fixed)
    if number == 1:
        _fix(request, where, found)
    return {
        "where": where,
        "found": found,
        "form": form or WishesForm(where.mode, where.me.side.wish(where.mode)),
        "waiting": found.waiting + len(selectors.asked_of(where.actor, where.me, where.mode)),
        "spoken": _spoken(request, where),
        "waits": found.is_thin and selectors.waits(where.actor, where.me, where.mode),
        "here": f"{reverse('matching:list-people')}?{where.query}&page={number}",
        "join": settings.ORIGIN + reverse("home:landing"),
    }


def _walk(request: HttpRequest, where: Where) -> tuple[int, list[UUID]]:
    """The page number and the order fixed for it; the first page again once that is older than 30 minutes."""
    asked = request.GET.get("page", "")
    kept = request.session.get("people", {}).get(where.query, {})
    is_fresh = kept.get("at", 0) > timezone.now().timestamp() - FIXED_FOR
    if not (asked.isdecimal() and len(asked) < 4 and 1 < int(asked) <= selectors.MOST_FIXED and is_fresh):
        return 1, []
    return int(asked), [UUID(pk) for pk in kept["ids"]]


def _fix(request: HttpRequest, where: Where, found: selectors.People) -> None:
    if found.has_more:
        ids = [pk.hex for pk in found.fixed]
        request.session["people"] = {where.query: {"at": timezone.now().timestamp(), "ids": ids}}


def _spoken(request: HttpRequest, where: Where) -> selectors.Spoken | None:
    try:
        about = UUID(request.GET.get("undo", ""))
    except ValueError:
        return None
    return selectors.spoken(where.me, where.mode, about)


@require_GET
@member_required
def list_likes(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    likers = selectors.likers(where.me, where.mode)[: selectors.MOST_FIXED]
    liked = selectors.name_cards(selectors.liked(where.me, where.mode)[: selectors.MOST_FIXED])
    asked = selectors.asked_of(where.actor, where.me, where.mode)[: selectors.MOST_FIXED]
    halves = selectors.asked_by(where.actor, where.me, where.mode)[: selectors.MOST_FIXED]
    found = {"likers": likers, "asked": asked, "halves": halves}
    telling.see_likes(where.actor, where.me, where.mode)
    return _list(request, where, "matching/likes.html", {"liked": liked}, **found)


@require_GET
@member_required
def list_later(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    kept = selectors.kept_for_later(where.me, where.mode)
    return _list(request, where, "matching/later.html", {}, kept=kept)


@require_GET
@member_required
def list_introductions(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    found, here = today.introduced_to(where.me, where.mode), f"{request.path}?{where.query}"
    page = {"where": where, "found": found, "here": here, "spoken": _spoken(request, where)}
    return render(request, "matching/introductions.html", page)


def _list(
    request: HttpRequest, where: Where, template: str, more: dict[str, Any], **ids: list[UUID]
) -> HttpResponse:
    page = {name: selectors.cards(where.me, found, where.mode) for name, found in ids.items()}
    here = f"{request.path}?{where.query}"
    page |= more
    return render(
        request, template, {"where": where, "here": here, "spoken": _spoken(request, where), **page}
    )


@require_GET
@member_required
def show_profile(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    profile = profile_access.get_profile_for(actor, profile_id)
    if profile_access.is_own(actor, profile):
        return redirect("profiles:see-own", profile.pk)
    ways = access.ways_to(actor, profile)
    if not ways and access.is_open_to(actor, profile):
        return render(request, "matching/open.html", _open(actor, profile))
    return render(request, "matching/person.html", _person(request, actor, profile, ways))


def _open(actor: Account, profile: Profile) -> dict[str, Any]:
    return {"card": selectors.open_card(actor, profile), "badges": badges.of_profile(profile)}


def _person(request: HttpRequest, actor: Account, profile: Profile, ways: list[access.Way]) -> dict[str, Any]:
    """This profile in the way that was asked for, or else in the first in which it is there."""
    if not ways:
        raise NotThere
    wanted = IN.get(request.GET.get("in", "")), request.GET.get("as")
    way = next((way for way in ways if (way.mode, str(way.me.profile.pk)) == wanted), ways[0])
    return {
        "photos": photo_reads.between(actor, way.me.profile, profile),
        "where": Where(actor, way.me, way.mode, [each.me.profile for each in ways]),
        "person": selectors.person(way, ways, profile),
        "badges": badges.of_profile(profile),
        "common": common.common(way.me.profile, profile, way.mode),
        "here": request.path,
    }


@require_GET
@member_required
def show_common(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    profile = profile_access.get_profile_for(actor, profile_id)
    if profile_access.is_own(actor, profile):
        return redirect(f"{reverse('matching:list-questions')}?as={profile.pk}")
    page = _person(request, actor, profile, access.ways_to(actor, profile))
    return render(request, "matching/common.html", page)


@require_POST
@member_required
def like(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    where = where_at(request)
    rates.take("like", str(where.actor.pk), limit=60, seconds=HOUR)
    match = matching.like(where.actor, where.me, profile_id, mode=where.mode)
    if match is None:
        return _back(request, where, profile_id)
    messages.success(request, _("You both said yes. Now you can write to each other."))
    return redirect("messaging:show-conversation", match.conversation_id)


@require_POST
@member_required
def keep_for_later(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    where = where_at(request)
    matching.set_aside(where.actor, where.me, profile_id, mode=where.mode, said=Said.LATER)
    return _back(request, where, profile_id)


@require_POST
@member_required
def say_not_now(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    where = where_at(request)
    matching.set_aside(where.actor, where.me, profile_id, mode=where.mode, said=Said.NOT_NOW)
    return _back(request, where, profile_id)


@require_POST
@member_required
def undo(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    where = where_at(request)
    matching.undo(where.me, profile_id, mode=where.mode)
    messages.success(request, _("Taken back."))
    return redirect(safe_next(request, _list_of(where)))


@require_http_methods(["GET", "POST"])
@member_required
def unmatch(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    where = where_at(request)
    other = access.get_person_for(where.me, profile_id, where.mode)
    if access.live_match(where.me.profile, other, where.mode) is None:
        raise NotThere
    if request.method == "POST":
        matching.unmatch(where.me, profile_id, mode=where.mode)
        messages.success(request, _("Parted. The conversation is closed, and nobody is told why."))
        return redirect(_list_of(where))
    return render(request, "matching/unmatch.html", {"where": where, "name": profiles.name_of(other)})


@require_POST
@member_required
def save_wishes(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    rates.take("wishes", str(where.actor.pk), limit=60, seconds=HOUR)
    form = WishesForm(where.mode, where.me.side.wish(where.mode), request.POST)
    if not form.is_valid():
        return render(request, "matching/people.html", _people(request, where, form), status=422)
    matching.save_preferences(where.me.profile, where.mode, form.wishes())
    return redirect(_list_of(where))


@require_POST
@member_required
def take_step(request: HttpRequest) -> HttpResponse:
    """One of the choices that a thin list offers."""
    where = where_at(request)
    rates.take("wishes", str(where.actor.pk), limit=60, seconds=HOUR)
    matching.take_step(where.me, where.mode, request.POST.get("step", ""))
    return redirect(_list_of(where))


@require_POST
@member_required
def ask_to_be_told(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    rates.take("wishes", str(where.actor.pk), limit=60, seconds=HOUR)
    matching.ask_to_be_told(where.actor, where.me, where.mode)
    messages.success(request, _("You will be told once, within 90 days."))
    return redirect(_list_of(where))


@require_POST
@member_required
def stop_waiting(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    matching.stop_waiting(where.actor, where.me, where.mode)
    return redirect(_list_of(where))


@require_POST
@member_required
def switch_on(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    matching.switch_on(where.me, where.mode)
    return redirect(_list_of(where))


@require_POST
@member_required
def switch_off(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    matching.switch_off(where.me, where.mode)
    return redirect(_list_of(where))


@require_GET
@member_required
def show_order(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    page = {"where": where, "agreement": privacy.agreement_of(where.actor, LEARNING)}
    return render(request, "matching/order.html", {**page, "next": request.get_full_path()})


def _list_of(where: Where) -> str:
    return f"{reverse('matching:list-people')}?{where.query}"


def _back(request: HttpRequest, where: Where, about: UUID) -> HttpResponse:
    """Back to the page of the button, which then offers to undo."""
    target = safe_next(request, _list_of(where))
    return redirect(f"{target}{'&' if '?' in target else '?'}undo={about}")
