"""A community of many members, groups and posts, as rows and sealed as the services seal, but many at once.

Groups have sizes as groups do: a few large ones, and many in which few write. Posts are spread over three
years, replies over posts, of which a few have thousands. Everybody has a key and a name of their own, and
each text is sealed under it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connections, models, transaction

from positivesocials.accounts.models import Account
from positivesocials.groups.models import Group, Membership, Openness, Post
from positivesocials.profiles.models import Persona
from positivesocials.replies.models import Reply, State, Thread
from positivesocials.vault import cipher
from positivesocials.vault import services as vault
from positivesocials.vault.cache import current
from positivesocials.vault.fields import Sealed
from positivesocials.vault.models import DataKey
from positivesocials.vault.services import KeyOwner

BATCH, TEXTS, ROOM_KB = 5000, 400, 1_000_000
YEARS, UNTIL = timedelta(days=3 * 365), datetime(2026, 11, 1, tzinfo=UTC)
GROUPS_A_MEMBER, MOST_REPLIES, LONG = 3, 100, 10
# A few posts of the largest group have very many: one of each batch, until there are so many.
VERY_LONG, SO_MANY = 2000, 10
SAID = "a day when it was said and asked who would listen to what we meant by home or rest after work"

Row = dict[str, Any]


@dataclass
class Community:
    """What was written, as far as measuring needs it. `long_threads` are posts with many replies,
    `very_long_threads` those with the most, in an open group.
    """

    accounts: list[UUID] = field(default_factory=list)
    personas: list[UUID] = field(default_factory=list)
    groups: list[UUID] = field(default_factory=list)
    shares: "np.ndarray[Any, Any]" = field(default_factory=lambda: np.zeros(0))
    long_threads: list[UUID] = field(default_factory=list)
    very_long_threads: list[UUID] = field(default_factory=list)


def fill(*, members: int, groups: int, posts: int, seed: int) -> Community:
    draw, made = np.random.default_rng(seed), Community()
    weights = 1 / np.arange(1, groups + 1)
    made.shares = weights / weights.sum()
    _make_room()
    with vault.keys_open():
        _members(made, draw, members)
        _groups(made, draw, groups)
        _memberships(made, draw)
        _posts(made, draw, posts, [_text(draw) for _ in range(TEXTS)])
    _count_rows()
    return made


def _members(made: Community, draw: np.random.Generator, count: int) -> None:
    for size in _batches(count):
        ids, personas = _ids(draw, size), _ids(draw, size)
        with _stored():
            accounts = [Account(id=pk, password="!") for pk in ids]  # noqa: S106 - Opens nothing.
            _make_keys(Account, ids)
            Account.objects.bulk_create(accounts)
            named = zip(accounts, personas, strict=True)
            Persona.objects.bulk_create(
                Persona(id=pk, account=account, name=f"Member {pk.hex[:6]}") for account, pk in named
            )
        made.accounts += ids
        made.personas += personas


def _groups(made: Community, draw: np.random.Generator, count: int) -> None:
    kinds = [Openness.OPEN] * 7 + [Openness.MEMBERS] * 2 + [Openness.INVITED]
    for size in _batches(count):
        ids = _ids(draw, size)
        with _stored():
            _make_keys(Group, ids)
            Group.objects.bulk_create(
                Group(
                    id=pk,
                    slug=pk.hex[:12],
                    name=f"A table of {pk.hex[:4]}",
                    about="For whoever likes to sit down for a while.",
                    rules="Speak for yourself, kindly.",
                    openness=kinds[number % len(kinds)],
                    opened_at=UNTIL - YEARS,
                )
                for number, pk in enumerate(ids)
            )
        made.groups += ids


def _memberships(made: Community, draw: np.random.Generator) -> None:
    for start in range(0, len(made.accounts), BATCH):
        accounts = made.accounts[start : start + BATCH]
        drawn = draw.choice(len(made.groups), size=(len(accounts), GROUPS_A_MEMBER), p=made.shares)
        pairs = {(account, number) for account, row in zip(accounts, drawn, strict=True) for number in row}
        with _stored():
            Membership.objects.bulk_create(
                Membership(account_id=account, group_id=made.groups[number])
                for account, number in sorted(pairs)
            )


def _posts(made: Community, draw: np.random.Generator, count: int, texts: Sequence[str]) -> None:
    step, at = YEARS / count, UNTIL - YEARS
    for size in _batches(count):
        ids, threads = _ids(draw, size), _ids(draw, size)
        where = draw.choice(len(made.groups), size=size, p=made.shares)
        who = draw.integers(len(made.accounts), size=size)
        said = draw.integers(len(texts), size=size)
        posts = [
            {
                "id": pk,
                "thread_id": thread,
                "group_id": made.groups[group],
                "author_id": made.accounts[author],
                "key_id": made.accounts[author],
                "persona_id": made.personas[author],
                "title": texts[text][:40],
                "text": texts[text],
                "state": State.PUBLIC.value,
                "written_at": at + number * step,
                "client_key": pk.hex,
            }
            for number, (pk, thread, group, author, text) in enumerate(
                zip(ids, threads, where, who, said, strict=True)
            )
        ]
        with _stored():
            _insert(Thread, [{"id": pk} for pk in threads])
            _insert(Post, posts)
            _insert(Reply, _replies(made, draw, posts, texts))
        at += size * step


def _replies(
    made: Community, draw: np.random.Generator, posts: Sequence[Row], texts: Sequence[str]
) -> Iterator[Row]:
    """Most posts have none or one, and few have many."""
    numbers = np.minimum(draw.zipf(2.5, size=len(posts)) - 1, MOST_REPLIES)
    if len(made.very_long_threads) < SO_MANY:
        in_largest = [post["group_id"] == made.groups[0] for post in posts]
        numbers[np.flatnonzero(in_largest)[:1]] = VERY_LONG
    for post, number in zip(posts, numbers, strict=True):
        if number == VERY_LONG:
            made.very_long_threads.append(post["id"])
        if number >= LONG:
            made.long_threads.append(post["id"])
        who, said = draw.integers(len(made.accounts), size=number), draw.integers(len(texts), size=number)
        ids = _ids(draw, int(number))
        for place, (pk, author, text) in enumerate(zip(ids, who, said, strict=True)):
            yield {
                "id": pk,
                "thread_id": post["thread_id"],
                "parent_id": ids[place // 2] if place % 3 == 2 else None,
                "author_id": made.accounts[author],
                "key_kind": Account._meta.label,
                "key_id": made.accounts[author],
                "persona_id": made.personas[author],
                "text": texts[text][:300],
                "state": State.PUBLIC.value,
                "written_at": post["written_at"] + timedelta(minutes=7 * (place + 1)),
                "client_key": pk.hex,
            }


def _text(draw: np.random.Generator) -> str:
    """One to four paragraphs, one of them with something stressed."""
    paragraphs = [
        " ".join(draw.choice(SAID.split(), size=int(draw.integers(12, 70)))).capitalize() + "."
        for _ in range(int(draw.integers(1, 5)))
    ]
    first, _space, rest = paragraphs[0].partition(" ")
    return "\n\n".join([f"**{first}** {rest}", *paragraphs[1:]])


def _ids(draw: np.random.Generator, count: int) -> list[UUID]:
    drawn = draw.bytes(16 * count)
    return [UUID(bytes=drawn[start : start + 16], version=4) for start in range(0, 16 * count, 16)]


def _batches(count: int) -> list[int]:
    return [min(BATCH, count - start) for start in range(0, count, BATCH)]


@contextmanager
def _stored() -> Iterator[None]:
    with transaction.atomic(), transaction.atomic(using="keys"):
        yield


def _make_keys(model: type[models.Model], ids: Iterable[UUID]) -> None:
    cache, rows = current(), []
    for pk in ids:
        owner, key = KeyOwner(model._meta.label, pk), cipher.new_key()
        wrapped, version = vault.wrap(owner, key)
        rows.append(DataKey(kind=owner.kind, owner_id=pk, wrapped=wrapped, master_version=version))
        if cache is not None:
            cache[owner] = key
    DataKey.objects.bulk_create(rows)


def _insert(model: type[models.Model], rows: Iterable[Row]) -> None:
    """As `bulk_create`, but rows keep the moment they are given, and it takes a third of the time."""
    connection, fields = connections["default"], model._meta.concrete_fields
    columns = [(each.attname, each.get_default(), _writer(model, each)) for each in fields]
    values = [
        [write(row) if write else row.get(name, default) for name, default, write in columns] for row in rows
    ]
    names = ", ".join(connection.ops.quote_name(str(each.column)) for each in fields)
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        elif values:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", values)  # noqa: S608 - Names of ours.


def _writer(model: type[models.Model], field: Any) -> Callable[[Row], Any] | None:
    """How a value of this field goes into the database; None where it goes as it is."""
    connection, name = connections["default"], field.attname
    if isinstance(field, Sealed):
        # One row for all: only what binds the text to its place is set anew.
        shell = model()

        def sealed(row: Row) -> Any:
            shell.__dict__.pop(field.plain_name, None)
            shell.__dict__.update(row)
            return field.pre_save(shell, True)

        return sealed
    if isinstance(field.target_field if field.is_relation else field, models.UUIDField):
        is_native = connection.features.has_native_uuid_field
        return None if is_native else lambda row: row[name].hex if row.get(name) else None
    if isinstance(field, models.DateTimeField):
        return lambda row: connection.ops.adapt_datetimefield_value(row[name]) if row.get(name) else None
    return None


def _make_room() -> None:
    """More memory for SQLite while it is filled: ids are random, so that each row touches other pages."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{ROOM_KB}")


def _count_rows() -> None:
    """What PostgreSQL does by itself after a while: its plans hang on how many rows it believes there are."""
    for alias in connections:
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("ANALYZE")
