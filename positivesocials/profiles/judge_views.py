"""Person checks as moderators see them: one name and one pose at a time, and never the account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.core.http import as_picture, staff_required
from positivesocials.profiles import check_reads as reads
from positivesocials.profiles import checks
from positivesocials.profiles.check_forms import MeetingForm, ReasonForm

# A picture opens from its page alone: in the session that opened the page, and for so long.
LOOKS_FOR = 5 * 60
LOOKS = "looks"


@staff_required(Role.MODERATOR)
@require_safe
def list_checks(request: HttpRequest) -> HttpResponse:
    return render(request, "profiles/checks.html", {"lines": reads.lines_for(actor_of(request))})


@staff_required(Role.MODERATOR)
@require_safe
def judge_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    response = _judge(request, check_id)
    request.session[LOOKS] = {str(check_id): timezone.now().timestamp()}
    return response


def _judge(
    request: HttpRequest, check_id: UUID, meeting: MeetingForm | None = None, reason: ReasonForm | None = None
) -> HttpResponse:
    judged = reads.judged(checks.open_check(actor_of(request), check_id))
    page = {
        "judged": judged,
        "check": judged.check,
        "meeting": meeting or MeetingForm(initial=judged.check.arranged or {}),
        "reason": reason or ReasonForm(),
        "wrong": meeting or reason,
    }
    return render(request, "profiles/judge.html", page, status=422 if meeting or reason else 200)


@staff_required(Role.MODERATOR)
@require_safe
def show_selfie(request: HttpRequest, check_id: UUID) -> HttpResponse:
    data = checks.picture_for(actor_of(request), check_id)
    if request.session.get(LOOKS, {}).get(str(check_id), 0) < timezone.now().timestamp() - LOOKS_FOR:
        return redirect("profiles:judge-check", check_id)
    return as_picture(data)


@staff_required(Role.MODERATOR)
@require_POST
def arrange_call(request: HttpRequest, check_id: UUID) -> HttpResponse:
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _judge(request, check_id, meeting=form)
    checks.arrange_call(actor_of(request), check_id, **form.cleaned_data)
    messages.success(request, _("They see it on their page. Come back here after the call."))
    return redirect("profiles:judge-check", check_id)


@staff_required(Role.MODERATOR)
@require_POST
def pass_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    checks.pass_check(actor_of(request), check_id)
    return _done(request, _("A yes. Nothing of what you saw is kept."))


@staff_required(Role.MODERATOR)
@require_POST
def fail_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _judge(request, check_id, reason=form)
    checks.fail_check(actor_of(request), check_id, reason=form.cleaned_data["reason"])
    return _done(request, _("No yes. They read the reason, and nothing of what you saw is kept."))


@staff_required(Role.MODERATOR)
@require_POST
def ask_another_pose(request: HttpRequest, check_id: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _judge(request, check_id, reason=form)
    checks.ask_another_pose(actor_of(request), check_id, reason=form.cleaned_data["reason"])
    return _done(request, _("They are asked for another pose. This picture is erased."))


@staff_required(Role.MODERATOR)
@require_POST
def recuse(request: HttpRequest, check_id: UUID) -> HttpResponse:
    checks.recuse(actor_of(request), check_id)
    return _done(request, _("It is left to others."))


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("profiles:list-checks")
