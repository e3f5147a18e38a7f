"""Any order of opening, writing, leaving, blocking and parting keeps the same few rules."""

import contextlib
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from positivesocials.core.refusals import NotThere
from positivesocials.messaging import access, composing, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.tests.conftest import couple
from positivesocials.safety import services as safety

NAMES = ["ada", "ben", "eli", "fern"]
FACES = {"ada": {"ada"}, "ben": {"ben"}, "eli": {"eli"}, "fern": {"fern"}, "couple": {"eli", "fern"}}
names = st.sampled_from(NAMES)
faces = st.sampled_from(sorted(FACES))


class Expected:
    """What a plain reading of the rules says about one conversation."""

    def __init__(self, pk, one, other):
        self.pk, self.faces, self.closed = pk, {one, other}, False
        self.people = FACES[one] | FACES[other]
        self.seats = set(self.people)
        self.written: list[str] = []


class Conversations(RuleBasedStateMachine):
    make_member: Any = None

    def __init__(self):
        super().__init__()
        self.undo = contextlib.ExitStack()
        for alias in ("default", "keys"):
            self.undo.enter_context(transaction.atomic(using=alias))
        self.accounts = {name: self.make_member(name.title() + uuid4().hex[:6]) for name in NAMES}
        self.profiles = {name: account.profile for name, account in self.accounts.items()}
        self.profiles["couple"] = couple(self.accounts["eli"], self.accounts["fern"])
        self.talks: list[Expected] = []
        self.blocks: set[frozenset[str]] = set()

    def teardown(self):
        for alias in ("default", "keys"):
            transaction.set_rollback(True, using=alias)
        self.undo.close()

    def a_block_in(self, people):
        return any(pair <= people for pair in self.blocks)

    def reads(self, name, talk):
        """Who sits there, unless a block keeps somebody of it away from them."""
        others = talk.people - {name}
        return name in talk.seats and not any(frozenset((name, other)) in self.blocks for other in others)

    def talk(self, number):
        return self.talks[number % len(self.talks)] if self.talks else None

    @rule(one=faces, other=faces)
    def open(self, one, other):
        people = FACES[one] | FACES[other]
        if FACES[one] & FACES[other] or self.a_block_in(people):
            with pytest.raises(NotThere):
                messaging.open_conversation(self.profiles[one], self.profiles[other])
            return
        talk = messaging.open_conversation(self.profiles[one], self.profiles[other])
        self.talks.append(Expected(talk.pk, one, other))

    @rule(name=names, number=st.integers(0, 9))
    def write(self, name, number):
        talk = self.talk(number)
        if talk is None:
            return
        try:
            composing.send(self.accounts[name], talk.pk, text="Hello", client_key=uuid4().hex)
        except NotThere:
            assert name not in talk.seats
        except messaging.ConversationClosed:
            assert name in talk.seats
            assert talk.closed
        else:
            assert name in talk.seats
            assert not talk.closed
            talk.written.append(name)

    @rule(name=names, number=st.integers(0, 9))
    def leave(self, name, number):
        talk = self.talk(number)
        if talk is None or name not in talk.seats:
            return
        messaging.leave(self.accounts[name], talk.pk)
        talk.seats.remove(name)
        talk.closed = True

    @rule(name=names, whom=names)
    def block(self, name, whom):
        if name == whom:
            return
        safety.block(self.accounts[name], [self.accounts[whom].pk])
        self.blocks.add(frozenset((name, whom)))
        for talk in self.talks:
            talk.closed = talk.closed or {name, whom} <= talk.people

    @rule(name=names, whom=names)
    def lift(self, name, whom):
        for one, other in ((name, whom), (whom, name)):
            safety.unblock(self.accounts[one], [self.accounts[other].pk])
        self.blocks.discard(frozenset((name, whom)))

    @rule()
    def part(self):
        messaging.close_conversations_of(self.profiles["couple"])
        for talk in self.talks:
            talk.closed = talk.closed or "couple" in talk.faces

    @invariant()
    def readers_are_who_sits_there_and_nobody_else(self):
        for talk in self.talks:
            for name, account in self.accounts.items():
                with contextlib.suppress(NotThere):
                    seat = access.get_seat_for(account, talk.pk)
                    assert self.reads(name, talk)
                    assert len(selectors.lines_after(seat, None)) == len(talk.written)
                    continue
                assert not self.reads(name, talk)

    @invariant()
    def unread_is_what_others_wrote(self):
        for name, account in self.accounts.items():
            unread = sum(
                writer != name for talk in self.talks if self.reads(name, talk) for writer in talk.written
            )
            assert selectors.unread_count(account) == unread


@pytest.mark.django_db
def test_seats_blocks_and_closing_keep_their_rules(make_member):
    Conversations.make_member = staticmethod(make_member)

    run_state_machine_as_test(
        Conversations,
        settings=settings(
            max_examples=15,
            stateful_step_count=14,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
