"""Prints the bill of materials of a release as CycloneDX 1.6 (JSON), from the lock: `make sbom`."""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)[^\n]*\n((?:[ \t]+[^\n]*\n?)*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    """One library. Each file of it that may be installed has its hash."""
    purl = f"pkg:pypi/{name.lower()}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
    }


def bill(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    own = {"type": "application", "name": project["name"], "version": project["version"]}
    own_licence = [{"license": {"id": project["license"]}}]
    parts = [component(name, version, HASH.findall(rest)) for name, version, rest in PINNED.findall(lock)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**own, "bom-ref": project["name"], "licenses": own_licence}},
        "components": parts,
    }


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    json.dump(bill((ROOT / "requirements" / "runtime.txt").read_text(), project), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
