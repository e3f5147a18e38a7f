"""An address for every row of the policy, naming objects that do not exist."""

from typing import Any
from uuid import UUID

from django.urls import URLPattern, get_resolver, reverse

from positivesocials.config.rows import Row

ABSENT = UUID("00000000-0000-4000-8000-000000000000")
# What an address needs besides the object of its rule.
KNOWN = {"section": "self", "step": "you", "purpose": "read", "kind": "post", "question": "q1"}


def routes() -> dict[str, URLPattern]:
    contexts: list[Any] = get_resolver("positivesocials.config.urls").url_patterns
    return {
        f"{context.namespace}:{route.name}": route
        for context in contexts
        if context.namespace
        for route in context.url_patterns
    }


def address_of(row: Row) -> str:
    converters = routes()[row.route].pattern.converters
    values = {name: KNOWN.get(name) or _absent(kind) for name, kind in converters.items()}
    return reverse(row.route, kwargs=values, urlconf="positivesocials.config.urls")


def _absent(kind: Any) -> Any:
    by_kind = {"UUIDConverter": ABSENT, "IntConverter": 999}
    return by_kind.get(type(kind).__name__, "nothing-of-the-kind")
