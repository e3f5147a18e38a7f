"""What of OWASP ASVS 5.0.0 holds here: docs/asvs.toml, one state for each requirement.

The file holds ids and words of our own; the requirements themselves are at https://asvs.owasp.org.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from positivesocials.config.trouble import Trouble

FILE = Path(__file__).resolve().parent.parent.parent / "docs" / "asvs.toml"
LEVELS = (1, 2, 3)


class State(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    DOES_NOT_APPLY = "does not apply"


@dataclass(frozen=True)
class Requirement:
    """`level` is the lowest level that asks for it. What is met has evidence, everything else a reason."""

    id: str
    level: int
    state: State
    evidence: tuple[str, ...] = ()
    reason: str = ""


def requirements(file: Path = FILE) -> list[Requirement]:
    if not file.exists():
        raise Trouble("docs/asvs.toml is part of the source, not of a package: run this in a checkout.")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        Requirement(
            id=name,
            level=row["level"],
            state=State(row["state"]),
            evidence=tuple(row.get("evidence", ())),
            reason=row.get("reason", ""),
        )
        for name, row in rows.items()
    ]


def figures(rows: list[Requirement]) -> Mapping[str, int]:
    """By the level of its own: the second level's figures do not hold the first's again."""
    counted: dict[str, int] = {}
    for level in LEVELS:
        of_level = [row for row in rows if row.level == level]
        counted[f"l{level}_applicable"] = sum(row.state != State.DOES_NOT_APPLY for row in of_level)
        counted[f"l{level}_met"] = sum(row.state == State.MET for row in of_level)
    return counted


def table(rows: list[Requirement]) -> str:
    """What is open, for people."""
    counted = figures(rows)
    lines = [
        f"level {level}: {counted[f'l{level}_met']} of {counted[f'l{level}_applicable']} met"
        for level in LEVELS
    ]
    opened = [row for row in rows if row.state == State.NOT_MET]
    return "\n".join([*lines, "", *(f"{row.id:>8}  L{row.level}  {row.reason}" for row in opened)])
