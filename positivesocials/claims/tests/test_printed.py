"""Whatever is done in whatever order, what is printed is what is confirmed, neither withdrawn nor expired."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positivesocials.claims import changing, loading, seed, selectors, services
from positivesocials.claims.models import Claim
from positivesocials.claims.tests.factories import wording
from positivesocials.core.refusals import Refused

pytestmark = pytest.mark.django_db
KEPT = [*list(seed.seeds())[:2], next(each for each in seed.seeds() if not each.is_verified)]
KEYS = [*(each.key for each in KEPT), "own.testing.a"]
ACTS = ["confirm", "soon", "correct", "withdraw", "stale", "sheet", "dropped", "days", "add"]
steps = st.tuples(st.sampled_from(ACTS), st.sampled_from(KEYS), st.integers(1, 900))


class Model:
    """The rule in plain words: for each key what it says, and the day from which it says it no more."""

    def __init__(self):
        self.said, self.until, self.edited, self.reworded, self.sheet = {}, {}, set(), set(), {}
        self.put(KEPT)

    def put(self, seeds):
        last = changing.expiry_of(seed.read_on())
        for each in seeds:
            if self.sheet.get(each.key) != each and each.key not in self.edited:
                if self.said.get(each.key, each.value) != each.value:
                    self.reworded.add(each.key)
                self.said[each.key] = each.value
                may_stand = each.is_verified and each.key not in self.reworded
                self.until[each.key] = last if may_stand else None
        for key in set(self.sheet) - {each.key for each in seeds} - self.edited:
            self.until[key] = None
        self.sheet = {each.key: each for each in seeds}

    def stand_behind(self, key, days=None):
        today = timezone.localdate()
        self.until[key] = today + timedelta(days) if days else changing.expiry_of(today)
        self.edited.add(key)

    def printed(self):
        today = timezone.localdate()
        return {key: self.said[key] for key, until in self.until.items() if until and until > today}


class Run:
    """The same steps on the site and in the model."""

    def __init__(self, editor, clock, patched):
        self.editor, self.clock, self.patched, self.model = editor, clock, patched, Model()
        self.load(KEPT)

    def load(self, seeds):
        self.patched.setattr(seed, "seeds", lambda: iter(seeds))
        loading.load_claims()
        self.model.put(seeds)

    def step(self, act, key, number):
        row = Claim.objects.filter(key=key).first()
        known = SimpleNamespace(pk=row.pk, version=row.version) if row else None
        if act == "days":
            self.clock.shift(timedelta(days=number))
        elif act in {"sheet", "dropped"}:
            changed = [replace(each, value=f"{number} days") if each.key == key else each for each in KEPT]
            self.load([each for each in changed if act == "sheet" or each.key != key])
        elif act == "add":
            self.add(f"{number} days")
        elif known:
            getattr(self, act)(key, known, number)

    def add(self, value):
        if KEYS[-1] not in self.model.said:
            services.add(self.editor, key=KEYS[-1], about="a test", body="", wording=wording(value))
            self.model.said[KEYS[-1]] = value
            self.model.stand_behind(KEYS[-1])

    def confirm(self, key, known, number):
        services.confirm(self.editor, known.pk, version=known.version)
        self.model.stand_behind(key)

    def soon(self, key, known, number):
        days = number % 700 + 1
        until = timezone.localdate() + timedelta(days)
        services.confirm(self.editor, known.pk, version=known.version, until=until)
        self.model.stand_behind(key, days)

    def correct(self, key, known, number):
        value = f"{number} hours"
        try:
            services.correct(
                self.editor, known.pk, version=known.version, wording=wording(value), reason="New."
            )
        except Refused:
            assert self.model.said[key] == value
            return
        self.model.said[key] = value
        self.model.stand_behind(key)

    def withdraw(self, key, known, number):
        services.withdraw(self.editor, known.pk, version=known.version, reason="Old.")
        self.model.until[key] = None
        self.model.edited.add(key)

    def stale(self, key, known, number):
        with pytest.raises(services.ChangedMeanwhile):
            services.confirm(self.editor, known.pk, version=known.version + number)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(doings=st.lists(steps, max_size=10))
def test_what_is_printed_is_what_is_confirmed_unexpired_and_not_withdrawn(edda, doings):
    start = timezone.now()
    clock_stops, patches = time_machine.travel(start, tick=False), pytest.MonkeyPatch.context()
    with clock_stops as clock, patches as patched, transaction.atomic():
        run = Run(edda, clock, patched)
        for act, key, number in doings:
            run.step(act, key, number)
            check(run.model)
        transaction.set_rollback(True)


def check(model):
    facts, printed = selectors.facts(), model.printed()
    waiting = {claim.key for claim in selectors.waiting()}
    assert {fact.key: fact.value for fact in facts} == printed
    assert all(facts.get(key) is None for key in set(KEYS) - set(printed))
    assert {key for key, until in model.until.items() if until and key not in printed} <= waiting
