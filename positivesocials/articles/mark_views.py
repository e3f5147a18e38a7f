"""What can be named in the text of a guide, for the desk to insert (static/articles/desk.js)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from positivesocials.claims import selectors as claims


@require_safe
def list_marks(request: HttpRequest) -> HttpResponse:
    known = {"claims": claims.all_claims(), "sources": claims.sources()}
    return render(request, "articles/desk/marks.html", known)
