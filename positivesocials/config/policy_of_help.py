"""Whom the addresses of Ask and of hosts are for: a part of the policy in policy.py."""

from positivesocials.config import rules
from positivesocials.config.rows import ANYONE, GET, MEMBERS, MODERATORS, OPERATORS, POST, Row

ASKING_HELP = [
    Row("asking:list-answered", GET, ANYONE),
    Row("asking:ask", GET | POST, MEMBERS),
    Row("asking:list-alike", GET, MEMBERS),
    Row("asking:list-own", GET, MEMBERS),
    Row("asking:list-waiting", GET, MEMBERS, rules.PROFESSIONAL),
    Row("asking:apply", GET | POST, MEMBERS),
    Row("asking:take-back", POST, MEMBERS),
    Row("asking:list-professionals", GET, OPERATORS),
    Row("asking:verify", GET | POST, OPERATORS, rules.CHECKED),
    Row("asking:end", POST, OPERATORS, rules.CHECKED),
    Row("asking:show-question", GET, ANYONE, rules.READ_QUESTION),
    *(Row(f"asking:{act}", POST, MEMBERS, rules.OWN_QUESTION) for act in ("add", "share", "keep-private")),
    Row("asking:erase-question", GET | POST, MEMBERS, rules.OWN_QUESTION),
    Row("asking:accept", POST, MEMBERS, rules.OWN_ANSWERED),
    Row("asking:answer", POST, MEMBERS, rules.ANSWERABLE),
    Row("asking:erase-answer", POST, MEMBERS, rules.OWN_ANSWER),
]
HOSTS = [
    Row("hosts:show-hosts", GET, MEMBERS),
    Row("hosts:read-page", GET, MEMBERS, rules.TRAINING),
    Row("hosts:take-quiz", GET | POST, MEMBERS),
    Row("hosts:ask", GET | POST, MEMBERS),
    Row("hosts:stop", POST, MEMBERS),
    Row("hosts:list-asking", GET, MODERATORS),
    Row("hosts:make-host", POST, MODERATORS, rules.ASKS_TO_HOST),
    Row("hosts:end-host", POST, MODERATORS, rules.ASKS_TO_HOST),
]
