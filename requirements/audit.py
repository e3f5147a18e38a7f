"""Asks for known flaws of every pinned library. Fails on a flaw, and when it could look nothing up.

An audit of nothing looks like a pass, so the number of libraries looked up must be the number of libraries.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent / "runtime.txt"
FINE, FLAWED, NOT_CHECKED = 0, 1, 3


def pinned(lock: str) -> set[str]:
    """The names of the libraries that a lock installs here."""
    return {name.lower() for name in re.findall(r"^([\w.-]+)==\S+(?! *;)", lock, re.MULTILINE)}


def verdict(output: str, expected: set[str]) -> tuple[int, str]:
    """The status and one sentence, from what pip-audit printed as JSON."""
    try:
        rows = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return NOT_CHECKED, "Not checked: no source of known flaws answered."
    looked_up = {row["name"].lower() for row in rows if "skip_reason" not in row}
    flawed = sorted({f"{row['name']} ({flaw['id']})" for row in rows for flaw in row.get("vulns", ())})
    if flawed:
        return FLAWED, f"Known flaws: {', '.join(flawed)}."
    if missing := expected - looked_up:
        return (
            NOT_CHECKED,
            f"Not checked: {len(missing)} of {len(expected)} libraries could not be looked up.",
        )
    return FINE, f"No known flaw in {len(looked_up)} libraries."


def ask() -> str:
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(LOCK)]
    done = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=False)
    return done.stdout


def main() -> int:
    status, sentence = verdict(ask(), pinned(LOCK.read_text()))
    print(sentence)
    return status


if __name__ == "__main__":
    sys.exit(main())
