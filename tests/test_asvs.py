"""docs/asvs.toml: complete, and nothing in it is claimed without proof (decision 32 of the design)."""

import json
import subprocess
import sys
from collections import Counter

import pytest
from click.testing import CliRunner

from positivesocials.config import asvs
from positivesocials.config.asvs import State
from positivesocials.config.cli import main
from positivesocials.config.trouble import Trouble
from tests.proofs import ROOT, in_file, is_proof

ROWS = asvs.requirements()


def test_every_requirement_is_there_once_with_its_level(shared_data):
    listed = json.loads((shared_data / "asvs" / "asvs_5.0.0_en.flat.json").read_text())
    listed = listed["requirements"] if isinstance(listed, dict) else listed
    known = {row["req_id"].removeprefix("V"): int(row["L"]) for row in listed}

    assert len(known) == 345
    assert {row.id: row.level for row in ROWS} == known


def test_what_is_met_has_proof():
    empty = [row.id for row in ROWS if row.state == State.MET and not row.evidence]
    false = [f"{row.id}: {each}" for row in ROWS for each in row.evidence if not is_proof(each)]

    assert empty == []
    assert false == []


def test_what_is_not_met_says_why():
    silent = [row.id for row in ROWS if row.state != State.MET and len(row.reason.split()) < 4]
    mixed = [row.id for row in ROWS if bool(row.evidence) == bool(row.reason)]

    assert silent == []
    assert mixed == []


def test_a_test_that_is_not_there_proves_nothing():
    assert is_proof("tests/test_asvs.py::test_what_is_met_has_proof")
    assert not is_proof("tests/test_asvs.py::test_of_nothing")
    assert not is_proof("tests/proofs.py::is_proof")
    assert not is_proof("docs/decisions/9999-nothing.md")
    assert not is_proof("README.md")
    assert in_file("tests/no_such_file.py") == frozenset()


def test_pytest_collects_what_the_file_calls_upon():
    """Once through pytest itself, for the files of this folder: what is parsed is what is collected."""
    files = sorted(
        {e.partition("::")[0] for row in ROWS for e in row.evidence if e.startswith("tests/test_")}
    )
    named = {e for row in ROWS for e in row.evidence if e.partition("::")[0] in files}
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:randomly", *files]
    listed = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout

    assert named - {line.partition("[")[0] for line in listed.splitlines()} == set()


def test_the_command_counts_each_level_by_itself():
    told = json.loads(CliRunner().invoke(main, ["asvs", "--json"]).stdout)
    states = Counter((row.level, row.state) for row in ROWS)

    assert told == {
        f"l{level}_{name}": states[level, State.MET] + (states[level, State.NOT_MET] if adds else 0)
        for level in asvs.LEVELS
        for name, adds in (("applicable", True), ("met", False))
    }


def test_the_command_lists_what_is_open():
    told = CliRunner().invoke(main, ["asvs"]).stdout

    assert all(row.reason in told for row in ROWS if row.state == State.NOT_MET)


def test_without_the_source_the_command_says_so(tmp_path):
    with pytest.raises(Trouble, match="run this in a checkout"):
        asvs.requirements(tmp_path / "asvs.toml")
