"""What the operator sees of introductions: how attention falls on groups, and on nobody in particular."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from positivesocials.accounts.models import Role
from positivesocials.core.http import staff_required
from positivesocials.matching import attention


@require_GET
@staff_required(Role.OPERATOR)
def show_attention(request: HttpRequest) -> HttpResponse:
    return render(request, "matching/attention.html", {"modes": attention.attentions()})
