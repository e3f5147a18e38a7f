"""What somebody with a hand in the databases does to sealed values: refused, on record, and no page falls.

Every sealed column of every model, in the rows of the whole world.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from positivesocials.vault import services as vault
from positivesocials.vault.fields import Sealed
from positivesocials.vault.models import DataKey
from tests.permissions import canaries
from tests.permissions.asking import VIEWERS, undone
from tests.permissions.canaries import KEPT

COLUMNS: list[Any] = [
    pytest.param(field, id=f"{model._meta.label}.{field.name}")
    for model in apps.get_models()
    for field in model._meta.fields
    if isinstance(field, Sealed)
]
every_column = pytest.mark.parametrize("column", COLUMNS)
ROWS, PAGES = 3, 8


@dataclass(frozen=True)
class Cell:
    """One sealed value where it lies."""

    column: Any
    pk: Any
    stored: bytes

    def put(self, stored: bytes) -> None:
        rows(self.column).filter(pk=self.pk).update(**{self.column.name: stored})

    def read(self) -> Any:
        return getattr(rows(self.column).get(pk=self.pk), self.column.name)


def rows(column: Any) -> Any:
    """Past the managers, some of which refuse to change anything."""
    return QuerySet(column.model)


def cells(column: Any, most: int | None = ROWS) -> list[Cell]:
    kept = rows(column).exclude(**{f"{column.name}__isnull": True}).order_by("pk")
    return [Cell(column, pk, bytes(value)) for pk, value in kept.values_list("pk", column.name)[:most]]


def tampered(cell: Cell) -> Iterator[tuple[str, bytes]]:
    stored, column = cell.stored, cell.column
    for other in cells(column, 6):
        if other.pk != cell.pk:
            yield "another row's", other.stored
    for param in COLUMNS:
        (other_column,) = param.values
        if other_column is not column:
            yield from (("another column's", each.stored) for each in cells(other_column, 1))
    for cut in (0, 1, 12, 13, 28, len(stored) // 2, len(stored) - 1):
        yield "cut short", stored[:cut]
    for at in (0, 1, 13, len(stored) // 2, len(stored) - 1):
        yield "changed", stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]
    yield "grown", stored + b"\0"


@every_column
def test_what_was_moved_changed_or_cut_does_not_open_and_is_on_record(column, world, caplog):
    for cell in cells(column):
        assert cell.read() is not None
        for kind, stored in tampered(cell):
            with undone():
                caplog.clear()
                cell.put(stored)
                assert cell.read() is None, kind
            told = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
            name = f"{column.model._meta.label}.{column.name}"
            assert told == [f"A sealed value does not open: {name} of {cell.pk}"], kind


@every_column
def test_pages_are_served_without_what_does_not_open(column, site, days, world, caplog):
    kinds = {
        kind for kind, kept in KEPT.items() if f"{column.model._meta.label}.{column.name}" in kept.columns
    }
    with undone():
        for cell in cells(column, None):
            cell.put(cell.stored[:-1] + bytes([cell.stored[-1] ^ 1]))
        for viewer, path in pages_with(kinds, days, world):
            response = site.do(viewer, "GET", path)
            # What does not open looks as if its author had taken it back, and that is nothing to report.
            expected = {200, 404} if path.startswith("/report/") else {200}
            assert response.status_code in expected, (viewer, path)
            assert b">None<" not in response.content, (viewer, path)
            assert readable(column, canaries.seen(world.words, response)) & kinds == set(), (viewer, path)
    assert not world.words.found_in("".join(caplog.messages).encode())


def readable(column: models.Field, seen) -> set[str]:
    """Kinds on a page, but for those that stand in a second column as well, which still opens."""
    label = f"{column.model._meta.label}.{column.name}"
    return {planted.kind for planted in seen if KEPT[planted.kind].columns == (label,)}


def pages_with(kinds: set[str], days, world) -> list[tuple[Any, str]]:
    """A few pages on which words of these kinds stood, each of another route or for another viewer."""
    shown: dict[tuple[str, str], tuple[Any, str]] = {}
    for viewer in VIEWERS:
        for request, response in days(viewer).items():
            seen = canaries.seen(world.words, response) if response is not None else set()
            if kinds & {planted.kind for planted in seen}:
                shown.setdefault((request.route, viewer.role), (viewer, request.path))
    return list(islice(shown.values(), PAGES * 3))


def test_a_key_that_was_tampered_with_opens_nothing_and_takes_no_page_down(site, world, days, caplog):
    """Somebody with a hand in the key database: keys swapped between owners, cut, changed."""
    owner, match = (DataKey.objects.get(owner_id=account.pk) for account in list(world.people.values())[:4:3])
    for stored in (bytes(match.wrapped), bytes(owner.wrapped)[:-1], b"", bytes(owner.wrapped)[::-1]):
        with undone():
            DataKey.objects.filter(pk=owner.pk).update(wrapped=stored)
            caplog.clear()
            assert vault.key_of(vault.KeyOwner(owner.kind, owner.owner_id)) is None
            assert f"A data key does not open: {owner.owner_id}" in caplog.messages
            for viewer, path in pages_with({"post", "message", "prompt", "title"}, days, world):
                assert site.do(viewer, "GET", path).status_code in {200, 404}, (viewer, path)


def test_an_older_value_of_the_same_cell_is_not_told_from_the_newest(world):
    """What is not detected, and why: docs/decisions/0010-older-values.md."""
    block: Any = apps.get_model("safety.Block").objects.exclude(shown_as__isnull=True).first()
    cell = next(each for each in cells(block._meta.get_field("shown_as"), None) if each.pk == block.pk)
    older = block.shown_as
    block.shown_as = "something newer"
    block.save()

    cell.put(cell.stored)

    assert cell.read() == older
