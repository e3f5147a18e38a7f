"""What anybody may read, as contexts hand it on to be searched, and who hears when some of it changes.

A context that has public texts tells of each change by the id alone; whoever listens asks for the text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PublicText:
    """The words of one thing that needs no account to be read."""

    id: str
    title: str
    url: str
    summary: str = ""
    headings: str = ""
    text: str = ""
    language: str = ""
    category: str = ""
    category_label: str = ""
    dated_on: date | None = None


Listener = Callable[[str, str], None]
_listeners: list[Listener] = []


def on_change(listener: Listener) -> None:
    """Calls `listener(kind, id)` when something of a kind was written, or is no longer there."""
    _listeners.append(listener)


def changed(kind: str, item_id: str) -> None:
    for listener in _listeners:
        listener(kind, item_id)
