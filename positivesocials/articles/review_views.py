"""The medical review of a guide, at the desk: somebody with the training says so, by name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from positivesocials.accounts.access import actor_of
from positivesocials.articles import guides, selectors
from positivesocials.articles.forms import ReviewForm
from positivesocials.articles.models import GuidePage
from positivesocials.core.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def review_guide(request: HttpRequest, pk: int) -> HttpResponse:
    guide = selectors.guide_at_desk(pk)
    newest = guide.get_latest_revision_as_object().text_hash
    form = ReviewForm(request.POST or None, initial={"read": newest})
    if not form.is_valid():
        return _page(request, guide, form, status=422 if form.errors else 200)
    try:
        guides.review(actor_of(request), guide, **form.said)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, guide, form, status=409)
    messages.success(request, _("Your review is on the page, with your name."))
    return redirect("wagtailadmin_pages:edit", guide.pk)


def _page(request: HttpRequest, guide: GuidePage, form: ReviewForm, *, status: int) -> HttpResponse:
    return render(request, "articles/desk/review.html", {"guide": guide, "form": form}, status=status)
