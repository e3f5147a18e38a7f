"""Where a thread is shown. Contexts that own threads register how to find their page."""

from collections.abc import Callable
from uuid import UUID

Home = Callable[[UUID], str | None]
_homes: list[Home] = []


def register(home: Home) -> None:
    """`home(thread_id)` is the path of the page, or None where the thread is not this context's."""
    _homes.append(home)


def path_of(thread_id: UUID) -> str | None:
    return next((path for home in _homes if (path := home(thread_id))), None)
