from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Account, Purpose
from positivesocials.core import rates
from positivesocials.core.forms import LookForm
from positivesocials.core.http import member_required
from positivesocials.core.refusals import NotThere
from positivesocials.onboarding import selectors, services
from positivesocials.onboarding.forms import (
    AgeForm,
    AllForm,
    NameForm,
    PlaceForm,
    WishesForm,
    WordsForm,
    YouForm,
)
from positivesocials.profiles.circles import circles

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
WELCOME = "welcome"
LEADS_TO = {Purpose.READ: "articles:list-guides", Purpose.LOOKING: "home:home"}
STEPS: dict[str, type[LookForm]] = {
    "you": YouForm,
    "age": AgeForm,
    "place": PlaceForm,
    "wishes": WishesForm,
    "words": WordsForm,
}
HEADINGS = {
    "you": _("How should people speak of you?"),
    "age": _("How old are you?"),
    "place": _("Where are you, roughly?"),
    "wishes": _("What are you looking for?"),
    "words": _("What would you like to say first?"),
}
ORDER = list(STEPS)


@member_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """For a member whose answer to the first question is not known."""
    return render(request, "onboarding/choose.html")


@member_required
@require_safe
def begin(request: HttpRequest, purpose: str) -> HttpResponse:
    if purpose not in LEADS_TO:
        raise NotThere
    return redirect(LEADS_TO[Purpose(purpose)])


@member_required
@require_safe
def beside(request: HttpRequest) -> HttpResponse:
    return render(request, "onboarding/beside.html")


@member_required
@get_or_post
def talk(request: HttpRequest) -> HttpResponse:
    """One screen: a name to be called by. The next one is the first post."""
    actor = actor_of(request)
    form = NameForm(request.POST or None, initial={"name": selectors.name_of(actor)})
    if not form.is_valid():
        return _talk_page(request, actor, form)
    rates.take("rename", str(actor.pk), limit=10, seconds=24 * 3600)
    services.introduce(actor, name=form.cleaned_data["name"])
    return redirect("groups:write-post", slug=WELCOME)


@member_required
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _talk_page(request, actor, form)
    services.draw_another(actor, name=form.cleaned_data["name"])
    return redirect("onboarding:talk")


def _talk_page(request: HttpRequest, actor: Account, form: NameForm) -> HttpResponse:
    page = {"form": form, "face": selectors.face_of(actor), "welcome": WELCOME}
    return render(request, "onboarding/talk.html", page)


@member_required
@require_safe
def meet(request: HttpRequest) -> HttpResponse:
    return redirect("onboarding:ask", step=ORDER[0])


@member_required
@get_or_post
def ask(request: HttpRequest, step: str) -> HttpResponse:
    """One of the five questions; each may be skipped, save the name."""
    if step not in STEPS:
        raise NotThere
    actor = actor_of(request)
    face = selectors.face_of(actor)
    if face is None and step != ORDER[0]:
        return redirect("onboarding:meet")
    form = _form(actor, STEPS[step], request)
    if not form.is_valid():
        return render(request, "onboarding/meet.html", {"form": form, "face": face} | _progress(step))
    services.keep_answers(actor, form.cleaned_data)
    return _after(actor, step)


def _after(actor: Account, step: str) -> HttpResponse:
    if step != ORDER[-1]:
        return redirect("onboarding:ask", step=ORDER[ORDER.index(step) + 1])
    services.leave_the_rest(actor)
    return redirect("matching:list-people")


def _progress(step: str) -> dict[str, Any]:
    number = ORDER.index(step)
    return {
        "step": step,
        "heading": HEADINGS[step],
        "part": f"onboarding/_{step}.html",
        "number": number + 1,
        "total": len(ORDER),
        "bars": ["done"] * number + ["now"] + [""] * (len(ORDER) - number - 1),
        "back": ORDER[number - 1] if number else "",
        "after": ORDER[number + 1] if number + 1 < len(ORDER) else "",
        "circles": circles(),
    }


@member_required
@get_or_post
def ask_all(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = _form(actor, AllForm, request)
    if not form.is_valid():
        page = {"form": form, "face": selectors.face_of(actor), "circles": circles()}
        return render(request, "onboarding/meet_all.html", page)
    services.keep_answers(actor, form.cleaned_data)
    services.leave_the_rest(actor)
    return redirect("matching:list-people")


@member_required
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    services.leave_the_rest(actor_of(request))
    return redirect("matching:list-people")


def _form(actor: Account, kind: type[LookForm], request: HttpRequest) -> LookForm:
    more: dict[str, Any] = {}
    if issubclass(kind, YouForm):
        more["named"] = bool(selectors.name_of(actor))
    if issubclass(kind, WordsForm):
        more["wording"] = selectors.wording_for(actor)
    return kind(request.POST or None, initial=selectors.answers_of(actor), **more)
