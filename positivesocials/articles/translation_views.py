"""Guides in other languages, for editors: which are there, and one beside its original."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.articles import access, languages, sections, selectors, translating, translations
from positivesocials.articles.forms import TranslationForm
from positivesocials.articles.models import GuidePage
from positivesocials.articles.translating import Pair, Piece
from positivesocials.articles.translations import ChangedMeanwhile
from positivesocials.core.http import staff_required
from positivesocials.core.refusals import NotThere, Refused


@staff_required(Role.EDITOR)
@require_safe
def list_translations(request: HttpRequest) -> HttpResponse:
    codes = languages.to_translate_into()
    asked = request.GET.get("in", "")
    code = asked if asked in codes else codes[0]
    page = {
        "code": code,
        "codes": [(each, languages.name_of(each)) for each in codes],
        "lines": selectors.to_translate(code),
    }
    return render(request, "articles/translations.html", page)


@staff_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    original = access.get_original_for(actor_of(request), slug, code)
    if request.method != "POST":
        return _page(request, original, code)
    form = TranslationForm(_pairs(original, code)[0], code, request.POST)
    if not form.is_valid():
        return _page(request, original, code, form=form, status=422)
    try:
        translations.save(actor_of(request), original, code, form.sent)
    except ChangedMeanwhile as refused:
        return _again(request, original, code, refused)
    if "publish" in request.POST:
        _publish(request, original, code)
    else:
        messages.success(request, _("Saved as a draft. Readers see nothing of it yet."))
    return redirect("articles:translate-guide", slug, code)


def _publish(request: HttpRequest, original: GuidePage, code: str) -> None:
    """The draft is kept whatever comes of it; the page says what stands against it."""
    try:
        translations.publish(actor_of(request), original, code)
    except NotThere:
        raise
    except Refused:
        messages.warning(request, _("Saved as a draft, and not published. Below stands what keeps it back."))
    else:
        messages.success(request, _("Published."))


def _again(request: HttpRequest, original: GuidePage, code: str, refused: Refused) -> HttpResponse:
    """What was typed, beside what stands there now. Saving it once more is an answer to that."""
    sent = request.POST.copy()
    sent["version"] = str(_version(selectors.translation_at_desk(original, code)))
    sent["seen"] = translating.print_of(original.wording)
    form = TranslationForm(_pairs(original, code)[0], code, sent)
    form.is_valid()
    form.add_error(None, refused.message)
    return _page(request, original, code, form=form, status=409)


def _draft(original: GuidePage, code: str) -> GuidePage | None:
    page = selectors.translation_at_desk(original, code)
    if page is None:
        return None
    draft: GuidePage = page.get_latest_revision_as_object()
    draft.original = original
    return draft


def _version(page: GuidePage | None) -> int:
    return page.latest_revision_id or 0 if page else 0


def _pairs(original: GuidePage, code: str) -> tuple[list[Pair], list[Piece]]:
    draft = _draft(original, code)
    wording, seen = (draft.wording, draft.translated_from) if draft else (None, {})
    return translating.paired(original.wording, wording, seen)


def _page(
    request: HttpRequest,
    original: GuidePage,
    code: str,
    *,
    form: TranslationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = _draft(original, code)
    pairs, gone = _pairs(original, code)
    begun = {"version": _version(draft), "seen": translating.print_of(original.wording)}
    page: dict[str, Any] = {
        "original": original,
        "code": code,
        "language_name": languages.name_of(code),
        "draft": draft,
        "form": form or TranslationForm(pairs, code, initial=begun),
        "gone": [*gone, *_without_a_place(request, pairs)],
        "reasons": draft.reasons_against() if draft else [],
        "overtaken": status == 409,
        "has_pictures": bool(sections.pictures_in(original.text)),
    }
    return render(request, "articles/translate.html", page, status=status)


def _without_a_place(request: HttpRequest, pairs: Sequence[Pair]) -> list[Piece]:
    """What was typed for sections that the original has no more: shown, to be copied."""
    keys = {pair.key for pair in pairs}
    names = [name for name in request.POST if name.startswith("body-")]
    typed = [(name.removeprefix("body-"), str(request.POST[name])) for name in names]
    return [Piece(key, key, words) for key, words in typed if key not in keys and words.strip()]
