"""What accounts needs from contexts above: they register here, so that imports point downwards only."""

from collections.abc import Callable
from typing import Any, Protocol


class QueueMail(Protocol):
    def __call__(self, kind: str, *, address: str, template: str, context: dict[str, Any]) -> None: ...


_queue_mail: list[QueueMail] = []
_terms: list[tuple[str, Callable[..., None]]] = []


def mail_with(queue_mail: QueueMail) -> None:
    _queue_mail[:] = [queue_mail]


def ask_for_terms(*, version: str, accept: Callable[..., None]) -> None:
    """`accept(account, version=...)` records that an account accepted that version."""
    _terms[:] = [(version, accept)]


def queue_mail(kind: str, *, address: str, template: str, context: dict[str, Any]) -> None:
    _queue_mail[0](kind, address=address, template=template, context=context)


def terms_version() -> str:
    return _terms[0][0]


def accept_terms(account: Any, *, version: str) -> None:
    _terms[0][1](account, version=version)
