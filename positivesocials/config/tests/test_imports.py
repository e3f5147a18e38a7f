"""What a program that calls `import-wordpress` gets; and that looking at an export only looks."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from positivesocials.config import imports
from positivesocials.config.tests.instances import command, keys_of
from positivesocials.core.refusals import Refused
from positivesocials.wordpress.tests.exports import export, post


def test_a_refused_export_is_one_sentence_and_nothing_beside_it(db, tmp_path, capsys):
    file = tmp_path / "export.xml"
    file.write_text("no markup")

    with pytest.raises(Refused, match="Line 1"):
        imports.wordpress(file, hosts=(), is_dry=True, as_json=True)

    assert capsys.readouterr() == ("", "")


def test_what_would_come_in_is_one_object_on_one_line(db, tmp_path, capsys):
    file = tmp_path / "export.xml"
    file.write_text(export(post(1)))

    imports.wordpress(file, hosts=(), is_dry=True, as_json=True)

    out, err = capsys.readouterr()
    assert json.loads(out)["posts"] == 1
    assert (out.count("\n"), err) == (1, "")


on_sqlite = pytest.mark.skipif(
    bool(os.environ.get("POSITIVESOCIALS_DATABASE_URL")), reason="looks at instances of its own on SQLite"
)


def files_of(data: Path) -> dict[str, bytes]:
    folders = [data, keys_of(data)]
    return {str(file): file.read_bytes() for each in folders for file in each.rglob("*") if file.is_file()}


@on_sqlite
def test_looking_at_an_export_makes_no_instance(tmp_path):
    file, data = tmp_path / "export.xml", tmp_path / "data"
    file.write_text(export(post(1), post(2, post_type="page")))

    done = command(data, "import-wordpress", str(file), "--dry-run", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert (said["posts"], said["pages"], said["known"], said["left_out"]) == (1, 1, 0, [])
    assert [path.name for path in tmp_path.iterdir()] == ["export.xml"]


@on_sqlite
def test_looking_at_an_export_changes_no_byte_of_an_instance_and_knows_what_is_there(instance, tmp_path):
    file = tmp_path / "export.xml"
    file.write_text(export(post(1)))
    assert command(instance, "import-wordpress", str(file)).returncode == 0
    file.write_text(export(post(1), post(2)))
    before = files_of(instance)

    done = command(instance, "import-wordpress", str(file), "--dry-run", "--json")

    said = json.loads(done.stdout)
    assert (said["posts"], said["known"]) == (1, 1)
    assert files_of(instance) == before


@on_sqlite
def test_looking_beside_an_older_database_says_what_to_do(instance, tmp_path):
    file = tmp_path / "export.xml"
    file.write_text(export(post(1)))
    with closing(sqlite3.connect(instance / "main.sqlite3")) as rows, rows:
        rows.execute("DELETE FROM django_migrations WHERE app = 'wordpress'")

    done = command(instance, "import-wordpress", str(file), "--dry-run")

    assert done.returncode == 2
    assert done.stderr.strip() == "The database is of an older version: run `positivesocials migrate` first."
