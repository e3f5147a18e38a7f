"""A random life: rules that act on the site and on the model alike, and what must hold after every step."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from positivesocials.core.refusals import Refused
from positivesocials.matching import index, proposals, shared
from positivesocials.matching.models import Match
from positivesocials.matching.wishes import Wishes, lines_in
from positivesocials.profiles import places
from positivesocials.profiles.choices import goals_in
from positivesocials.vault import services as vault
from tests.life import acting, watching
from tests.life.model import LATER, LIKE, MODES, NOT_NOW, Face, Model, Person

TOWNS = [cell for town in ("gb-bristol", "gb-cardiff", "gb-leeds") if (cell := places.cell_of(town))]
PEOPLE, MOST_COUPLES = 4, 2
somebody, mode = st.integers(0, 11), st.sampled_from(MODES)


def some(values: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(values)), max_size=2, unique=True).map(tuple)


@st.composite
def wishes(draw: st.DrawFn, of: str) -> Wishes:
    """Wide ones mostly, so that people meet at all."""
    narrow = draw(st.integers(0, 3)) == 0
    raw = {"on": draw(st.integers(0, 9)) > 0, "nice": draw(some(lines_in(of)))}
    if narrow:
        raw |= {
            "kinds": draw(some(["individual", "couple"])),
            "searches": draw(some(["women", "men", "nonbinary"])),
            "age_from": draw(st.sampled_from([18, 30, 40])),
            "age_to": draw(st.sampled_from([45, 60, 99])),
            "band": draw(st.sampled_from([0, 2, places.ANYWHERE])),
            "goals": draw(some(goals_in(of))),
            "circles_only": draw(st.booleans()),
        }
    return Wishes.from_dict(of, raw)


class Life(RuleBasedStateMachine):
    """Four people, alone and in couples. One example is one life; nothing of it is kept."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.model = Model(timezone.localdate())
        self.named = 0
        self.undo = ExitStack()
        for database in ("default", "keys"):
            self.undo.enter_context(transaction.atomic(using=database))
        forget_everything()

    def teardown(self) -> None:
        try:
            # Pages cost most: at the end of each life one of those who are left reads theirs.
            watching.pages_of(self.model, self._person(self.named).id)
        finally:
            for database in ("default", "keys"):
                transaction.set_rollback(True, using=database)
            self.undo.close()
            forget_everything()

    @invariant()
    def everything_holds(self) -> None:
        Life.steps += 1
        watching.everything(self.model)

    # Who there is.

    @initialize(
        data=st.data(),
        circles=st.lists(some(["hsv", "hiv"]), min_size=PEOPLE, max_size=PEOPLE),
        places_=st.lists(st.sampled_from(TOWNS), min_size=PEOPLE, max_size=PEOPLE),
    )
    def people_join(self, data: st.DataObject, circles: list[tuple[str, ...]], places_: list[int]) -> None:
        for number in range(PEOPLE):
            with vault.keys_open():
                self._join(data, circles[number], places_[number], number)

    def _join(self, data: st.DataObject, circles: tuple[str, ...], place: int, number: int) -> None:
        name = self._name()
        account, profile = acting.join(name, circles)
        searches = (("women",), ("men",), ("women", "nonbinary"), ("men",))[number]
        person = Person(account.pk, searches, self.model.today.year - 26 - 10 * number, circles)
        self.model.people[person.id] = person
        self._face(data, Face(profile.pk, (person,), [name], place, (), {}))

    def _face(self, data: st.DataObject, face: Face) -> None:
        self.model.faces[face.id] = face
        acting.say_of_oneself(face)
        for each in MODES:
            self._wish(face, each, data.draw(wishes(each)))

    def _name(self) -> str:
        self.named += 1
        return f"Vela{self.named:04}"

    def _pick(self, number: int) -> Face:
        faces = sorted(self.model.faces.values(), key=lambda face: face.names)
        return faces[number % len(faces)]

    def _pair(self, number: int, step: int) -> tuple[Face, Face]:
        """Two different faces, as long as there are two."""
        faces = len(self.model.faces)
        return self._pick(number), self._pick(number + 1 + step % max(faces - 1, 1))

    def _person(self, number: int) -> Person:
        people = list(self.model.people.values())
        return people[number % len(people)]

    def _happens(self, act: Callable[[], Any], *, if_: bool) -> bool:
        """The product does it exactly if the model allows it."""
        try:
            with vault.keys_open():
                act()
        except Refused:
            assert not if_
            return False
        assert if_
        return True

    # What people say of each other.

    @rule(number=somebody, step=somebody, mode=mode, by=somebody)
    def like(self, number: int, step: int, mode: str, by: int) -> None:
        me, other = self._pair(number, step)
        may = self.model.may_answer(me, other, mode)
        if self._happens(lambda: acting.likes(me, other.id, mode, by), if_=may):
            self.model.say(me, other, mode, LIKE)

    @rule(number=somebody, step=somebody, mode=mode)
    def like_each_other(self, number: int, step: int, mode: str) -> None:
        self.like(number, step, mode, 0)
        one, other = self._pair(number, step)
        may = self.model.may_answer(other, one, mode)
        if self._happens(lambda: acting.likes(other, one.id, mode, 1), if_=may):
            self.model.say(other, one, mode, LIKE)

    @rule(number=somebody, step=somebody, mode=mode, what=st.sampled_from([NOT_NOW, LATER]))
    def set_aside(self, number: int, step: int, mode: str, what: str) -> None:
        me, other = self._pair(number, step)
        may = self.model.may_answer(me, other, mode) and not self.model.is_match(me, other, mode)
        if self._happens(lambda: acting.sets_aside(me, other.id, mode, what), if_=may):
            self.model.say(me, other, mode, what)

    @rule(number=somebody, step=somebody, mode=mode)
    def undo_it(self, number: int, step: int, mode: str) -> None:
        me, other = self._pair(number, step)
        self._happens(lambda: acting.undoes(me, other.id, mode), if_=True)
        if not self.model.is_match(me, other, mode):
            self.model.said.pop((me.id, other.id, mode), None)

    @rule(number=somebody, step=somebody, mode=mode)
    def unmatch(self, number: int, step: int, mode: str) -> None:
        me, other = self._pair(number, step)
        may = self.model.is_match(me, other, mode)
        if self._happens(lambda: acting.parts(me, other.id, mode), if_=may):
            self.model.part(me, other, mode)

    @rule(number=somebody, by=somebody)
    def leave_a_conversation(self, number: int, by: int) -> None:
        matches = sorted(self.model.matches, key=lambda match: (sorted(match[0]), match[1]))
        if not matches:
            return
        pair, mode = matches[number % len(matches)]
        one, other = (self.model.faces[pk] for pk in sorted(pair))
        match = Match.objects.get(one=one.id, other=other.id, mode=mode, ended_at=None)
        self._happens(lambda: acting.leaves_conversation(one, match.conversation_id, by), if_=True)
        self.model.part(one, other, mode)

    @rule()
    def ninety_days_pass(self) -> None:
        acting.time_passes()
        self.model.ninety_days_pass()

    # Who keeps away from whom, and who belongs together.

    @rule(number=somebody, other=somebody)
    def block(self, number: int, other: int) -> None:
        person, face = self._person(number), self._pick(other)
        blocked = [owner.id for owner in face.owners if owner.id != person.id]
        self._happens(lambda: acting.blocks(person.id, blocked), if_=True)
        for each in blocked:
            self.model.block(person.id, each)

    @rule(number=somebody)
    def unblock_everyone(self, number: int) -> None:
        person = self._person(number)
        blocked = [other for one, other in self.model.blocks if one == person.id]
        self._happens(lambda: acting.unblocks(person.id, blocked), if_=True)
        self.model.blocks -= {(person.id, other) for other in blocked}

    @rule(number=somebody, step=somebody, data=st.data())
    def link(self, number: int, step: int, data: st.DataObject) -> None:
        couples = [face for face in self.model.faces.values() if len(face.owners) == 2]
        if len(couples) >= MOST_COUPLES or len(self.model.people) < 2:
            return
        one, other = self._person(number), self._person(number + 1 + step % (len(self.model.people) - 1))
        both = {one.id, other.id}
        is_blocked = (one.id, other.id) in self.model.blocks or (other.id, one.id) in self.model.blocks
        is_couple = any({owner.id for owner in face.owners} == both for face in couples)
        names, made = [self._name(), self._name()], []
        act = lambda: made.append(acting.links(one.id, other.id, names))  # noqa: E731
        if self._happens(act, if_=not is_blocked and not is_couple):
            self.model.linked.add(frozenset(both))
            with vault.keys_open():
                self._face(data, Face(made[0].pk, (one, other), names, TOWNS[step % 3], (), {}))

    @rule(number=somebody, by=somebody)
    def unlink(self, number: int, by: int) -> None:
        couples = [face for face in self.model.faces.values() if len(face.owners) == 2]
        if couples:
            face = couples[number % len(couples)]
            self._happens(lambda: acting.unlinks(face, by), if_=True)
            self.model.end(face)

    # What people change of themselves.

    @rule(number=somebody, what=st.sampled_from(["is_hidden", "is_paused"]))
    def turn(self, number: int, what: str) -> None:
        face = self._pick(number)
        to = not getattr(face, what)
        acting.turns(face, what, to=to)
        setattr(face, what, to)

    @rule(number=somebody)
    def come_back(self, number: int) -> None:
        face = self._pick(number)
        for what in ("is_hidden", "is_paused"):
            acting.turns(face, what, to=False)
            setattr(face, what, False)

    @rule(number=somebody, owner=somebody)
    def rename(self, number: int, owner: int) -> None:
        face, name = self._pick(number), self._name()
        owner %= len(face.owners)
        self._happens(lambda: acting.renames(face, owner, name), if_=True)
        self.model.old_names.add(face.names[owner])
        face.names[owner] = name

    @rule(number=somebody, goals=some({**goals_in("friends"), **goals_in("dating")}))
    def hope(self, number: int, goals: tuple[str, ...]) -> None:
        face = self._pick(number)
        face.goals = goals
        self._happens(lambda: acting.say_of_oneself(face), if_=True)

    @rule(number=somebody, mode=mode, data=st.data())
    def look_for_others(self, number: int, mode: str, data: st.DataObject) -> None:
        self._wish(self._pick(number), mode, data.draw(wishes(mode)))

    def _wish(self, face: Face, mode: str, wished: Wishes) -> None:
        self._happens(lambda: acting.wish(face, mode, wished), if_=True)
        self.model.wish(face, mode, wished)

    @rule(number=somebody, sure=st.integers(0, 5))
    def delete(self, number: int, sure: int) -> None:
        if sure == 0 and len(self.model.people) > 2:
            person = self._person(number)
            acting.is_gone(person.id)
            self.model.leave(person.id)

    # Who looks.

    @rule(number=somebody)
    def look(self, number: int) -> None:
        watching.pages_of(self.model, self._person(number).id)

    @rule()
    def lay_out(self) -> None:
        """From now on the engine proposes, where everybody was looked at."""
        with vault.keys_open():
            proposals.build()

    @rule(number=somebody, mode=mode)
    def ask_to_be_told(self, number: int, mode: str) -> None:
        face = self._pick(number)
        if (face.id, mode) not in self.model.waiting:
            self._happens(lambda: acting.asks_to_be_told(face, mode), if_=True)
            self.model.waiting[face.id, mode] = self.model.listed_for(face, mode)

    @rule()
    def tell(self) -> None:
        """The job looks again: whoever asked is told exactly if somebody fits who did not."""
        acting.tells_who_waits()
        self.model.tell()
        watching.those_told(self.model)


def forget_everything() -> None:
    """What a process remembers is of a life that is over."""
    index._opened.clear()
    proposals.forget()
    shared.leave()
