"""The one place that reads the environment. Every variable is described in docs/settings.md."""

import os
from dataclasses import dataclass, field
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}
# Lies in the data folder of a demo, so that every command knows it for one.
DEMO_MARK = ".demo"


def _path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()


def _flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    return default if value in (None, "") else str(value).strip().lower() in TRUE


def _data() -> Path:
    return _path("POSITIVESOCIALS_DATA", Path.cwd() / "var")


def _demo() -> bool:
    return _flag("POSITIVESOCIALS_DEMO", default=(_data() / DEMO_MARK).exists())


def keys_beside(data: Path) -> Path:
    return data.with_name(f"{data.name}.keys")


def _keys() -> Path:
    """A demo is one folder. Elsewhere keys never lie in the data, where one copy would take both."""
    data = _data()
    return _path("POSITIVESOCIALS_KEYS", data / "keys" if _demo() else keys_beside(data))


def _port(default: int) -> int:
    value = os.environ.get("PORT") or str(default)
    return int(value) if value.isascii() and value.isdigit() and 0 < int(value) < 65536 else -1


def _at_most(most: int, name: str) -> int:
    """A number from 1 on; 1 where nothing sensible is set."""
    value = os.environ.get(name, "")
    return min(most, max(1, int(value))) if value.isascii() and value.isdigit() else 1


def _number(name: str, default: int) -> int:
    """A number from 0 on; the default where nothing sensible is set."""
    value = os.environ.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in os.environ.get(name, "").replace(",", " ").split() if word)


@dataclass(frozen=True)
class Env:
    """What an operator may set. `read()` never fails: `positivesocials check` names what is wrong."""

    # Where databases, media and logs live.
    data: Path = field(default_factory=_data)
    # Folder of the key file; default beside the data folder, in a demo inside it.
    keys: Path = field(default_factory=_keys)
    # Set by systemd for a service with credentials; it guards that folder itself.
    credentials: str = field(default_factory=lambda: os.environ.get("CREDENTIALS_DIRECTORY", ""))
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
    # Where letters that cannot be delivered come back to, such as returns@example.org.
    mail_returns: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_MAIL_RETURNS", ""))
    # The address members type, for links in mails, such as https://example.org.
    origin: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_ORIGIN", "").rstrip("/"))
    # The address to listen on: anything but this machine itself needs HTTPS and a trusted proxy.
    host: str = field(default_factory=lambda: os.environ.get("POSITIVESOCIALS_HOST") or "127.0.0.1")
    port: int = field(default_factory=lambda: _port(8000))
    # A demo has invented people, a mailbox page instead of mails, and listens on loopback only.
    demo: bool = field(default_factory=_demo)
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
    # How many processes draw a day's introductions; the result is the same.
    introduction_processes: int = field(
        default_factory=lambda: _at_most(64, "POSITIVESOCIALS_INTRODUCTION_PROCESSES")
    )
    # The list of pictures that nobody may pass on; its contract is in core/images.py.
    picture_list: str = field(
        default_factory=lambda: (
            os.environ.get("POSITIVESOCIALS_PICTURE_LIST") or "positivesocials.core.images.NoList"
        )
    )
    # How many posts or replies of a member a moderator lets stand before later ones are not held.
    held_at_first: int = field(default_factory=lambda: _number("POSITIVESOCIALS_HELD_AT_FIRST", 1))
    # Guests' replies wait for a moderator; 0 lets them stand once their link or the riddle was solved.
    guests_wait: bool = field(default_factory=lambda: _flag("POSITIVESOCIALS_GUESTS_WAIT", default=True))
    # Replies to an article close so many days after its day; 0 means never.
    replies_days: int = field(default_factory=lambda: _number("POSITIVESOCIALS_REPLIES_CLOSE_AFTER", 0))


def read() -> Env:
    return Env()
