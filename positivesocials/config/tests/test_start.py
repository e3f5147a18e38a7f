"""What a start refuses: one sentence, status 2, and nothing changed."""

import json
import os
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from positivesocials.config.tests import instances
from positivesocials.config.tests.instances import keys_of
from positivesocials.vault import keyfile

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("POSITIVESOCIALS_DATABASE_URL")), reason="starts instances of its own on SQLite"
)


def command(data: Path, *words: str, **variables: str) -> tuple[int, str]:
    """The status and the last line of a command."""
    done = instances.command(data, *words, **variables)
    spoken = done.stderr if done.returncode == 2 else done.stdout
    return done.returncode, spoken.strip().splitlines()[-1]


def fingerprint(folder: Path) -> dict[str, bytes]:
    return {str(f): f.read_bytes() for f in folder.rglob("*.sqlite3") if f.is_file()}


def test_nobody_else_on_the_machine_reads_an_instance(made):
    for path in [made, *made.glob("*.sqlite3"), keys_of(made), keys_of(made) / "master.key"]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_second_preparation_changes_nothing(instance):
    before = fingerprint(instance)

    assert command(instance, "migrate") == (0, "Up to date.")
    assert fingerprint(instance) == before


def test_a_missing_key_file_is_refused(instance):
    shutil.rmtree(keys_of(instance))

    status, sentence = command(instance, "migrate")

    assert status == 2
    assert sentence.startswith("There is data but no key file at")
    assert not keys_of(instance).exists()


def test_a_wrong_key_file_is_refused(instance, tmp_path):
    keyfile.make(tmp_path / "other")
    before = fingerprint(instance)

    status, sentence = command(instance, "migrate", POSITIVESOCIALS_KEYS=str(tmp_path / "other"))

    assert status == 2
    assert "is not the one this data was sealed with" in sentence
    assert fingerprint(instance) == before


def test_a_damaged_key_file_is_refused(instance):
    path = keyfile.path_in(keys_of(instance))
    path.chmod(0o600)
    path.write_text("signing x\nmaster.1 nonsense\n")

    status, sentence = command(instance, "migrate")

    assert status == 2
    assert sentence.endswith("is damaged: restore it from your copy.")


def test_the_key_database_holds_keys_and_the_history_of_their_tables_only(made):
    with closing(sqlite3.connect(made / "keys.sqlite3")) as rows:
        apps = rows.execute("SELECT DISTINCT app FROM django_migrations").fetchall()
        tables = rows.execute("SELECT name FROM sqlite_master WHERE name LIKE 'vault_%'").fetchall()

    assert apps == [("vault",)]
    assert {("vault_datakey",), ("vault_tombstone",)} <= set(tables)


def test_data_of_a_newer_version_is_refused(instance):
    with sqlite3.connect(instance / "main.sqlite3") as rows:
        rows.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('accounts', '9999_later', '2030-01-01')"
        )

    status, sentence = command(instance, "migrate")

    assert status == 2
    assert sentence.startswith("The database was written by a newer version")


def test_a_real_instance_never_becomes_a_demo(instance):
    with sqlite3.connect(instance / "main.sqlite3") as rows:
        rows.execute("UPDATE core_instance SET operator = 'A clinic'")

    for keys in ("", str(keys_of(instance))):
        status, sentence = command(instance, "seed-demo", POSITIVESOCIALS_DEMO="1", POSITIVESOCIALS_KEYS=keys)
        assert status == 2
        assert "cannot become a demo" in sentence


@pytest.mark.parametrize("name", ["run", "migrate"])
def test_a_demo_never_becomes_a_real_instance(instance, name):
    (instance / ".demo").touch()
    keys_of(instance).rename(instance / "keys")

    status, sentence = command(instance, name)

    assert status == 2
    assert "is a demo and cannot become a real instance" in sentence


def test_every_command_knows_a_demo_by_its_folder(instance):
    keys_of(instance).rename(instance / "keys")
    assert command(instance, "migrate", POSITIVESOCIALS_DEMO="1") == (0, "Up to date.")

    assert command(instance, "migrate", POSITIVESOCIALS_DEMO="") == (0, "Up to date.")
    assert not keys_of(instance).exists()


def test_people_are_not_invented_outside_a_demo(instance):
    status, sentence = command(instance, "seed-demo")

    assert status == 2
    assert "demo" in sentence


def test_a_port_in_use_is_refused_before_anything_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        status, sentence = command(tmp_path / "data", "run", PORT=port)

    assert (status, sentence.split(":")[0]) == (2, f"Port {port} is in use")
    assert not (tmp_path / "data").exists()


def test_a_port_that_is_no_number_is_refused(tmp_path):
    assert command(tmp_path / "data", "run", PORT="lots") == (2, "PORT must be a number from 1 to 65535.")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    status, sentence = command(tmp_path / "file" / "data", "migrate")

    assert status == 2
    assert "cannot be written" in sentence


def test_a_database_locked_by_another_process_is_refused(instance):
    with sqlite3.connect(instance / "main.sqlite3", isolation_level=None) as other:
        other.execute("DELETE FROM django_migrations WHERE app = 'search'")
        other.execute("BEGIN EXCLUSIVE")

        status, sentence = command(instance, "migrate")

    assert (status, sentence) == (2, "The database is locked by another process: stop it, then try again.")


def test_a_demo_listens_on_loopback_only(tmp_path):
    status, sentence = command(tmp_path / "data", "run", "--host", "0.0.0.0", POSITIVESOCIALS_DEMO="1")

    assert status == 2
    assert "listens on 127.0.0.1 only" in sentence


def test_the_console_lists_facts_and_shows_one(made):
    status, told = command(made, "show-fact", "chlamydia.signs", "--json")
    assert (status, json.loads(told)["value"]) == (0, "7 to 21 days")

    status, told = command(made, "list-facts", "--waiting", "--json")
    facts = json.loads(told)["facts"]
    assert status == 0
    assert {fact["state"] for fact in facts} == {"waiting"}

    status, sentence = command(made, "show-fact", "nothing")
    assert (status, sentence.startswith("There is no fact with the key nothing.")) == (2, True)
