"""What the access policy is written in: roles, methods, and the shape of its rows."""

from dataclasses import dataclass

from positivesocials.accounts.models import Role
from positivesocials.config.rules import FREE, Refusal, Rule

Names = frozenset[str]

GUEST = "guest"
# Has asked to join and holds the mailed link: without a session, so a guest to every address but that one.
UNCONFIRMED = "unconfirmed"
OUTSIDE: Names = frozenset({GUEST, UNCONFIRMED})
MEMBERS: Names = frozenset(Role.values)
ANYONE: Names = MEMBERS | OUTSIDE
STAFF: Names = MEMBERS - {Role.MEMBER}
EDITORS: Names = frozenset({Role.EDITOR, Role.OPERATOR})
MODERATORS: Names = frozenset({Role.MODERATOR, Role.OPERATOR})
OPERATORS: Names = frozenset({Role.OPERATOR})

GET: Names = frozenset({"GET"})
POST: Names = frozenset({"POST"})


@dataclass(frozen=True)
class Row:
    """HEAD goes with GET or is not answered; every other method is refused."""

    route: str
    methods: Names
    who: Names
    rule: Rule = FREE
    guests: Refusal = Refusal.LOG_IN

    def refusal(self, role: str) -> Refusal | None:
        """What this role gets whatever its relation to the object; None if the address is there for it."""
        if role in self.who:
            return None
        return self.guests if role in OUTSIDE else Refusal.NOT_THERE


@dataclass(frozen=True)
class Prefix:
    """Everything below one path; what lies there is not told apart here."""

    path: str
    who: Names
    words: str
