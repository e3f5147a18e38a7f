"""Who wrote in a thread, whom replies name, and short parts of them: drawn from their rows, never copies."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from positivesocials.core import markdown
from positivesocials.replies.models import Mention, Reply, State, Thread

QUOTED = 160
# Of how many people of a thread one is asked to choose.
MOST_PEOPLE = 40


@dataclass(frozen=True)
class Quote:
    """A short part of what is answered, as it reads now; without words where it is gone. `at`: its anchor."""

    name: str
    text: str
    at: str


@dataclass(frozen=True)
class Person:
    """Somebody who wrote in the thread under one persona, by the id of the last reply under it."""

    id: UUID
    name: str
    is_alias: bool
    is_starter: bool = False


def quote_of(row: Reply) -> Quote:
    text = row.text if row.state == State.PUBLIC else None
    return Quote(shown_name(row), short(text), f"r-{row.pk}") if text else Quote("", "", f"r-{row.pk}")


def short(text: str) -> str:
    """The beginning of what somebody wrote, on one line, to be quoted."""
    return Truncator(markdown.plain(text[: QUOTED * 8])).chars(QUOTED)


def shown_name(row: Reply) -> str:
    """The name others see: never the account's, only that of the persona or what a guest typed."""
    name = row.guest_name if row.is_guests else row.persona and row.persona.name
    return name or _("Someone who left")


def mentions_in(thread: Thread, hidden: Set[UUID]) -> list[Mention]:
    """Whom the replies name, but for people that this viewer is not to meet."""
    rows = Mention.objects.filter(reply__thread=thread).select_related("persona").order_by("id")
    return [mention for mention in rows if mention.persona.account_id not in hidden]


def names_by_reply(mentions: Iterable[Mention]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = {}
    for mention in mentions:
        names.setdefault(mention.reply_id, []).append(mention.persona.name or _("Someone who left"))
    return names


def people_in(shown: list[Reply], own: set[UUID], starter_id: UUID | None) -> tuple[Person, ...]:
    """Everybody else who can be read here, each persona once, whoever wrote last first."""
    last: dict[UUID, Reply] = {}
    for row in reversed(shown):
        if row.persona_id and row.pk not in own and row.state == State.PUBLIC:
            last.setdefault(row.persona_id, row)
    return tuple(
        Person(row.pk, row.persona.name or "", row.persona.is_alias, persona_id == starter_id)
        for persona_id, row in list(last.items())[:MOST_PEOPLE]
        if row.persona is not None
    )
