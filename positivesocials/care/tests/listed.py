"""The lists of lines: what fires, and what must not."""

from pathlib import Path

from positivesocials.care.crisis import Signs

LINES = Path(__file__).parent / "lines"


def crisis_lines(name: str) -> list[tuple[str, str, str]]:
    """sign | language | text"""
    found = []
    for line in (LINES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sign, language, text = line.split(" | ", 2)
            found.append((sign, language, text))
    return found


def code_of(signs: Signs) -> str:
    """As the lists write it: 2, 3o, v2, 2+v2, or - for nothing."""
    danger = f"{int(signs.danger)}{'o' if signs.is_about_other else ''}" if signs.danger else ""
    violence = f"v{int(signs.violence)}{'o' if signs.is_violence_to_other else ''}" if signs.violence else ""
    return "+".join(filter(None, (danger, violence))) or "-"
