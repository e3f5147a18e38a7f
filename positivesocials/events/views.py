from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of, viewer_of
from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.core.http import as_text_file, member_required
from positivesocials.events import access, selectors, services, times
from positivesocials.events.forms import AnswerForm, ChangeAnswerForm, EventForm
from positivesocials.events.models import Ahead, Answer, Event
from positivesocials.groups.models import Group
from positivesocials.notifications import notices
from positivesocials.profiles import selectors as profiles

GET_OR_POST = ["GET", "HEAD", "POST"]
IN_WORDS = "words"
Answering = AnswerForm | ChangeAnswerForm


@require_safe
def list_events(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    group = access.get_group_with_events_for(viewer, slug)
    page = {
        "group": group,
        "calendar": selectors.calendar_of(group, viewer),
        "may_arrange": access.may_arrange(viewer, group),
    }
    return render(request, "events/list.html", page)


@require_safe
def show_event(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    event = access.get_event_for(viewer, slug, pk)
    if viewer is not None:
        notices.see(viewer.pk, targets=[event.pk])
    return _event_page(request, event, _answering(viewer, event))


@member_required
@require_http_methods(GET_OR_POST)
def make_event(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group = access.get_arranged_group_for(actor, slug)
    form = EventForm(request.POST or None, zone=times.zone_of(actor))
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            rates.take("event", str(actor.pk), limit=20, seconds=3600)
            event = services.make_event(actor, group, form.plan, client_key=form.cleaned_data["client_key"])
            messages.success(request, _("The event is on the page of the group."))
            return redirect("events:show-event", slug=slug, pk=event.pk)
    return _edit_page(request, group, form)


@member_required
@require_http_methods(GET_OR_POST)
def change_event(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    event = access.get_arranged_event_for(actor, slug, pk)
    form = EventForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            services.change_event(actor, event, form.plan)
            messages.success(request, _("Changed. Who answered is told if the time or the place is another."))
            return redirect("events:show-event", slug=slug, pk=pk)
    return _edit_page(request, event.group, form, event=event)


@member_required
@require_http_methods(GET_OR_POST)
def call_off(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    event = access.get_arranged_event_for(actor, slug, pk)
    if request.method != "POST":
        return render(request, "events/call_off.html", _about(event, actor))
    services.call_off(actor, event)
    messages.success(request, _("The event is called off. Who answered is told."))
    return redirect("events:show-event", slug=slug, pk=pk)


@member_required
@require_POST
def answer(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    event = access.get_event_to_attend(actor, slug, pk)
    form = _answering(actor, event, request.POST)
    if form is None:
        return redirect("onboarding:talk")
    if not form.is_valid():
        return _event_page(request, event, form)
    with form.gives_back():
        rates.take("attend", str(actor.pk), limit=60, seconds=3600)
        typed = form.cleaned_data
        reminded = [Ahead(each) for each in typed["remind"]]
        said = services.answer(
            actor, event, Answer(typed["says"]), alias=form.chosen_alias, reminded=reminded
        )
        messages.success(request, _answered(said))
        return redirect("events:show-event", slug=slug, pk=pk)
    return _event_page(request, event, form)


@member_required
@require_POST
def suggest_alias(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The same form with another alias and another patch; what was chosen is kept."""
    actor = actor_of(request)
    event = access.get_event_to_attend(actor, slug, pk)
    form = _answering(actor, event)
    if form is None:
        return redirect("onboarding:talk")
    form.initial.update(says=request.POST.get("says", ""), remind=request.POST.getlist("remind"))
    return _event_page(request, event, form)


@member_required
@require_POST
def step_back(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    event = access.get_event_to_attend(actor, slug, pk)
    services.step_back(actor, event)
    messages.success(request, _("You stepped back. Nobody sees that you had answered."))
    return redirect("events:show-event", slug=slug, pk=pk)


@member_required
@require_safe
def save_file(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    event = access.get_event_to_attend(actor, slug, pk)
    text = selectors.file_of(event, actor, in_words=request.GET.get("as") == IN_WORDS)
    response = as_text_file(text, name="appointment.ics")
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    return response


def _answering(viewer: Account | None, event: Event, data: Any = None) -> Answering | None:
    """The form for an answer; None where there is none to give, or no name yet to give it under."""
    if viewer is None or not access.sees_all(viewer, event.group):
        return None
    profile = profiles.profile_of(viewer)
    if profile is None or profile.persona is None:
        return None
    own = selectors.own_attendance(viewer, event)
    if own is None:
        seen = selectors.names_of_others(event, viewer)
        return AnswerForm(data, own_name=profile.persona.name or "", seen=seen)
    says = Answer.COMES if own.answer == Answer.WAITS else own.answer
    reminded = [each.ahead for each in own.reminders.all()]
    return ChangeAnswerForm(data, initial={"says": says, "remind": reminded})


def _answered(said: Answer) -> str:
    return {
        Answer.COMES: _("You said that you will come. Only members of this group see it."),
        Answer.MAYBE: _("You said maybe. Only members of this group see it."),
        Answer.WAITS: _("There is no place left. You are on the waiting list and are told if one is yours."),
    }[said]


def _about(event: Event, viewer: Account | None) -> dict[str, Any]:
    return {
        "group": event.group,
        "event": selectors.view_of(event, viewer),
        "may_arrange": access.may_arrange(viewer, event.group),
    }


def _event_page(request: HttpRequest, event: Event, form: Answering | None) -> HttpResponse:
    page = _about(event, viewer_of(request))
    page |= {"form": form, "in_words": IN_WORDS}
    return render(request, "events/event.html", page, status=form.refused_as if form else None)


def _edit_page(
    request: HttpRequest, group: Group, form: EventForm, *, event: Event | None = None
) -> HttpResponse:
    page = {"group": group, "form": form, "event": event}
    return render(request, "events/edit.html", page, status=form.refused_as)
