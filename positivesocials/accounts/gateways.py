"""What accounts needs from outside, and from contexts above, which register here: imports point down."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


class AgeAssurance(Protocol):
    """Says whether someone is 18 or over, and nothing else of them; `name` is all that is kept of how."""

    name: str

    def begin(self, *, back: str, state: str) -> str | None:
        """The address where the visitor shows it and comes `back` from, with `state`; None: nowhere."""

    def has_passed(self, answer: Mapping[str, str]) -> bool:
        """Whether what the visitor brought back says 18 or over."""


class Declaration:
    """The box on the form, which everybody who joins has to tick, is all there is."""

    name = "declaration"

    def begin(self, *, back: str, state: str) -> str | None:
        return None

    def has_passed(self, answer: Mapping[str, str]) -> bool:
        return False


def age_assurance() -> AgeAssurance:
    adapter: AgeAssurance = import_string(settings.AGE_ASSURANCE)()
    return adapter


class QueueMail(Protocol):
    def __call__(self, kind: str, *, address: str, template: str, context: dict[str, Any]) -> None: ...


_queue_mail: list[QueueMail] = []
LOGGED_IN, CHANGED = "log-in", "ways"
Tell = Callable[[UUID, str], None]
_tell: list[Tell] = []
_terms: list[tuple[str, Callable[..., None]]] = []


def mail_with(queue_mail: QueueMail) -> None:
    _queue_mail[:] = [queue_mail]


def tell_with(tell: Tell) -> None:
    """`tell(account_id, kind)` says to an account what happened to it: that it was logged in, or changed."""
    _tell[:] = [tell]


def ask_for_terms(*, version: str, accept: Callable[..., None]) -> None:
    """`accept(account, version=...)` records that an account accepted that version."""
    _terms[:] = [(version, accept)]


def queue_mail(kind: str, *, address: str, template: str, context: dict[str, Any]) -> None:
    _queue_mail[0](kind, address=address, template=template, context=context)


def tell(account_id: UUID, kind: str) -> None:
    _tell[0](account_id, kind)


def terms_version() -> str:
    return _terms[0][0]


def accept_terms(account: Any, *, version: str) -> None:
    _terms[0][1](account, version=version)
