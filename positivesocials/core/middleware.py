"""Placeholder until the design system lands: take the design side when this conflicts."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from positivesocials.core.refusals import NotThere


class SecurityHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class RejectCrossSite(SecurityHeaders):
    pass


class Refusals(SecurityHeaders):
    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, NotThere):
            raise Http404
