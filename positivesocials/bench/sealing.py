"""What sealing costs a conversation page.

The page is asked for through the whole stack, by a signed-in member, as a reader would. In turns with it, all
that the page has to open is opened alone, from rows fetched before the clock starts: the keys are asked for
in one query and unwrapped, then each message and name and the session is opened. The share is the one time
over the other. Nothing in the program is replaced for it. That both do the same work is counted, not assumed:
a profiler counts how often the page opens something, and the measurement fails if the other differs.

The session's own row query, which a plain session would need as well, is counted as sealing.
"""

import cProfile
import random
import statistics
import time
from collections.abc import Callable
from types import CodeType
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account
from positivesocials.accounts.sessions import SessionStore
from positivesocials.messaging import composing
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message, Participant
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.vault import cipher, fields
from positivesocials.vault import services as vault

SEED, PASSES, WARM_UP = 1, 3, 5
SENTENCES = (
    "That sounds familiar.",
    "It took me a while to say it out loud, and it was easier than I had thought.",
    "I went there on Tuesday. They were kind, and nobody asked more than they had to.",
    "Shall we talk about something else for a bit? How was the lake?",
)


class NotTheSame(Exception):
    """What was measured alone is not what the page does."""


class Page:
    """One conversation, somebody who reads it, and what the page opens."""

    def __init__(self, messages: int) -> None:
        reader, writer = (_person(name) for name in ("Heron", "Juniper"))
        self.address, conversation_id = _talk(reader, writer, messages)
        self.browser = Client()
        self.browser.force_login(reader)
        self.session_key = self.browser.cookies[settings.SESSION_COOKIE_NAME].value
        self.conversation_id = conversation_id

    def ask(self) -> None:
        response = self.browser.get(self.address)
        if response.status_code != 200:
            raise NotTheSame(f"The page answered {response.status_code}.")

    def opened_alone(self) -> Callable[[], None]:
        """A function that opens what the page opens, over fresh rows: a row remembers what was opened."""
        rows = list(Message.objects.filter(conversation=self.conversation_id))
        seats = Participant.objects.filter(conversation=self.conversation_id).select_related("persona")
        names = [seat.persona for seat in seats if seat.persona]
        # What the other shows is looked at for "What you have in common".
        other = Profile.objects.get(account=seats.get(side=1).account_id)

        def open_all() -> None:
            SessionStore(self.session_key).load()
            with vault.keys_open():
                fields.warm(rows, names)
                opened = [*(row.envelope for row in rows), *(persona.name for persona in names), other.facets]
            if None in opened:
                raise NotTheSame("A message, a name or a profile did not open.")

        return open_all


def _person(name: str) -> Account:
    account = accounts.open_account()
    profiles.make_individual(account, name=name)
    return account


def _talk(reader: Account, writer: Account, messages: int) -> tuple[str, UUID]:
    dice = random.Random(SEED)  # noqa: S311 - What invented people say is no secret.
    both = [account.profile for account in (reader, writer)]
    conversation = messaging.open_conversation(*both)
    for number in range(messages):
        text = " ".join(dice.choices(SENTENCES, k=dice.randint(1, 5)))
        author = dice.choice((reader, writer))
        composing.send(author, conversation.pk, text=text, client_key=str(number))
    return reverse("messaging:show-conversation", args=[conversation.pk]), conversation.pk


def run(*, messages: int, rounds: int) -> dict[str, float | int]:
    """The best of three medians each, in milliseconds; `share` is sealing's part of the page."""
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        page = Page(messages)
        for _ in range(WARM_UP):
            page.ask()
            page.opened_alone()()
        opened = _same_number_of_opens(page)
        passes = [_one_pass(page, rounds) for _ in range(PASSES)]
        page_ms, sealing_ms = (min(medians) * 1000 for medians in zip(*passes, strict=True))
        return {
            "messages": messages,
            "page_ms": round(page_ms, 3),
            "sealing_ms": round(sealing_ms, 3),
            "share": round(sealing_ms / page_ms, 4),
            **opened,
            "rounds": rounds,
            "passes": PASSES,
        }


def _one_pass(page: Page, rounds: int) -> tuple[float, float]:
    whole, alone = [], []
    for _ in range(rounds):
        whole.append(_timed(page.ask))
        alone.append(_timed(page.opened_alone()))
    return statistics.median(whole), statistics.median(alone)


def _timed(act: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _same_number_of_opens(page: Page) -> dict[str, int]:
    by_page, by_itself = _counted(page.ask), _counted(page.opened_alone())
    if by_page != by_itself:
        raise NotTheSame(f"The page: {by_page}. Alone: {by_itself}.")
    return by_page


def _counted(act: Callable[[], None]) -> dict[str, int]:
    """How often something is opened or unwrapped, and how often the key database is asked."""
    profile = cProfile.Profile()
    with CaptureQueriesContext(connections["keys"]) as queries:
        profile.runcall(act)
    calls = {entry.code: entry.callcount for entry in profile.getstats() if isinstance(entry.code, CodeType)}
    return {"opens": calls[cipher.unseal.__code__], "key_queries": len(queries)}
