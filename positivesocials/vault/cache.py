"""Opened keys of the current request, and of it only."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

KeyCache = dict[tuple[str, UUID], bytes | None]

_cache: ContextVar[KeyCache | None] = ContextVar("opened_keys", default=None)


def current() -> KeyCache | None:
    return _cache.get()


@contextmanager
def fresh() -> Iterator[KeyCache]:
    opened: KeyCache = {}
    token = _cache.set(opened)
    try:
        yield opened
    finally:
        _cache.reset(token)
