"""Whoever takes the disk of a stopped instance reads nothing that people entrusted to it."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from tests.planting import PIECES, PUBLIC, plant, word

ROOT = Path(__file__).resolve().parent.parent
ON_POSTGRES = bool(os.environ.get("POSITIVESOCIALS_DATABASE_URL"))


def disguises(text: str) -> Iterator[bytes]:
    """The ways in which a text can lie in a file without being sealed."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield text.encode(encoding)
    yield text.encode().hex().encode()
    yield text.encode().hex().upper().encode()
    # Base64 looks different at each of three offsets; what depends on the neighbours is cut off.
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + text.encode())
        yield coded[4 if offset else 0 : -4]


def found_in(stored: bytes, words: dict[str, str]) -> set[str]:
    return {kind for kind, text in words.items() if any(form in stored for form in disguises(text))}


@pytest.fixture(scope="module")
def stopped(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """The data folder of an instance that was written to and then stopped, and the words it was given."""
    folder = tmp_path_factory.mktemp("stopped")
    variables = {
        **os.environ,
        "POSITIVESOCIALS_DATA": str(folder / "data"),
        "POSITIVESOCIALS_KEYS": str(folder / "keys"),
        "POSITIVESOCIALS_DEMO": "0",
    }
    run = subprocess.run(
        [sys.executable, "-m", "tests.planting"], env=variables, cwd=ROOT, check=True, capture_output=True
    )
    return folder / "data", json.loads(run.stdout)


def rows() -> Iterator[bytes]:
    """Every stored value of every table, as bytes."""
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                for row in cursor.fetchall():
                    yield b"\x1e".join(_as_bytes(value) for value in row)


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_the_search_sees_through_every_disguise():
    text = word("a test")
    hidden = [
        text.encode(),
        text.encode("utf-16"),
        text.encode().hex().encode(),
        *(base64.b64encode(b"x" * before + text.encode() + b"y" * 5) for before in range(4)),
    ]

    assert [found_in(stored, {"it": text}) for stored in hidden] == [{"it"}] * len(hidden)


@pytest.mark.skipif(ON_POSTGRES, reason="the data is in PostgreSQL: see the test of its rows")
def test_no_file_of_a_stopped_instance_holds_what_was_entrusted_to_it(stopped):
    folder, words = stopped
    files = [path for path in folder.rglob("*") if path.is_file()]
    databases = [path for path in files if path.suffix.startswith(".sqlite3")]

    hits = {str(path.name): found_in(path.read_bytes(), words) for path in files}
    pieces = {path.name: [p for p in PIECES if p.encode() in path.read_bytes()] for path in databases}

    assert len(databases) >= 2
    # The public article is found, so the search looked in the right place.
    assert {name: kinds for name, kinds in hits.items() if kinds} == {"main.sqlite3": {PUBLIC}}
    assert {name: found for name, found in pieces.items() if found} == {}


@pytest.mark.skipif(not ON_POSTGRES, reason="reads rows of PostgreSQL; the files of SQLite are read above")
@pytest.mark.postgres
@pytest.mark.django_db
def test_no_row_holds_what_was_entrusted_to_it():
    words = plant()

    hits = set().union(*(found_in(row, words) for row in rows()))
    pieces = [piece for piece in PIECES for row in rows() if piece.encode() in row]

    assert hits == {PUBLIC}
    assert pieces == []
