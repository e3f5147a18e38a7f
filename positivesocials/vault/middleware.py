from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from positivesocials.vault import services as vault


class KeysForOneRequest:
    """Opened keys live as long as the request and no longer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with vault.keys_open():
            return self.get_response(request)
