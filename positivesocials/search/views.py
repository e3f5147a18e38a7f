"""The search and the list of words that editors keep. No question is written down anywhere."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from positivesocials.accounts.access import viewer_of
from positivesocials.accounts.models import Role
from positivesocials.core import rates
from positivesocials.core.http import client_address, staff_required
from positivesocials.search import access, selectors, services
from positivesocials.search.forms import ChangeWordsForm, QuestionForm, WordsForm
from positivesocials.search.models import WordGroup


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = QuestionForm(request.GET).asked()
    viewer = viewer_of(request)
    if asked["words"].strip():
        rates.take("search", _caller(request), limit=60, seconds=60)
    found = selectors.found(viewer, **asked, language=get_language() or "")
    return _not_kept(render(request, "search/search.html", {"found": found}))


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """A part of a page for the box's script: nothing more to see where somebody types too fast."""
    words = QuestionForm(request.GET).asked()["words"]
    is_free = rates.is_free("search as typed", _caller(request), limit=240, seconds=60)
    hits = selectors.suggested(words=words, language=get_language() or "") if is_free else []
    return _not_kept(render(request, "search/_suggested.html", {"hits": hits, "words": words}))


@staff_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def list_words(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_words(form.cleaned_data["words"])
        messages.success(request, _("Added. Searches find it from now on."))
        return redirect("search:list-words")
    page = {"groups": selectors.word_groups(), "form": form}
    return render(request, "search/list_words.html", page, status=422 if form.errors else 200)


@staff_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    group = access.get_word_group(pk)
    form = ChangeWordsForm(request.POST or None, initial={"words": group.words, "seen": group.words})
    if request.method != "POST" or not form.is_valid():
        return _change_page(request, group, form, status=422 if form.errors else 200)
    try:
        services.change_words(group, **form.cleaned_data)
    except services.ChangedMeanwhile as changed:
        # Saving once more is then an answer to that change.
        form = ChangeWordsForm({"words": form.cleaned_data["words"], "seen": changed.words})
        form.add_error(None, changed.message)
        return _change_page(request, group, form, status=409)
    messages.success(request, _("Changed. Searches heed it from now on."))
    return redirect("search:list-words")


def _change_page(
    request: HttpRequest, group: WordGroup, form: ChangeWordsForm, *, status: int
) -> HttpResponse:
    return render(request, "search/change_words.html", {"group": group, "form": form}, status=status)


@staff_required(Role.EDITOR)
@require_http_methods(["POST"])
def remove_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.remove_words(access.get_word_group(pk))
    messages.success(request, _("Removed. These words no longer find each other."))
    return redirect("search:list-words")


def _caller(request: HttpRequest) -> str:
    viewer = viewer_of(request)
    return str(viewer.pk) if viewer else client_address(request)


def _not_kept(response: HttpResponse) -> HttpResponse:
    """What was looked for stands in the address: no cache keeps the page, no other site learns of it."""
    patch_cache_control(response, no_store=True, private=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
