"""The lists of lines: what fires, and what must not."""

from collections.abc import Iterator
from pathlib import Path

from positivesocials.care.crisis import Signs

LINES = Path(__file__).parent / "lines"


def crisis_lines(name: str) -> list[tuple[str, str, str]]:
    """sign | language | text"""
    return list(_split(name))


def code_of(signs: Signs) -> str:
    """As the lists write it: 2, 3o, v2, 2+v2, or - for nothing."""
    danger = f"{int(signs.danger)}{'o' if signs.is_about_other else ''}" if signs.danger else ""
    violence = f"v{int(signs.violence)}{'o' if signs.is_violence_to_other else ''}" if signs.violence else ""
    return "+".join(filter(None, (danger, violence))) or "-"


def noticing_lines(name: str) -> list[tuple[str, bool, str, str]]:
    """kinds | language | text, with `pic` before the kinds where a picture is beside it."""
    return [
        (sign.removeprefix("pic "), sign.startswith("pic "), language, text)
        for sign, language, text in _split(name)
    ]


def _split(name: str) -> Iterator[tuple[str, str, str]]:
    for line in (LINES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sign, language, text = line.split(" | ", 2)
            yield sign, language, text
