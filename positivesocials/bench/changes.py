"""Changes while somebody looks: nobody who hid, left or was blocked may be in a list asked for afterwards.

One thread changes people, one event after the other: hides and shows, pauses and resumes, switches the mode
off and on, blocks and unblocks in both directions, is deleted and replaced. Another asks for the list all
the while. Someone whose state stood still from before the question until after the answer must be in it
exactly if nothing keeps them away.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account
from positivesocials.matching import proposals, selectors
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Mode
from positivesocials.profiles import services as profiles
from positivesocials.profiles import showing
from positivesocials.profiles.models import Profile
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault

PEOPLE, SEED, PAUSE = 40, 1, 0.01
ON, OFF = {"on": True}, {"on": False}


@dataclass
class Someone:
    """`reasons` keep them away; `moment` grows before and after each change, and is odd in between."""

    account: Account
    profile: Profile
    reasons: set[str] = field(default_factory=set)
    moment: int = 0


class Crowd:
    """One who looks and those who change. `draw` decides everything, so that a run can be repeated."""

    def __init__(self, people: int = PEOPLE, seed: int = SEED) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - Who changes when is no secret.
        self.made = 0
        self.viewer = self._someone()
        self.people = [self._someone() for _ in range(people)]
        self.former: list[UUID] = []

    def _someone(self) -> Someone:
        self.made += 1
        with vault.keys_open():
            account = accounts.open_account(address=f"p{self.made}@example.org")
            profile = profiles.make_individual(account, name=f"Person {self.made}")
            matching.save_preferences(profile, Mode.FRIENDS, ON)
        return Someone(account, profile)

    def event(self) -> None:
        """One change of one person, committed on return."""
        someone = self.draw.choice(self.people)
        someone.moment += 1
        with vault.keys_open():
            change, _ = self.draw.choices(self._changes(), [weight for _, weight in self._changes()])[0]
            change(someone)
        someone.moment += 1

    def _changes(self) -> list[tuple[Callable[[Someone], None], int]]:
        """What can happen, and how often beside the others."""
        return [
            (lambda s: self._turn(s, "hidden", profiles.hide, profiles.show), 8),
            (lambda s: self._turn(s, "paused", profiles.pause, profiles.resume), 8),
            (lambda s: self._turn(s, "incognito", showing.go_incognito, showing.be_found), 4),
            (lambda s: self._turn(s, "avoids", showing.avoid_new, showing.welcome_new), 4),
            (lambda s: self._turn(s, "off", _switch_off, _switch_on), 4),
            (lambda s: self._toggle_block(s, "blocked", self.viewer.account, s.account), 2),
            (lambda s: self._toggle_block(s, "blocking", s.account, self.viewer.account), 2),
            (self._leave, 1),
        ]

    def _turn(
        self, someone: Someone, reason: str, away: Callable[[Profile], None], back: Callable[[Profile], None]
    ) -> None:
        if reason in someone.reasons:
            back(someone.profile)
            someone.reasons.discard(reason)
        else:
            away(someone.profile)
            someone.reasons.add(reason)

    def _toggle_block(self, someone: Someone, reason: str, blocker: Account, blocked: Account) -> None:
        if reason in someone.reasons:
            safety.unblock(blocker, [blocked.pk])
            someone.reasons.discard(reason)
        else:
            safety.block(blocker, [blocked.pk])
            someone.reasons.add(reason)

    def _leave(self, someone: Someone) -> None:
        """Deleted, and somebody else takes the place."""
        someone.account.delete()
        self.former.append(someone.profile.pk)
        new = self._someone()
        someone.account, someone.profile, someone.reasons = new.account, new.profile, set()

    def look(self) -> tuple[int, int]:
        """Ask for the list once: how many were shown who must not be, and how many were missing."""
        before = {id(s): (s.moment, s.profile.pk, bool(s.reasons)) for s in self.people}
        former = set(self.former)
        shown = set(self._shown())
        stood_still = [
            (pk, away)
            for s in self.people
            for moment, pk, away in [before[id(s)]]
            if moment == s.moment and moment % 2 == 0
        ]
        wrong = sum(away and pk in shown for pk, away in stood_still) + len(shown & former)
        return wrong, sum(not away and pk not in shown for pk, away in stood_still)

    def _shown(self) -> list[UUID]:
        with vault.keys_open():
            me = Me(Profile.objects.with_faces().get(pk=self.viewer.profile.pk))
            everyone = selectors.around(me, Mode.FRIENDS)
            return [profile.pk for profile in everyone.still(everyone.in_order())]


def _switch_off(profile: Profile) -> None:
    matching.save_preferences(profile, Mode.FRIENDS, OFF)


def _switch_on(profile: Profile) -> None:
    matching.save_preferences(profile, Mode.FRIENDS, ON)


class Looker(threading.Thread):
    """Looks until told to stop, and counts."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(daemon=True)
        self.crowd, self.looks, self.wrong, self.missing = crowd, 0, 0, 0
        self.failure: Exception | None = None
        self.stopped = threading.Event()

    def run(self) -> None:
        try:
            while not self.stopped.wait(PAUSE):
                wrong, missing = self.crowd.look()
                self.looks, self.wrong, self.missing = (
                    self.looks + 1,
                    self.wrong + wrong,
                    self.missing + missing,
                )
        except Exception as error:
            self.failure = error
        finally:
            connections.close_all()


def run(*, events: int, people: int = PEOPLE, seed: int = SEED) -> dict[str, Any]:
    if connections["default"].vendor == "sqlite":
        # What a power cut would lose is measured elsewhere.
        connections["default"].cursor().execute("PRAGMA synchronous = OFF")
    crowd = Crowd(people, seed)
    proposals.build()
    looker = Looker(crowd)
    looker.start()
    began = time.perf_counter()
    for number in range(events):
        crowd.event()
        if number % 500 == 0:
            proposals.tend()
    seconds = time.perf_counter() - began
    looker.stopped.set()
    looker.join()
    if looker.failure is not None:
        raise looker.failure
    return {
        "events": events,
        "looks": looker.looks,
        "shown_after_commit": looker.wrong,
        "missing_after_commit": looker.missing,
        "event_ms": round(seconds / events * 1000, 2),
    }
