"""Parts from others: pinned, hashed, written down, asked after. And what a new site is without."""

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders

from positivesocials.accounts.models import Account
from positivesocials.groups import founding

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text() for name in ("runtime", "development")}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SERVED = {
    *("css", "js", "svg", "png", "gif", "ico", "jpg", "webp", "woff", "woff2", "ttf", "eot", "otf"),
    *("txt", "md", "map", "json", "LICENSE", "html", "scss", "flow"),
}


def blocks(lock: str) -> dict[str, str]:
    parts = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)
    return {part.split("==")[0].lower(): part for part in parts if "==" in part}


def plain(name: str) -> str:
    return re.split(r"[~=<>\[ ;]", name)[0].lower()


def load_audit():
    return load("audit")


def load(name: str):
    spec = importlib.util.spec_from_file_location(f"{name}_of_parts", ROOT / "requirements" / f"{name}.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", LOCKS)
def test_every_library_is_pinned_with_its_hashes(name):
    found = blocks(LOCKS[name])

    assert len(found) > 40
    assert [part for part, text in found.items() if not re.search(r"--hash=sha256:[0-9a-f]{64}", text)] == []


def test_every_library_that_is_asked_for_stands_in_the_lock():
    wanted = {plain(each) for each in PROJECT["project"]["dependencies"]}

    assert wanted - blocks(LOCKS["runtime"]).keys() == set()


def test_nothing_is_installed_without_its_hash():
    script = (ROOT / "requirements" / "install.sh").read_text()
    installs = [line.strip() for line in script.splitlines() if "install" in line and "-r " in line]

    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)
    assert all("--no-deps" in line for line in script.splitlines() if " -e " in line)
    assert "--index-url" not in script
    assert "index" not in "".join(LOCKS.values()).replace("index_", "")


def test_what_developers_need_is_not_installed_where_a_site_runs():
    tools = {plain(each) for each in PROJECT["dependency-groups"]["dev"]}

    assert tools & blocks(LOCKS["runtime"]).keys() <= {"uv"} - {"uv"}


def test_risky_parts_are_named():
    named = (ROOT / "docs" / "decisions" / "0017-parts-and-lines.md").read_text()

    for part in ("wagtail", "granian", "nh3", "markdown-it-py", "cryptography", "psycopg", "pillow"):
        assert f"`{part}`" in named
        assert part in blocks(LOCKS["runtime"])


def row(name, **more):
    return {"name": name, "version": "1", "vulns": [], **more}


def test_an_audit_of_nothing_is_no_pass():
    audit = load_audit()
    told = json.dumps({"dependencies": [row("django", skip_reason="not found")]})

    assert audit.verdict("", {"django"})[0] == audit.NOT_CHECKED
    assert audit.verdict('{"dependencies": []}', {"django"})[0] == audit.NOT_CHECKED
    assert audit.verdict(told, {"django"})[0] == audit.NOT_CHECKED
    assert "Not checked" in audit.verdict(told, {"django"})[1]


def test_an_audit_passes_when_all_was_looked_up_and_fails_on_a_flaw():
    audit = load_audit()
    good = json.dumps({"dependencies": [row("django"), row("nh3")]})
    bad = json.dumps({"dependencies": [row("django", vulns=[{"id": "CVE-1"}]), row("nh3")]})

    assert audit.verdict(good, {"django", "nh3"})[0] == audit.FINE
    assert audit.verdict(good, {"django", "nh3", "wagtail"})[0] == audit.NOT_CHECKED
    assert audit.verdict(bad, {"django", "nh3"}) == (audit.FLAWED, "Known flaws: django (CVE-1).")


def test_the_audit_expects_every_library_of_the_lock():
    audit = load_audit()

    assert {"django", "wagtail", "granian", "nh3"} <= audit.pinned(LOCKS["runtime"])
    assert len(audit.pinned(LOCKS["runtime"])) > 40


@pytest.mark.django_db
def test_a_new_site_has_no_account_and_no_password():
    from positivesocials.articles import services as articles

    founding.found_welcome()
    articles.load_guides()

    assert Account.objects.count() == 0


def test_only_files_of_known_kinds_are_served():
    served = [name for finder in get_finders() for name, _ in finder.list([])]
    kinds = {name.rpartition(".")[2] for name in served if "." in name.rpartition("/")[2]}

    assert len(served) > 50
    assert kinds - SERVED == set()
    assert [name for name in served if name.rpartition("/")[2].startswith(".")] == []
    assert (
        kinds & {"py", "pyc", "sqlite3", "env", "key", "pem", "po", "toml", "ini", "cfg", "sh", "log"}
        == set()
    )


def test_types_are_checked_strictly():
    assert PROJECT["tool"]["mypy"]["strict"] is True
    assert "positivesocials" in PROJECT["tool"]["mypy"]["files"]


def test_demo_and_tests_are_out_of_reach_of_a_site(settings, client):
    assert settings.DEMO is False
    assert {"positivesocials.bench"} & set(settings.INSTALLED_APPS) == set()
    assert [app for app in settings.INSTALLED_APPS if "debug" in app or "admindocs" in app] == []
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_the_bill_of_materials_names_every_part_with_its_hashes():
    told = load("sbom").bill(LOCKS["runtime"], PROJECT["project"])
    parts = {part["name"].lower(): part for part in told["components"]}

    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert parts.keys() == blocks(LOCKS["runtime"]).keys()
    assert len({part["bom-ref"] for part in parts.values()}) == len(parts)
    assert [name for name, part in parts.items() if not part["hashes"] or not part["version"]] == []
    assert parts["django"]["purl"] == f"pkg:pypi/django@{parts['django']['version']}"
