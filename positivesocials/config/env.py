"""The one place that reads the environment. Every variable is described in docs/settings.md."""

import os
from dataclasses import dataclass, field
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}


def _path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()


def _flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    return default if value in (None, "") else str(value).strip().lower() in TRUE


def _port(default: int) -> int:
    value = os.environ.get("PORT") or str(default)
    return int(value) if value.isascii() and value.isdigit() and 0 < int(value) < 65536 else -1


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in os.environ.get(name, "").replace(",", " ").split() if word)


@dataclass(frozen=True)
class Env:
    """What an operator may set. `read()` never fails: `positivesocials check` names what is wrong."""

    # Where databases, media and logs live.
    data: Path = field(default_factory=lambda: _path("POSITIVESOCIALS_DATA", Path.cwd() / "var"))
    # Folder of the master key; default beside the data, which only a demo should keep.
    keys: Path = field(
        default_factory=lambda: _path(
            "POSITIVESOCIALS_KEYS", _path("POSITIVESOCIALS_DATA", Path.cwd() / "var") / "keys"
        )
    )
    # Main and key database; empty means SQLite files inside the data folder.
    database_url: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_DATABASE_URL", ""))
    keys_database_url: str = field(
        default_factory=lambda: os.environ.get("POSITIVESOCIALS_KEYS_DATABASE_URL", "")
    )
    # Redis or Valkey for several processes; empty means one process does everything.
    redis_url: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_REDIS_URL", ""))
    # smtp://user:password@host:port; empty means mails wait in the outbox.
    mail_url: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_MAIL_URL", ""))
    mail_from: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_MAIL_FROM", ""))
    # The address members type, for links in mails, such as https://example.org.
    origin: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_ORIGIN", "").rstrip("/"))
    port: int = field(default_factory=lambda: _port(8000))
    # A demo has invented people, a mailbox page instead of mails, and listens on loopback only.
    demo: bool = field(default_factory=lambda: _flag("POSITIVESOCIALS_DEMO", default=False))
    debug: bool = field(default_factory=lambda: _flag("POSITIVESOCIALS_DEBUG", default=False))
    # Addresses of reverse proxies whose X-Forwarded-For is believed.
    trusted_proxies: tuple[str, ...] = field(
        default_factory=lambda: _words("POSITIVESOCIALS_TRUSTED_PROXIES")
    )
    # Where "Exit this page" leads: a neutral page without a name in it.
    exit_url: str = field(
        default_factory=lambda: os.environ.get("POSITIVESOCIALS_EXIT_URL", "https://www.bbc.com/weather")
    )
    # Where the source of this instance can be had, as its licence asks; linked at the foot of every page.
    source_url: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_SOURCE_URL", ""))
    # The adapter that says whether who joins is 18 or over; its contract is in accounts/gateways.py.
    age_assurance: str = field(
        default_factory=lambda: (
            os.environ.get("POSITIVESOCIALS_AGE_ASSURANCE") or "positivesocials.accounts.gateways.Declaration"
        )
    )


def read() -> Env:
    return Env()
