"""Whether a server lets us read an address: RFC 9309, as far as the standard library reads it."""

from urllib.parse import unquote, urlsplit
from urllib.robotparser import RobotFileParser

LARGEST = 500_000
NAME = "PositiveSocials"
FIELDS = {"user-agent", "allow", "disallow"}
# Where nobody could be asked, RFC 9309 wants us to stay away.
NOTHING = "User-agent: *\nDisallow: /\n"


def may_read(robots: str, url: str) -> bool:
    rules = RobotFileParser()
    rules.parse([line for line in robots.splitlines() if _can_be_read(line)])
    return rules.can_fetch(NAME, url)


def _can_be_read(line: str) -> bool:
    """The library stumbles over addresses and numbers that are none: such a line is passed over."""
    name, colon, value = line.partition("#")[0].partition(":")
    if colon and name.strip().lower() not in FIELDS:
        return False
    try:
        urlsplit(unquote(value.strip()))
    except ValueError:
        return False
    return True


def rules_in(status: int, body: bytes) -> str:
    """No file, no rules; a server in trouble is left alone until it can be asked."""
    if status >= 500 or status == 429:
        return NOTHING
    return body.decode("utf-8", "replace").replace("\0", "") if status == 200 else ""
