"""Writes requirements/*.txt: every package pinned with its hashes, and no address of any index."""

import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def compile_lock(name: str, packages: list[str], *constraints: str) -> None:
    source = ROOT / "requirements" / f"{name}.in"
    source.write_text("\n".join(packages) + "\n")
    target = ROOT / "requirements" / f"{name}.txt"
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--python-version", "3.11"]
    options += [word for constraint in constraints for word in ("--constraint", constraint)]
    command = [sys.executable, "-m", "uv", "pip", "compile", *options, "--no-header", str(source)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    pinned = "".join(line for line in output.splitlines(keepends=True) if not line.lstrip().startswith("#"))
    target.write_text(f"# Renewed on {datetime.now(tz=UTC):%Y-%m-%d}.\n{pinned}")
    source.unlink()


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    compile_lock("runtime", runtime)
    compile_lock("development", [*runtime, *project["dependency-groups"]["dev"]], "requirements/runtime.txt")


if __name__ == "__main__":
    main()
