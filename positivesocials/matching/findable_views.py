"""How findable an own profile is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.matching.access import me_as
from positivesocials.matching.findable import findable

HOUR = 60 * 60


@require_GET
@member_required
def show_findable(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    me = me_as(actor, profile_id)
    rates.take("findable", str(actor.pk), limit=60, seconds=HOUR)
    page = {"profile": me.profile, "found": findable(me), "here": request.path}
    return render(request, "matching/findable.html", page)
