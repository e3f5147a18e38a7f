"""The medical review of a guide, at the desk: somebody with the training says so, by name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from positivesocials.accounts.access import actor_of
from positivesocials.articles import guides, selectors
from positivesocials.articles.forms import ReviewForm


@require_http_methods(["GET", "HEAD", "POST"])
def review_guide(request: HttpRequest, pk: int) -> HttpResponse:
    guide = selectors.guide_at_desk(pk)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        guides.review(actor_of(request), guide, **form.said)
        messages.success(request, _("Your review is on the page, with your name."))
        return redirect("wagtailadmin_pages:edit", guide.pk)
    page = {"guide": guide, "form": form}
    return render(request, "articles/desk/review.html", page, status=422 if form.errors else 200)
