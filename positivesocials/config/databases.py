"""The lines to the databases: where they lead, whether they are sealed, and how the other end lets us in."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from psycopg.pq import Conninfo

VARIABLES = {"default": "POSITIVESOCIALS_DATABASE_URL", "keys": "POSITIVESOCIALS_KEYS_DATABASE_URL"}
SEALED = {"require", "verify-ca", "verify-full"}
# Other ways to be let in than by a password in the address.
OTHER_PROOFS = ("passfile", "sslcert", "service")
KNOWN_PASSWORDS = frozenset(
    [
        "postgres",
        "postgresql",
        "positivesocials",
        "password",
        "passwd",
        "mysecretpassword",
        "admin",
        "root",
        "secret",
        "changeme",
        "example",
        "test",
        "letmein",
        "qwerty",
        "1234",
        "12345",
        "123456",
        "12345678",
    ]
)
_PRIVATE = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 fc00::/7 fe80::/10"
NEAR = [ipaddress.ip_network(network) for network in _PRIVATE.split()]


@dataclass(frozen=True)
class Line:
    """`host` is empty for a database on this machine: a socket or loopback."""

    variable: str
    host: str
    is_sealed: bool
    has_no_password: bool
    has_known_password: bool

    @property
    def is_public(self) -> bool:
        return not is_near(self.host)


def of(databases: dict[str, dict[str, Any]]) -> Iterator[Line]:
    for alias, variable in VARIABLES.items():
        database = databases[alias]
        if str(database.get("ENGINE", "")).endswith("postgresql"):
            yield from _lines(variable, database)


def _lines(variable: str, database: dict[str, Any]) -> Iterator[Line]:
    told = _told(database)
    own_words = {"", told.get("user", ""), told.get("dbname", "")}
    password = told.get("password", "")
    for host in (told.get("hostaddr") or told.get("host") or "").split(","):
        yield Line(
            variable=variable,
            host="" if is_this_machine(host) else host,
            is_sealed=told.get("sslmode") in SEALED,
            has_no_password=not (password or any(database["OPTIONS"].get(each) for each in OTHER_PROOFS)),
            has_known_password=password.lower() in KNOWN_PASSWORDS or password in own_words - {""},
        )


def _told(database: dict[str, Any]) -> dict[str, str]:
    """What the database's own library will go by: our address, then its query, then PGHOST and its like."""
    found = {option.keyword.decode(): (option.val or b"").decode() for option in Conninfo.get_defaults()}
    found |= {name: value for name, value in database["OPTIONS"].items() if isinstance(value, str)}
    named = {"host": "HOST", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return found | {name: str(database[key]) for name, key in named.items() if database.get(key)}


def is_this_machine(host: str) -> bool:
    if not host or host == "localhost" or host.startswith(("/", "@")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_near(host: str) -> bool:
    """An address of a private network, or a name without dots, as containers and local hosts have."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:1].isalpha() and "." not in host
    return any(address in network for network in NEAR)
