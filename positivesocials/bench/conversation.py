"""How long the server takes to open a long conversation, through the whole stack and signed in."""

import statistics
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client, override_settings

from positivesocials.accounts import services as accounts
from positivesocials.bench.sealing import SENTENCES
from positivesocials.messaging import composing
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message
from positivesocials.profiles import services as profiles

PASSES, ROUNDS, WARM_UP = 3, 20, 5
PIECE = 500


class DidNotOpen(Exception):
    pass


@override_settings(ALLOWED_HOSTS=["testserver"])
def run(*, messages: int) -> dict[str, Any]:
    people = [accounts.open_account() for _ in range(2)]
    for account, name in zip(people, ("Heron", "Juniper"), strict=True):
        profiles.make_individual(account, name=name)
    talk = messaging.open_conversation(people[0].profile, people[1].profile)
    for start in range(0, messages, PIECE):
        with transaction.atomic():
            for number in range(start, min(start + PIECE, messages)):
                text = SENTENCES[number % len(SENTENCES)]
                composing.send(people[number % 2], talk.pk, text=text, client_key=uuid4().hex)
    browser = Client(headers={"accept": "text/html"})
    browser.force_login(people[0])
    address, last = f"/conversations/{talk.pk}/", Message.objects.latest("sent_at").pk
    middle = Message.objects.order_by("sent_at")[messages // 2].pk
    return {
        "messages": messages,
        "open_ms": _best(lambda: _get(browser, address)),
        "earlier_ms": _best(lambda: _get(browser, f"{address}?before={middle}")),
        "news_ms": _best(lambda: _get(browser, f"{address}after/{last}/")),
        "list_ms": _best(lambda: _get(browser, "/conversations/")),
    }


def _get(browser: Client, address: str) -> None:
    if browser.get(address).status_code != 200:
        raise DidNotOpen(address)


def _best(ask: Callable[[], None]) -> float:
    """The median of the best of three passes."""
    for _ in range(WARM_UP):
        ask()
    return round(min(statistics.median(_timed(ask) for _ in range(ROUNDS)) for _ in range(PASSES)) * 1000, 1)


def _timed(ask: Callable[[], None]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start
