"""Documentation that fails when it falls behind."""

import re
from pathlib import Path

from click.testing import CliRunner

from positivesocials.config.cli import main

ROOT = Path(__file__).resolve().parent.parent


def test_every_variable_is_described():
    env = (ROOT / "positivesocials" / "config" / "env.py").read_text()
    described = (ROOT / "docs" / "settings.md").read_text()
    names = set(re.findall(r"\b(POSITIVESOCIALS_[A-Z_]+|PORT)\b", env))

    assert {name for name in names if f"`{name}`" not in described} == set()


def test_every_command_is_described():
    described = (ROOT / "docs" / "self-hosting.md").read_text()

    assert [name for name in main.commands if f"positivesocials {name}" not in described] == []


def test_every_command_explains_itself():
    for name in main.commands:
        result = CliRunner().invoke(main, [name, "--help"])

        assert result.exit_code == 0
        assert len(result.output.splitlines()) > 3


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (path.parent / target).exists()
            ):
                broken.append(f"{path.relative_to(ROOT)} -> {target}")

    assert broken == []
