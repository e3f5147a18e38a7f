"""One's own profiles: what they say, who sees it, being found or not, and names."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required, needs_proof, safe_next
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import selectors as moderation
from positivesocials.privacy import services as privacy
from positivesocials.privacy import texts
from positivesocials.profiles import access, check_reads, photo_reads, selectors
from positivesocials.profiles import services as profiles
from positivesocials.profiles.forms import SECTIONS, NameForm, Section
from positivesocials.profiles.models import Profile

HOUR = 60 * 60


@dataclass(frozen=True)
class Heading:
    """What a section asks, and why."""

    title: Any
    why: Any


HEADINGS = {
    "self": Heading(
        gettext_lazy("About you"),
        gettext_lazy("In your own words, or not at all. In dating, the searches decide where you appear."),
    ),
    "age": Heading(
        gettext_lazy("Age"),
        gettext_lazy("For people who look for an age. The day is never asked; month and year are sealed."),
    ),
    "place": Heading(
        gettext_lazy("Place"),
        gettext_lazy("So that people who look nearby can find you. Others only ever see a band of distance."),
    ),
    "words": Heading(
        gettext_lazy("In your words"),
        gettext_lazy("Finish a sentence or three: it gives people something to answer."),
    ),
    "interests": Heading(
        gettext_lazy("Interests and languages"),
        gettext_lazy("What you share with someone is the first reason we show."),
    ),
    "hopes": Heading(
        gettext_lazy("What you hope for"),
        gettext_lazy("People who look for just that find you by it. Each mode shows only its own hopes."),
    ),
    "circles": Heading(
        gettext_lazy("Circles"),
        gettext_lazy(
            "A circle is for people who live with something, their partners and friends, and anyone at ease "
            "with it. Nobody is asked why they joined."
        ),
    ),
}


@require_GET
@member_required
def show_own(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    own = selectors.own_profiles(actor)
    if own:
        return _show(request, own[0])
    if taken_down := selectors.profile_of(actor):
        reason = moderation.reasons("profile", [taken_down.pk]).get(taken_down.pk, "")
        return render(request, "profiles/withheld.html", {"reason": reason})
    return redirect("profiles:start")


@require_GET
@member_required
def show_one(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    return _show(request, access.get_own_profile(actor_of(request), profile_id))


def _show(request: HttpRequest, profile: Profile) -> HttpResponse:
    actor = actor_of(request)
    selectors.warm([profile])
    rows = selectors.rows_of(profile, access.place_in(actor, profile))
    page = {
        "profile": profile,
        "mine": access.get_own_persona(actor, profile),
        "face": selectors.name_face_of(profile),
        "rows": [(HEADINGS[row.section], row) for row in rows],
        "couples": selectors.couples_of(actor),
        "checked_at": check_reads.checked_at(profile),
        "asked_for_word": check_reads.wishes_to(actor),
        "album": photo_reads.own_album(actor, profile),
    }
    return render(request, "profiles/own.html", page)


@require_http_methods(["GET", "POST"])
@member_required
def start(request: HttpRequest) -> HttpResponse:
    """For an account without a profile: a name is all it takes."""
    actor = actor_of(request)
    if selectors.profile_of(actor):
        return redirect("profiles:show-own")
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        profiles.make_individual(actor, name=form.cleaned_data["name"])
        return redirect("profiles:show-own")
    return render(request, "profiles/name.html", {"form": form})


@require_http_methods(["GET", "POST"])
@member_required
def edit_section(request: HttpRequest, profile_id: UUID, section: str) -> HttpResponse:
    actor = actor_of(request)
    profile = access.get_own_profile(actor, profile_id)
    if section not in SECTIONS:
        raise NotThere
    form = _form(request, profile, section)
    if request.method == "POST" and form.is_valid() and _keep(request, profile, form):
        messages.success(request, _("Saved."))
        return redirect("profiles:name-people" if form.names_people else "profiles:show-one", profile.pk)
    page = {"profile": profile, "form": form, "heading": HEADINGS[section], "section": section}
    return render(request, "profiles/edit.html", page)


def _form(request: HttpRequest, profile: Profile, section: str) -> Section:
    actor = actor_of(request)
    more: dict[str, Any] = {}
    if section == "circles":
        more["consented"] = privacy.has_consent(actor, purpose="circles")
        more["wording"] = texts.current("circles")
    said, place = profile.said, access.place_in(actor, profile)
    return SECTIONS[section](profile.kind, said, said.part(place), request.POST or None, **more)


def _keep(request: HttpRequest, profile: Profile, form: Section) -> bool:
    """Save what a valid form says; a refusal goes back into the form."""
    actor = actor_of(request)
    rates.take("facets", str(actor.pk), limit=60, seconds=HOUR)
    if form.cleaned_data.get("agree"):
        privacy.give_consent(actor, purpose="circles")
    try:
        profiles.revise(profile, partial(form.applied, access.place_in(actor, profile)), actor=actor)
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    return True


@require_http_methods(["GET", "POST"])
@member_required
def rename(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    profile = access.get_own_profile(actor, profile_id)
    persona = access.get_own_persona(actor, profile)
    form = NameForm(request.POST or None, initial={"name": persona.name})
    if request.method == "POST" and form.is_valid():
        rates.take("rename", str(actor.pk), limit=10, seconds=24 * HOUR)
        profiles.rename(actor, persona, name=form.cleaned_data["name"])
        messages.success(request, _("Renamed. The old name is gone everywhere."))
        return redirect("profiles:show-one", profile.pk)
    return render(request, "profiles/name.html", {"form": form, "persona": persona, "profile": profile})


@require_POST
@member_required
def draw_anew(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    persona = access.get_own_persona(actor, access.get_own_profile(actor, profile_id))
    profiles.draw_anew(actor, persona)
    return redirect(safe_next(request, reverse("profiles:rename", args=[profile_id])))


@require_POST
@member_required
def pause(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    profiles.pause(access.get_own_profile(actor_of(request), profile_id))
    return _told(request, profile_id, _("You are in no list until you come back."))


@require_POST
@member_required
def resume(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    profiles.resume(access.get_own_profile(actor_of(request), profile_id))
    return _told(request, profile_id, _("Welcome back: people can find you again."))


@require_POST
@member_required
def hide(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    profiles.hide(access.get_own_profile(actor_of(request), profile_id))
    return _told(request, profile_id, _("You are hidden from everyone but your matches."))


@require_POST
@member_required
def show(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    profiles.show(access.get_own_profile(actor_of(request), profile_id))
    return _told(request, profile_id, _("You can be found again."))


def _told(request: HttpRequest, profile_id: UUID, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(safe_next(request, reverse("profiles:show-one", args=[profile_id])))


@require_GET
@member_required
def show_couples(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    couples = selectors.couples_of(actor)
    page = {"couples": couples, "origin": settings.ORIGIN}
    return render(request, "profiles/couples.html", page)


@require_http_methods(["GET", "POST"])
@member_required
def invite(request: HttpRequest) -> HttpResponse:
    if proof := needs_proof(request):
        return proof
    actor = actor_of(request)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rates.take("couple", str(actor.pk), limit=10, seconds=24 * HOUR)
        profiles.invite(actor, name=form.cleaned_data["name"])
        return redirect("profiles:show-couples")
    return render(request, "profiles/invite.html", {"form": form})


@require_http_methods(["GET", "POST"])
@member_required
def accept(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    rates.take("couple-code", str(actor.pk), limit=30, seconds=HOUR)
    link = access.get_invitation_for(actor, code)
    if proof := needs_proof(request):
        return proof
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        profiles.accept(actor, code, name=form.cleaned_data["name"])
        return redirect("profiles:show-couples")
    return render(request, "profiles/accept.html", {"form": form, "inviter": link.first_persona})


@require_http_methods(["GET", "POST"])
@member_required
def confirm(request: HttpRequest, link_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    couple = selectors.couple_of(actor, access.get_own_link(actor, link_id))
    if not couple.is_mine_to_confirm:
        raise NotThere
    if proof := needs_proof(request):
        return proof
    if request.method == "POST":
        profile = profiles.confirm(actor, link_id)
        messages.success(request, _("You are a couple here now. Say a little about the two of you."))
        return redirect("profiles:show-one", profile.pk)
    return render(request, "profiles/confirm.html", {"couple": couple})


@require_POST
@member_required
def take_back(request: HttpRequest, link_id: UUID) -> HttpResponse:
    profiles.take_back(actor_of(request), link_id)
    messages.success(request, _("Taken back. Nothing of it is kept."))
    return redirect("profiles:show-couples")


@require_http_methods(["GET", "POST"])
@member_required
def end_couple(request: HttpRequest, link_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    couple = selectors.couple_of(actor, access.get_own_link(actor, link_id))
    if not couple.in_force:
        raise NotThere
    if request.method == "POST":
        profiles.end_couple(actor, link_id)
        messages.success(request, _("Ended. The joint profile is gone."))
        return redirect("profiles:show-couples")
    return render(request, "profiles/end.html", {"couple": couple})
