from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from positivesocials.core.refusals import NotThere
from positivesocials.demo import access, selectors


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    if not access.is_demo():
        raise NotThere
    return render(request, "demo/mailbox.html", {"mails": selectors.mailbox()})
