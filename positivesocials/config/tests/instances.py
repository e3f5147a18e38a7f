"""Commands in instances of their own, as an operator types them."""

import os
import subprocess
import sys
from pathlib import Path


def command(data: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    settings = {"POSITIVESOCIALS_DATA": str(data), "POSITIVESOCIALS_DEMO": "0", **variables}
    done = subprocess.run(
        [sys.executable, "-m", "positivesocials.config.cli", *words],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def keys_of(data: Path) -> Path:
    """Where the keys of an instance lie that says nothing of them."""
    return data.with_name(f"{data.name}.keys")
