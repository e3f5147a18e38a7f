"""Who wrote in a thread, whom replies name, and short parts of them: drawn from their rows, never copies."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from positivesocials.core import markdown
from positivesocials.replies.models import Mention, Reply, State
from positivesocials.replies.paging import Line

QUOTED = 160
# Of how many people of a thread one is asked to choose.
MOST_PEOPLE = 40


@dataclass(frozen=True)
class Quote:
    """A short part of what is answered, as it reads now; without words where it is gone. `at`: its anchor,
    `elsewhere`: the query of the page that has it, where it is another one.
    """

    name: str
    text: str
    at: str
    elsewhere: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who wrote in the thread under one persona, by the id of the last reply under it."""

    id: UUID
    name: str
    is_alias: bool
    is_starter: bool = False


def quote_of(row: Reply, *, elsewhere: str = "") -> Quote:
    text = row.text if row.state == State.PUBLIC else None
    said = (shown_name(row), short(text)) if text else ("", "")
    return Quote(*said, f"r-{row.pk}", elsewhere)


def short(text: str) -> str:
    """The beginning of what somebody wrote, on one line, to be quoted."""
    return Truncator(markdown.plain(text[: QUOTED * 8])).chars(QUOTED)


def shown_name(row: Reply) -> str:
    """The name others see: never the account's, only that of the persona or what a guest typed."""
    name = row.guest_name if row.is_guests else row.persona and row.persona.name
    return name or _("Someone who left")


def mentions_in(reply_ids: Collection[UUID], hidden: Set[UUID]) -> list[Mention]:
    """Whom these replies name, but for people that this viewer is not to meet."""
    rows = Mention.objects.filter(reply__in=reply_ids).select_related("persona").order_by("id")
    return [mention for mention in rows if mention.persona.account_id not in hidden]


def names_by_reply(mentions: Iterable[Mention]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = {}
    for mention in mentions:
        names.setdefault(mention.reply_id, []).append(mention.persona.name or _("Someone who left"))
    return names


def last_words(shown: Sequence[Line], own: Set[UUID]) -> list[UUID]:
    """The last reply under each persona that is not the viewer's, whoever wrote last first."""
    last: dict[UUID, UUID] = {}
    for line in reversed(shown):
        if line.persona_id and line.pk not in own and line.state == State.PUBLIC:
            last.setdefault(line.persona_id, line.pk)
    return list(last.values())[:MOST_PEOPLE]


def people_in(rows: Iterable[Reply], starter_id: UUID | None) -> tuple[Person, ...]:
    """Under which names these were written, each by the id of its reply."""
    return tuple(
        Person(row.pk, row.persona.name or "", row.persona.is_alias, row.persona_id == starter_id)
        for row in rows
        if row.persona is not None
    )
