"""Finding, founding and coming into a group, and reading how one stands to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of, viewer_of
from positivesocials.accounts.models import Role
from positivesocials.core import rates
from positivesocials.core.http import member_required, staff_required
from positivesocials.groups import founding, inviting, lists, services, tending, tending_access, tending_reads
from positivesocials.groups.group_forms import FoundForm
from positivesocials.groups.models import Group, Openness
from positivesocials.notifications import notices
from positivesocials.profiles import selectors as profiles

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def list_groups(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    shelf = lists.shelf_for(viewer_of(request), show=asked.get("show", ""), number=asked.get("page", 1))
    return render(request, "groups/list.html", {"shelf": shelf})


@member_required
@require_http_methods(GET_OR_POST)
def found_group(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    profile = profiles.profile_of(actor)
    if profile is None or profile.persona is None:
        return redirect("onboarding:talk")
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            rates.take("found group", str(actor.pk), limit=10, seconds=86400)
            group = founding.ask_for_group(actor, form.wording, form.sort)
            messages.success(request, _founded(group))
            return redirect("groups:show-group", slug=group.slug)
    page = {"form": form, "askers": founding.ASKERS}
    return render(request, "groups/found.html", page, status=form.refused_as)


def _founded(group: Group) -> str:
    if not group.is_there:
        return _("Thank you. A moderator reads what the group says of itself before others see it.")
    if group.openness == Openness.INVITED:
        return _("The group is there. Nobody knows of it until you invite them.")
    return _("The group is there. It opens when five have asked for it.")


@member_required
@require_http_methods(GET_OR_POST)
def accept_invitation(request: HttpRequest, code: str) -> HttpResponse:
    """A link into a group. Whoever has no account yet joins the site first, and opens it again."""
    actor = actor_of(request)
    rates.take("group-code", str(actor.pk), limit=30, seconds=3600)
    invitation = tending_access.get_invitation_for(actor, code)
    if request.method != "POST":
        return render(request, "groups/invited.html", {"group": invitation.group})
    group = inviting.accept(actor, code)
    return redirect("groups:join-group", slug=group.slug)


@member_required
@require_safe
def show_standing(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    own = tending_access.get_own_membership(actor, pk)
    notices.see(actor.pk, targets=[own.pk])
    return render(request, "groups/standing.html", {"own": tending_reads.own_standing(own)})


@member_required
@require_http_methods(GET_OR_POST)
def erase_mine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Also for whoever was put out and reads the group no more."""
    actor = actor_of(request)
    own = tending_access.get_own_membership(actor, pk)
    if request.method != "POST":
        return render(request, "groups/erase_mine.html", {"own": tending_reads.own_standing(own)})
    services.erase_all_in(actor, own.group)
    messages.success(
        request, _("What you wrote there goes: under your name now, under aliases within a day.")
    )
    return redirect("groups:show-standing", pk=pk)


@member_required
@require_POST
def agree_to_tend(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    own = tending_access.get_own_membership(actor, pk)
    tending.agree_to_tend(actor, own)
    messages.success(request, _("Thank you for looking after this group, too."))
    return redirect("groups:show-group", slug=own.group.slug)


@member_required
@require_POST
def refuse_to_tend(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    tending.refuse_to_tend(actor, tending_access.get_own_membership(actor, pk))
    messages.success(request, _("That is fine. Nobody is told."))
    return redirect("groups:show-standing", pk=pk)


@staff_required(Role.MODERATOR)
@require_safe
def list_decided(request: HttpRequest) -> HttpResponse:
    page = {"decided": tending_reads.decided_for(actor_of(request))}
    return render(request, "groups/decided.html", page)
