"""Claims as the console prints them."""

from collections.abc import Iterable
from typing import Any

from positivesocials.claims.models import Claim


def as_json(claim: Claim) -> dict[str, Any]:
    days = ("confirmed_on", "expires_on")
    plain = ("key", "subject", "topic", "about", "body", "value", "note", "low", "high", "unit", "state")
    source = {name: getattr(claim.source, name) for name in ("key", "title", "publisher", "url", "year")}
    return {
        **{name: getattr(claim, name) for name in plain},
        **{name: day.isoformat() if (day := getattr(claim, name)) else None for name in days},
        "is_printed": claim.is_printed,
        "confirmed_by": claim.confirmed_by,
        "source": source,
    }


def table(claims: Iterable[Claim]) -> list[str]:
    return [f"{_state(claim):<10} {claim.key:<42} {claim.value}" for claim in claims]


def page(claim: Claim) -> list[str]:
    told = {
        "says": " · ".join(filter(None, (claim.value, claim.note))),
        "of": " · ".join(filter(None, (claim.about, claim.body))),
        "source": f"{claim.source} [{claim.source.key}] {claim.source.url}",
        "state": _state(claim),
        "confirmed": f"{claim.confirmed_by or 'fact sheet'}, {claim.confirmed_on}"
        if claim.confirmed_on
        else "",
        "look again": str(claim.expires_on or ""),
    }
    return [claim.key, *(f"  {name:<11}{words}" for name, words in told.items() if words)]


def _state(claim: Claim) -> str:
    return "expired" if claim.is_expired else str(claim.state)
