"""What every answer of the site must carry, whatever it answers."""

import re

from positivesocials.articles.desk import PREFIX

EXACT = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY", "SAMEORIGIN"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
}
NEEDS_CHARSET = re.compile(r"text/|[^;]*[/+]xml")
CLOSED = ("default-src", "object-src", "base-uri")


def wrong_with(response, path: str = "/") -> list[str]:
    """What an answer lacks, as words; an empty list is what is wanted."""
    headers = response.headers
    wrong = [f"{name}: {headers.get(name)}" for name, ok in EXACT.items() if headers.get(name) not in ok]
    wrong += _wrong_policy(headers.get("Content-Security-Policy", ""), on_desk=path.startswith(f"/{PREFIX}"))
    if "geolocation=()" not in headers.get("Permissions-Policy", ""):
        wrong.append("may ask where one is")
    if "Cache-Control" not in headers:
        wrong.append("says nothing about keeping it")
    wrong += [f"lets other sites read: {name}" for name in headers if name.startswith("Access-Control-")]
    return wrong + _wrong_kind(headers.get("Content-Type", ""), response) + _wrong_cookies(response)


def policy_of(text: str) -> dict[str, set[str]]:
    parts = (part.split() for part in text.split(";") if part.strip())
    return {name: set(values) for name, *values in parts}


def _wrong_policy(text: str, *, on_desk: bool) -> list[str]:
    policy = policy_of(text)
    wrong = [f"leaves {name} open" for name in CLOSED if policy.get(name) != {"'none'"}]
    framed = {"'self'"} if on_desk and "script-src" in policy else {"'none'"}
    # What the desk refuses is an ordinary page of the site.
    if policy.get("frame-ancestors") not in ({"'none'"}, framed):
        wrong.append("may be framed")
    lax = {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & set().union(*policy.values(), set())
    return wrong if on_desk else wrong + [f"allows {word}" for word in lax]


def _wrong_kind(kind: str, response) -> list[str]:
    body = b"" if response.status_code == 405 and response.streaming else getattr(response, "content", b"-")
    if not kind:
        return ["does not say what it is"] if body else []
    return [f"{kind} without charset"] if NEEDS_CHARSET.match(kind) and "charset=" not in kind else []


def _wrong_cookies(response) -> list[str]:
    wrong = []
    for name, morsel in response.cookies.items():
        if morsel["max-age"] != 0 and not (morsel["httponly"] and morsel["samesite"] in {"Lax", "Strict"}):
            wrong.append(f"cookie {name} is within reach of scripts or of other sites")
        if morsel["domain"] or morsel["path"] != "/":
            wrong.append(f"cookie {name} is not for this host alone")
        if len(name) + len(morsel.value) > 4096:
            wrong.append(f"cookie {name} is too long")
    return wrong
