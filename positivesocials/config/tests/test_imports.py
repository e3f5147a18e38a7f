"""What a program that calls `import-wordpress` gets: its object or its sentence, and no bar."""

import json

import pytest

from positivesocials.config import imports
from positivesocials.core.refusals import Refused
from positivesocials.wordpress.tests.exports import export, post


def test_a_refused_export_is_one_sentence_and_nothing_beside_it(tmp_path, capsys):
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
