"""What the demo is made of, read from the files in content/. Invented from end to end."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

CONTENT = Path(__file__).parent / "content"
Entry = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """A person that a visitor may look around as."""

    person: str
    title: Any
    line: Any


CARDS = (
    Card("quiet-heron", _("Newly diagnosed"), _("Joined last week, still reading.")),
    Card("okapi", _("Half of a couple"), _("You are Okapi; Lumen is the other.")),
    Card("lantern-keeper", _("Moderator"), _("Works the queue.")),
    Card("inkcap", _("Editor"), _("Writes the guides and the news.")),
)


def cards() -> tuple[Card, ...]:
    return CARDS


@cache
def _file(name: str) -> Entry:
    content: Entry = json.loads((CONTENT / f"{name}.json").read_text(encoding="utf-8"))
    return content


def people() -> list[Entry]:
    """Everyone with a face of their own."""
    return list(_file("people")["people"])


def couples() -> list[Entry]:
    """Two people each, under `partners`, and what they say together."""
    return list(_file("people")["couples"])


def answers() -> Entry:
    """What people and couples answered to questions, by their key."""
    return _file("answers")


def checks() -> Entry:
    """Who was checked, who asked for a call, and who for the word of others, by their keys."""
    return _file("checks")


def asking() -> Entry:
    """A professional, questions without a name, and members who welcome others."""
    return _file("asking")


def posts() -> list[Entry]:
    return list(_file("posts")["posts"])


def groups() -> list[Entry]:
    """Groups besides the Welcome group: those of the first day by their slug, and some of members."""
    return list(_file("groups")["groups"])


def conversations() -> list[Entry]:
    return list(_file("conversations")["conversations"])


def requests() -> list[Entry]:
    return list(_file("conversations")["requests"])


def likes() -> list[Entry]:
    return list(_file("conversations")["likes"])


def news() -> list[Entry]:
    """Oldest first, so that they are published in the order of their dates."""
    return sorted(_file("news")["news"], key=lambda post: str(post["date"]))


def reports() -> list[Entry]:
    return [*_file("posts")["reports"], *_file("conversations")["reports"]]
