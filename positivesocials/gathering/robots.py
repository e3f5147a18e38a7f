"""Whether a server lets us read an address: RFC 9309.

The standard library's reader takes the first rule that fits and knows no `*` and no `$`; the RFC wants the
longest one, and `Disallow: */feed/` is what many sites say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

LARGEST = 500_000
NAME, EVERYBODY = "positivesocials", "*"
# Where nobody could be asked, RFC 9309 wants us to stay away.
NOTHING = "User-agent: *\nDisallow: /\n"
AGENT, ALLOW, DISALLOW = "user-agent", "allow", "disallow"
# Behind every path, so that a rule which ends in "$" fits there and nowhere else.
END = "\0"


@dataclass(frozen=True)
class Rule:
    path: str
    allows: bool

    def fits(self, path: str) -> bool:
        whole = self.path.removesuffix("$") + END if self.path.endswith("$") else self.path
        first, *others = (unquote(piece) for piece in whole.split("*"))
        if not path.startswith(first):
            return False
        at = len(first)
        # The first place is the best one: whatever comes later has the most room left.
        for piece in others:
            if (found := path.find(piece, at)) < 0:
                return False
            at = found + len(piece)
        return True


def may_read(robots: str, url: str) -> bool:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    path = unquote(f"{parts.path or '/'}{query}") + END
    groups = _groups(robots)
    rules = groups[NAME] if NAME in groups else groups.get(EVERYBODY, [])
    fitting = [rule for rule in rules if rule.fits(path)]
    # The longest speaks, and of two alike the one that allows.
    return max(fitting, key=lambda rule: (len(rule.path), rule.allows)).allows if fitting else True


def _groups(robots: str) -> Mapping[str, list[Rule]]:
    """The rules for us by name and for everybody. What is said in several places counts together."""
    groups: dict[str, list[Rule]] = {}
    agents: set[str] = set()
    was_rule = False
    for name, value in _lines(robots):
        if name == AGENT:
            agents = set() if was_rule else agents
            if (agent := value.partition("/")[0].strip().lower()) in {NAME, EVERYBODY}:
                agents.add(agent)
                groups.setdefault(agent, [])
        elif value:
            for agent in agents:
                groups[agent].append(Rule(value, name == ALLOW))
        was_rule = name != AGENT
    return groups


def _lines(robots: str) -> Iterator[tuple[str, str]]:
    for line in robots.removeprefix("\ufeff").splitlines():
        name, _colon, value = line.partition("#")[0].partition(":")
        if (name := name.strip().lower()) in {AGENT, ALLOW, DISALLOW}:
            yield name, value.strip()


def rules_in(status: int, body: bytes) -> str:
    """No file, no rules; a server in trouble is left alone until it can be asked."""
    if status >= 500 or status == 429:
        return NOTHING
    return body.decode("utf-8", "replace").replace("\0", "") if status == 200 else ""
