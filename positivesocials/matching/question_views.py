"""Questions and answers, page by page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.matching import common
from positivesocials.matching import services as matching
from positivesocials.matching.forms import AnswerForm
from positivesocials.matching.questions import Question
from positivesocials.matching.where import Where, where_at

HOUR = 60 * 60


@require_GET
@member_required
def list_questions(request: HttpRequest) -> HttpResponse:
    where = where_at(request)
    page = {"where": where, "own": common.own(where.me.profile)}
    return render(request, "matching/questions.html", page)


@require_http_methods(["GET", "POST"])
@member_required
def answer_question(request: HttpRequest, question: str) -> HttpResponse:
    """One question at a time: the next open one follows a first answer, the list a changed one."""
    asked, where = common.get_question(question), where_at(request)
    own = common.own(where.me.profile)
    answer = own.answer_to(asked.number)
    form = AnswerForm(_posted(request), question=asked, answer=answer, starts_visible=own.is_mostly_visible)
    if request.method == "POST" and form.is_valid():
        rates.take("answer", str(where.actor.pk), limit=300, seconds=HOUR)
        matching.save_answer(where.me.profile, asked.number, form.answer())
        return redirect(_questions_of(where) if answer else _after(where, own, asked))
    page = {"where": where, "own": own, "question": asked, "answer": answer, "form": form}
    page["skip"] = _after(where, own, asked)
    return render(request, "matching/question.html", page, status=422 if form.errors else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@require_POST
@member_required
def withdraw_answer(request: HttpRequest, question: str) -> HttpResponse:
    asked, where = common.get_question(question), where_at(request)
    rates.take("answer", str(where.actor.pk), limit=300, seconds=HOUR)
    matching.withdraw_answer(where.me.profile, asked.number)
    messages.success(request, _("Taken back."))
    return redirect(_questions_of(where))


def _questions_of(where: Where) -> str:
    return f"{reverse('matching:list-questions')}?as={where.me.profile.pk}"


def _after(where: Where, own: common.Own, question: Question) -> str:
    """The next open question, or the list when none is left."""
    following = own.next_after(question.number)
    if following is None:
        return _questions_of(where)
    return f"{reverse('matching:answer-question', args=[following.code])}?as={where.me.profile.pk}"
