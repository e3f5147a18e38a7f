"""A random life of one thread, held against a model in plain words after every step."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from positivesocials.accounts import services as accounts
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Hold
from positivesocials.notifications.models import Notice
from positivesocials.profiles import services as profiles
from positivesocials.replies import changes, selectors, services
from positivesocials.replies.models import GuestContact, Reply, State
from positivesocials.vault import services as vault

SHORT = settings(
    max_examples=3, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
)
NEWCOMER, KNOWN, GUEST, UNPROVEN = "newcomer", "known", "guest", "unproven"
some_reply, somebody = st.integers(0, 30), st.sampled_from([NEWCOMER, KNOWN, GUEST, UNPROVEN])


@dataclass
class Said:
    """What the model knows of one reply."""

    pk: Any
    by: str
    text: str
    state: str
    above: "Said | None" = None
    was_told: bool = False


@dataclass
class Model:
    said: list[Said] = field(default_factory=list)
    is_closed: bool = False
    newcomer_is_known: bool = False

    def pick(self, number: int, *states: str) -> Said | None:
        fitting = [each for each in self.said if each.state in states]
        return fitting[number % len(fitting)] if fitting else None

    def waits(self, by: str) -> bool:
        return by in {GUEST, UNPROVEN} or (by == NEWCOMER and not self.newcomer_is_known)


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.model, self.undo = Model(), ExitStack()
        for database in ("default", "keys"):
            self.undo.enter_context(transaction.atomic(using=database))
        self.undo.enter_context(vault.keys_open())
        self.thread = services.open_thread()
        self.people = {who: self.join(who) for who in (NEWCOMER, KNOWN)}
        self.moderator = accounts.open_account(role="moderator")
        moderation.trust([self.people[KNOWN].pk])

    def join(self, name: str) -> Any:
        account = accounts.open_account()
        profiles.make_individual(account, name=name)
        return account

    def teardown(self) -> None:
        for database in ("default", "keys"):
            transaction.set_rollback(True, using=database)
        self.undo.close()

    def write(self, by: str, text: str, parent_id: Any) -> Reply:
        words = {"text": text, "parent_id": parent_id, "client_key": uuid4().hex}
        if by in self.people:
            persona = self.people[by].profile.persona
            return services.reply(self.people[by], self.thread, persona=persona, **words)
        proof = None if by == GUEST else ""
        return services.reply_as_guest(self.thread, name="Jo", address=f"{by}@x.org", proof=proof, **words)

    @rule(by=somebody, above=st.none() | some_reply)
    def reply(self, by: str, above: int | None) -> None:
        parent = None if above is None else self.model.pick(above, State.PUBLIC)
        text = f"Words {len(self.model.said)}"
        if self.model.is_closed:
            with pytest.raises(Refused):
                self.write(by, text, parent and parent.pk)
            return
        written = self.write(by, text, parent and parent.pk)
        state = State.UNPROVEN if by == UNPROVEN else State.HELD if self.model.waits(by) else State.PUBLIC
        self.model.said.append(Said(written.pk, by, text, state, parent, was_told=state == State.PUBLIC))

    @rule(number=some_reply)
    def confirm(self, number: int) -> None:
        if said := self.model.pick(number, State.UNPROVEN):
            services.confirm_as_guest(GuestContact.objects.get(reply=said.pk)) if self.has_link(
                said
            ) else None
            said.state = State.HELD if self.has_link(said) else said.state

    def has_link(self, said: Said) -> bool:
        # A mailbox gets a few mails a day: of more there is no link.
        return GuestContact.objects.filter(reply=said.pk).exists()

    @rule(number=some_reply, states=st.sampled_from([(State.HELD, State.PUBLIC), (State.REMOVED,)]))
    def edit(self, number: int, states: tuple[str, ...]) -> None:
        said = self.model.pick(number, *states)
        if said is None or (said.by not in self.people and not self.has_link(said)):
            return
        text = f"{said.text}, better"
        if said.state == State.REMOVED:
            with pytest.raises(Refused):
                self.change(said, text)
            return
        self.change(said, text)
        said.text = text
        said.state = State.HELD if self.model.waits(said.by) else said.state

    def change(self, said: Said, text: str) -> None:
        if said.by in self.people:
            changes.edit(self.people[said.by], said.pk, text=text, wants_answers=True)
        else:
            changes.edit_as_guest(GuestContact.objects.select_related("reply").get(reply=said.pk), text=text)

    @rule(number=some_reply)
    def erase(self, number: int) -> None:
        said = self.model.pick(number, State.UNPROVEN, State.HELD, State.PUBLIC, State.REMOVED)
        if said is None or (said.by not in self.people and not self.has_link(said)):
            return
        if said.by in self.people:
            services.erase(self.people[said.by], said.pk)
            with pytest.raises(NotThere):
                services.erase(self.people[said.by], said.pk)
        else:
            services.erase_as_guest(GuestContact.objects.select_related("reply").get(reply=said.pk))
        if said.state == State.UNPROVEN:
            self.model.said.remove(said)
        said.text, said.state = "", State.ERASED

    @rule(number=some_reply)
    def approve(self, number: int) -> None:
        if said := self.model.pick(number, State.HELD):
            moderation.approve(self.moderator, kind="reply", item_id=said.pk)
            said.state, said.was_told = State.PUBLIC, True
            self.model.newcomer_is_known |= said.by == NEWCOMER

    @rule(number=some_reply)
    def refuse(self, number: int) -> None:
        if said := self.model.pick(number, State.HELD):
            moderation.remove(self.moderator, kind="reply", item_id=said.pk, reason="No.")
            said.state = State.REMOVED

    @rule()
    def close(self) -> None:
        if len(self.model.said) > 8:
            services.close_thread(self.thread)
            self.model.is_closed = True

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        kept = {row.pk: (row.state, row.text or "") for row in Reply.objects.filter(thread=self.thread)}
        assert kept == {said.pk: (said.state, said.text) for said in self.model.said}

    @invariant()
    def others_read_what_is_public_and_nothing_else(self) -> None:
        nodes = selectors.walk(selectors.tree(self.thread, None).nodes)
        shown = {node.id for node in nodes if node.is_readable}
        assert shown == {said.pk for said in self.model.said if said.state == State.PUBLIC}

    @invariant()
    def what_waits_is_in_the_queue(self) -> None:
        waiting = set(Hold.objects.filter(decided_at=None).values_list("item_id", flat=True))
        assert waiting == {said.pk for said in self.model.said if said.state == State.HELD}

    @invariant()
    def members_are_told_of_answers_by_others(self) -> None:
        told = {
            said.above.pk
            for said in self.model.said
            if said.was_told and said.above and said.above.by in self.people and said.above.by != said.by
        }
        assert set(Notice.objects.filter(kind="answer").values_list("target", flat=True)) == told


@pytest.mark.django_db(databases="__all__")
def test_whatever_happens_to_a_thread_the_rules_hold():
    run_state_machine_as_test(Life, settings=SHORT)
