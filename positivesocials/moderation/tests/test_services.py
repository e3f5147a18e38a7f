from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import access, registry, selectors, services
from positivesocials.moderation.models import Hold, Outcome, Report, Why, WrittenBy
from positivesocials.moderation.registry import Evidence
from positivesocials.safety import selectors as safety_selectors
from positivesocials.safety import services as safety
from positivesocials.vault.models import Tombstone
from positivesocials.vault.services import keys_open


class Leaf:
    """A kind of item for these tests: leaves on a desk, by whoever wrote on them."""

    label = "Leaf"

    def __init__(self):
        self.written, self.public, self.removed = {}, set(), set()

    def evidence(self, item_id):
        if item_id not in self.written:
            raise NotThere
        author, text = self.written[item_id]
        return Evidence(text=text, shown_name="Quiet Heron", url="/leaf/", author_ids=(author.pk,))

    def evidence_for(self, reporter, item_id):
        return self.evidence(item_id)

    def approve(self, item_id):
        self.public.add(item_id)

    def remove(self, item_id):
        self.removed.add(item_id)


@pytest.fixture
def leaves(monkeypatch):
    monkeypatch.setitem(registry._kinds, "leaf", kind := Leaf())
    return kind


@pytest.fixture
def leaf(leaves, ada):
    """The id of a leaf that Ada wrote."""
    item_id = ada.pk
    leaves.written[item_id] = (ada, "some words")
    return item_id


def queued(moderator):
    return [line.item_id for line in selectors.queue_for(moderator, show="").lines]


def report(actor, leaf, why=Why.HATE):
    return services.report(actor, kind="leaf", item_id=leaf, why=why)


def test_what_one_holds_waits_in_the_queue_once(leaf, mo):
    services.hold("leaf", leaf)
    services.hold("leaf", leaf)

    assert queued(mo) == [leaf]
    assert Hold.objects.count() == 1


def test_approving_publishes_and_trusts_the_author(leaf, leaves, ada, mo):
    services.hold("leaf", leaf)
    assert access.needs_hold(ada)

    services.approve(mo, kind="leaf", item_id=leaf)

    assert leaves.public == {leaf}
    assert not access.needs_hold(ada)
    assert queued(mo) == []


def test_a_decision_is_made_once(leaf, leaves, mo, olu):
    services.hold("leaf", leaf)
    services.approve(mo, kind="leaf", item_id=leaf)

    with pytest.raises(Refused, match="already"):
        services.remove(olu, kind="leaf", item_id=leaf, reason="Rule 1.")
    assert leaves.removed == set()
    assert Hold.objects.get().decided_by == mo


def test_many_reports_of_one_item_are_one_case(leaf, ben, cleo, eli, mo):
    for reporter in (ben, cleo, eli, ben):
        report(reporter, leaf)

    (line,) = selectors.queue_for(mo, show="").lines
    assert line.reports == 3
    assert Report.objects.count() == 3


def test_a_report_keeps_what_was_reported(leaf, leaves, ada, ben, mo):
    report(ben, leaf)
    leaves.written[leaf] = (ada, "milder words")

    (copy,) = selectors.get_case_for(mo, kind="leaf", item_id=leaf).copies
    assert copy.text == "some words"

    del leaves.written[leaf]
    case = selectors.get_case_for(mo, kind="leaf", item_id=leaf)
    assert case.is_gone
    assert case.copies[0].text == "some words"


def test_nobody_reports_themselves(leaf, ada):
    with pytest.raises(NotThere):
        report(ada, leaf)


def test_a_moderator_the_author_blocked_never_gets_the_case(leaf, ada, ben, mo, olu):
    report(ben, leaf)
    safety.block(ada, [mo.pk])

    assert queued(mo) == []
    assert selectors.open_count(mo) == 0
    assert queued(olu) == [leaf]
    with pytest.raises(NotThere):
        selectors.get_case_for(mo, kind="leaf", item_id=leaf)
    with pytest.raises(NotThere):
        services.remove(mo, kind="leaf", item_id=leaf, reason="No.")


def test_a_moderator_does_not_judge_their_own_words(leaves, ben, mo, olu):
    leaves.written[mo.pk] = (mo, "mine")
    report(ben, mo.pk)

    assert queued(mo) == []
    assert queued(olu) == [mo.pk]


def test_members_decide_nothing(leaf, ben, cleo):
    report(ben, leaf)

    for decide in (services.approve, services.leave_standing):
        with pytest.raises(NotThere):
            decide(cleo, kind="leaf", item_id=leaf)


def test_what_is_held_is_published_or_removed_not_left(leaf, mo):
    services.hold("leaf", leaf)

    with pytest.raises(Refused, match="held"):
        services.leave_standing(mo, kind="leaf", item_id=leaf)


def test_no_rule_broken_closes_the_reports_and_changes_nothing(leaf, leaves, ben, mo):
    report(ben, leaf)

    services.leave_standing(mo, kind="leaf", item_id=leaf)

    assert Report.objects.get().outcome == Outcome.NO_ACTION
    assert (leaves.public, leaves.removed) == (set(), set())


def test_a_removed_item_has_a_reason(leaf, leaves, ben, mo):
    report(ben, leaf)

    services.remove(mo, kind="leaf", item_id=leaf, reason="Rule 2: no contempt.")

    assert leaves.removed == {leaf}
    assert selectors.reasons("leaf", [leaf]) == {leaf: "Rule 2: no contempt."}


def test_danger_comes_first(leaves, ada, ben, cleo, mo):
    for item_id in (ada.pk, cleo.pk):
        leaves.written[item_id] = (ada, "words")
    report(ben, ada.pk)
    report(ben, cleo.pk, why=Why.SELF_HARM)

    assert queued(mo) == [cleo.pk, ada.pk]


def test_a_reporter_blocks_without_learning_whom(leaf, ada, ben):
    report(ben, leaf)

    services.block_author(ben, kind="leaf", item_id=leaf)

    assert safety_selectors.hidden_from(ben) == {ada.pk}
    with pytest.raises(NotThere):
        services.block_author(ada, kind="leaf", item_id=leaf)


def test_evidence_and_reasons_end_six_months_after_the_decision(leaf, ben, mo, time_machine):
    filed = report(ben, leaf)
    services.remove(mo, kind="leaf", item_id=leaf, reason="Rule 2.")

    time_machine.move_to(timezone.now() + timedelta(days=184))
    services.forget_decided()

    assert not Report.objects.exists()
    assert not WrittenBy.objects.exists()
    assert Tombstone.objects.filter(owner_id=filed.pk).exists()


def test_the_queue_costs_the_same_whatever_its_size(leaves, ada, ben, cleo, mo, django_assert_num_queries):
    for account in (ada, ben, cleo):
        leaves.written[account.pk] = (account, "words")
        services.hold("leaf", account.pk)
    report(ben, ada.pk)
    report(ada, cleo.pk)

    # Who blocked this moderator, twice, then holds and reports.
    with keys_open(), django_assert_num_queries(4), django_assert_num_queries(1, using="keys"):
        selectors.queue_for(mo, show="")


def test_why_somebody_reported_lies_sealed_and_a_broken_seal_does_not_close_the_queue(leaf, ada, ben, mo):
    filed = report(ben, leaf, why=Why.SELF_HARM)
    stored = bytes(Report.objects.get().__dict__["why"])
    Report.objects.filter(pk=filed.pk).update(why=stored[:-1] + bytes([stored[-1] ^ 1]))

    (line,) = selectors.queue_for(mo, show="").lines

    assert b"harm" not in stored
    assert (line.whys, line.is_urgent) == (("Something else",), False)
