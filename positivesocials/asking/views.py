from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of, viewer_of
from positivesocials.accounts.models import Account
from positivesocials.asking import access, finding, selectors, services
from positivesocials.asking.forms import SHARED, AddForm, AnswerForm, AskForm
from positivesocials.asking.models import Question
from positivesocials.care import selectors as care
from positivesocials.care.crisis import signs_in
from positivesocials.care.selectors import ASKED, Look, look_over
from positivesocials.core import instance, rates
from positivesocials.core.http import member_required
from positivesocials.replies.models import State
from positivesocials.search.forms import QuestionForm
from positivesocials.search.selectors import Hit

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def list_answered(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    page, lines = selectors.answered(number=request.GET.get("page", 1))
    told = {"page": page, "lines": lines, "is_professional": access.is_professional(viewer)}
    return render(request, "asking/answered.html", told)


@member_required
@require_http_methods(GET_OR_POST)
def ask(request: HttpRequest) -> HttpResponse:
    actor, form = actor_of(request), AskForm(request.POST or None)
    if request.method != "POST":
        return _ask_page(request, form)
    if "look" in request.POST:
        typed = {name: request.POST.get(name, "") for name in ("title", "text", "reading", "client_key")}
        form = AskForm()
        form.initial.update(typed)
        return _ask_page(request, form, alike=_alike(actor, typed["title"]), looked=True)
    if not form.is_valid():
        return _ask_page(request, form, status=422)
    sent = form.cleaned_data
    look = look_over(f"{sent['title']}\n\n{sent['text']}", country=care.country_of(actor))
    if look.must_ask(is_sure=sent["sure"]):
        return _ask_page(request, form, look=look, status=ASKED)
    with form.gives_back():
        rates.take("ask", str(actor.pk), limit=10, seconds=3600)
        words = {"title": sent["title"], "text": sent["text"], "client_key": sent["client_key"]}
        question = services.ask(actor, **words, is_shared=sent["reading"] == SHARED)
        messages.success(request, _thanks(question))
        return redirect("asking:show-question", pk=question.pk)
    return _ask_page(request, form, status=form.refused_as)


@member_required
@require_safe
def list_alike(request: HttpRequest) -> HttpResponse:
    """A part of a page for the form's script: nothing where somebody types too fast."""
    actor = actor_of(request)
    words = QuestionForm(request.GET).asked()["words"]
    is_free = rates.is_free("ask as typed", str(actor.pk), limit=120, seconds=60)
    hits = finding.alike(actor, words, language=get_language() or "") if is_free else []
    response = render(request, "asking/_alike.html", {"alike": hits})
    patch_cache_control(response, no_store=True, private=True)
    return response


@member_required
@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    return render(request, "asking/own.html", {"lines": selectors.own(actor_of(request))})


@member_required
@require_safe
def list_waiting(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    access.get_professional(actor)
    return render(request, "asking/waiting.html", {"lines": selectors.waiting_for(actor)})


@require_safe
def show_question(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _question_page(request, access.get_question_for(viewer_of(request), pk))


@member_required
@require_POST
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    question = access.get_own_question(actor, pk)
    form = AddForm(request.POST)
    if not form.is_valid():
        return _question_page(request, question, adding=form, status=422)
    look = look_over(form.cleaned_data["text"], country=care.country_of(actor))
    if look.must_ask(is_sure=form.cleaned_data["sure"]):
        return _question_page(request, question, adding=form, look=look, status=ASKED)
    with form.gives_back():
        rates.take("ask", str(actor.pk), limit=10, seconds=3600)
        sent = form.cleaned_data
        services.add(actor, question, text=sent["text"], client_key=sent["client_key"])
        messages.success(request, _("Added to your question."))
        return redirect("asking:show-question", pk=pk)
    return _question_page(request, question, adding=form, status=form.refused_as)


@member_required
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    question = access.get_question_to_answer(actor, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _question_page(request, question, answering=form, status=422)
    with form.gives_back():
        rates.take("answer", str(actor.pk), limit=60, seconds=3600)
        sent = form.cleaned_data
        services.answer(actor, question, text=sent["text"], client_key=sent["client_key"])
        messages.success(request, _("Your answer stands below the question. Whoever asked is told of it."))
        return redirect("asking:show-question", pk=pk)
    return _question_page(request, question, answering=form, status=form.refused_as)


@member_required
@require_POST
def share(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    services.share(actor, access.get_own_question(actor, pk))
    messages.success(request, _("Once it is answered, anybody may read it, without your name."))
    return redirect("asking:show-question", pk=pk)


@member_required
@require_POST
def keep_private(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    services.keep_private(actor, access.get_own_question(actor, pk))
    messages.success(request, _("From now on only the professionals and you can read it."))
    return redirect("asking:show-question", pk=pk)


@member_required
@require_http_methods(GET_OR_POST)
def erase_question(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    question = access.get_own_question(actor, pk)
    if request.method != "POST":
        return render(request, "asking/erase.html", {"question": selectors.view_of(question, actor)})
    services.erase_question(actor, question)
    messages.success(request, _("Your question is erased."))
    return redirect("asking:list-own")


@member_required
@require_POST
def accept(request: HttpRequest, pk: UUID, answer_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    services.accept(actor, access.get_answer_below(actor, pk, answer_id))
    messages.success(request, _("Marked as the answer that helped you."))
    return redirect("asking:show-question", pk=pk)


@member_required
@require_POST
def erase_answer(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    said = access.get_own_answer(actor, answer_id)
    services.erase_answer(actor, said)
    messages.success(request, _("Your answer is taken back."))
    return redirect("asking:list-answered")


def _alike(actor: Account, words: str) -> list[Hit]:
    return finding.alike(actor, words, language=get_language() or "")


def _thanks(question: Question) -> str:
    if question.state == State.HELD:
        return _("Thank you. A moderator reads first questions before professionals see them.")
    return _("Thank you. Professionals see your question now; you are told of an answer.")


def _ask_page(
    request: HttpRequest,
    form: AskForm,
    *,
    look: Look | None = None,
    alike: list[Hit] | None = None,
    looked: bool = False,
    status: int | None = 200,
) -> HttpResponse:
    page = {
        "form": form,
        "look": look,
        "alike": alike,
        "looked": looked,
        "held": access.is_held_at_first(actor_of(request)),
        "is_open": instance.is_open(),
    }
    return render(request, "asking/ask.html", page, status=status)


def _question_page(
    request: HttpRequest,
    question: Question,
    *,
    adding: AddForm | None = None,
    answering: AnswerForm | None = None,
    look: Look | None = None,
    status: int | None = 200,
) -> HttpResponse:
    viewer = viewer_of(request)
    shown = selectors.view_of(question, viewer)
    signs = signs_in(shown.plain)
    page: dict[str, Any] = {"question": shown, "look": look}
    if shown.is_own:
        page |= {"adding": adding or AddForm(), "help": care.help_for(signs, care.country_of(viewer))}
    else:
        page["signs"] = signs
    if shown.may_answer:
        page["answering"] = answering or AnswerForm()
    return render(request, "asking/question.html", page, status=status)
