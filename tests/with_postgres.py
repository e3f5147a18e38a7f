"""Runs a command with a PostgreSQL of its own: `python -m tests.with_postgres python -m pytest`.

The server lives in a temporary folder, listens on a loopback port and is gone afterwards.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, newest version first, or None where PostgreSQL is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = shutil.which("initdb")
    if folders:
        return folders[0].parent
    return Path(found).resolve().parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_server_user() -> dict[str, object]:
    """initdb refuses root, so root hands over to the user that Debian's package makes."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """The environment variables that point an instance at the server."""
    folder = binaries()
    if folder is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql, say.")
    data = Path(tempfile.mkdtemp(prefix="positivesocials-postgres-"))
    options = _as_server_user()
    if options:
        shutil.chown(data, "postgres", "postgres")
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "cwd": data, **options}
    port = _free_port()
    pg = data / "data"
    subprocess.run(
        [folder / "initdb", "-D", pg, "-U", "ps", "-A", "trust", "-E", "UTF8"], check=True, **quiet
    )
    flags = f"-p {port} -k {data} -h 127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=200"
    subprocess.run([folder / "pg_ctl", "-D", pg, "-o", flags, "-w", "start"], check=True, **quiet)
    try:
        for name in ("main", "keys"):
            subprocess.run(
                [folder / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "ps", name],
                check=True,
                **quiet,
            )
        url = f"postgresql://ps@127.0.0.1:{port}"
        yield {
            "POSITIVESOCIALS_DATABASE_URL": f"{url}/main",
            "POSITIVESOCIALS_KEYS_DATABASE_URL": f"{url}/keys",
        }
    finally:
        subprocess.run([folder / "pg_ctl", "-D", pg, "-m", "immediate", "-w", "stop"], check=False, **quiet)
        shutil.rmtree(data, ignore_errors=True)


def main() -> int:
    with postgres() as variables:
        return subprocess.run(sys.argv[1:], env={**os.environ, **variables}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
