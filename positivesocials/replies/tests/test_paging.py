"""A long thread comes in pages: each reply has one place, and what is written later moves none of them."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positivesocials.moderation import services as moderation
from positivesocials.replies import homes, paging, selectors, services
from positivesocials.replies.models import Reply, State
from positivesocials.replies.paging import BRANCH, MOST, PAGE, Asked, Line, Place, Plan
from positivesocials.replies.tests.long import fill
from positivesocials.replies.tests.test_services import write
from positivesocials.vault.services import keys_open

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def thread(db):
    return services.open_thread()


def line(number, parent=None):
    parent_id = None if parent is None else UUID(int=parent + 1)
    at = BEGAN + timedelta(minutes=number)
    return Line(UUID(int=number + 1), parent_id, None, None, State.PUBLIC, at, at)


def planned(lines):
    return Plan(lines, {each.pk: each.parent_id for each in lines})


def sheets(plan):
    """Every page of a thread, and every page of its long branches."""
    found = [plan.sheet(Asked(Place(number + 1))) for number in range(max(1, len(plan.pages)))]
    for top in [top for sheet in found for top in sheet.more]:
        first = plan.sheet(Asked(Place(1, top)))
        found += [first, *(plan.sheet(Asked(Place(page, top))) for page in range(2, first.pages + 1))]
    return found


@dataclass(frozen=True)
class Grown:
    """A thread in which this share of the replies answer one of so many before them."""

    size: int
    share: float
    reach: int
    seed: int

    def lines(self):
        choices = random.Random(self.seed)
        numbers = range(self.size)
        answered = [
            choices.randrange(max(0, number - self.reach), number)
            if number and choices.random() < self.share
            else None
            for number in numbers
        ]
        return [line(*each) for each in zip(numbers, answered, strict=True)]


# Many branches or few, deep or broad.
grown = st.builds(
    Grown,
    size=st.integers(0, 400),
    share=st.sampled_from([0, 0.1, 0.5, 0.97]),
    reach=st.sampled_from([1, 20, 400]),
    seed=st.integers(0, 2**32),
)


@settings(deadline=None)
@given(grown)
def test_every_reply_stands_where_its_address_leads_and_no_page_has_one_twice(thread):
    lines = thread.lines()
    plan = planned(lines)
    pages = sheets(plan)

    assert len({sheet.place for sheet in pages}) == len(pages)
    assert frozenset().union(*(sheet.ids for sheet in pages)) == {each.pk for each in lines}
    of_thread = [pk for sheet in pages if sheet.place.branch is None for pk in sheet.ids]
    assert len(of_thread) == len(set(of_thread))
    for each in lines:
        sheet = plan.sheet(Asked(reply=each.pk))
        assert each.pk in sheet.ids
        assert sheet.place == plan.place_of(each.pk)
    for sheet in pages:
        if sheet.place.branch is not None:
            others = [each.ids for each in pages if each.place.branch == sheet.place.branch]
            assert (
                sum(len(ids - {sheet.place.branch}) for ids in others)
                == len(plan.branches[sheet.place.branch]) - 1
            )


@settings(deadline=None)
@given(grown)
def test_no_page_is_long_and_what_it_leaves_out_is_counted(thread):
    lines = thread.lines()
    plan = planned(lines)

    for sheet in sheets(plan):
        assert len(sheet.ids) <= MOST
        assert sheet.place.branch is None or len(sheet.ids) <= BRANCH
    of_thread = [sheet for sheet in sheets(plan) if sheet.place.branch is None]
    left_out = sum(more.count for sheet in of_thread for more in sheet.more.values())
    assert sum(len(sheet.ids) for sheet in of_thread) + left_out == len(lines)


@settings(deadline=None)
@given(grown, st.integers(0, 60))
def test_what_is_written_later_moves_nothing_to_another_page(thread, count):
    lines = thread.lines()
    before, after = planned(lines[: max(0, len(lines) - count)]), planned(lines)

    for number, page in enumerate(before.pages):
        assert after.pages[number][: len(page)] == page
    for branch, ids in before.branches.items():
        assert after.branches[branch][: len(ids)] == ids
        assert after.page_with(after.place_of(branch)) == before.page_with(before.place_of(branch))


@settings(deadline=None)
@given(grown)
def test_a_branch_is_cut_only_where_it_or_its_page_grew_long(thread):
    lines = thread.lines()
    plan = planned(lines)

    for number, tops in enumerate(plan.pages):
        sheet = plan.sheet(Asked(Place(number + 1)))
        if sum(len(plan.branches[top]) for top in tops) <= MOST:
            assert set(sheet.more) == {top for top in tops if len(plan.branches[top]) > BRANCH}


def test_a_page_takes_fifty_and_the_next_branch_begins_another():
    plan = planned([line(number) for number in range(2 * PAGE + 1)])

    assert [len(page) for page in plan.pages] == [PAGE, PAGE, 1]


def test_a_long_branch_goes_on_where_its_page_leaves_off():
    plan = planned([line(0), *(line(number, 0) for number in range(1, 121)), line(121)])

    ((top, more),) = plan.sheet(Asked()).more.items()
    assert (more.count, plan.place_of(more.first)) == (70, Place(2, top))
    assert plan.sheet(Asked(reply=more.first)).pages == 3


def test_what_stands_whole_on_a_page_has_no_address_of_its_own():
    plan = planned([line(0), line(1, 0)])

    assert plan.sheet(Asked(Place(3, UUID(int=1)))).place == Place()


@pytest.mark.parametrize("query", [{"page": "9" * 5000}, {"page": "-1"}, {"branch": "x"}, {"reply": "{}"}])
def test_an_address_that_says_nothing_leads_to_some_page(query):
    plan = planned([line(number) for number in range(3)])

    assert plan.sheet(paging.asked(query)).place == Place()


SHAPES = {
    "flat": lambda number: None,
    "one branch": lambda number: 0 if number else None,
    "a chain": lambda number: number - 1 if number else None,
    "a few in each": lambda number: number // 3 if number % 3 else None,
    "late answers": lambda number: number % 50 if number >= 50 else None,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_of_two_thousand_opens_no_more_than_it_shows(ada, thread, caplog, shape):
    moderation.trust([ada.pk])
    rows = fill(ada, thread, [SHAPES[shape](number) for number in range(2000)])
    # What cannot be opened is logged when somebody tries.
    Reply.objects.update(text=b"broken")

    for reply in (rows[0], rows[1000], rows[-1]):
        caplog.clear()
        around = selectors.Around(has_names=True)
        tree = selectors.tree(thread, ada, around=around, asked=Asked(reply=reply.pk))
        shown = [node.id for node in selectors.walk(tree.nodes)]

        tried = sum("replies.Reply.text" in record.message for record in caplog.records)
        assert reply.pk in shown
        assert len(shown) == len(set(shown)) <= MOST
        # What is quoted from another page is a text too.
        assert len(shown) <= tried <= MOST + 1
        assert tree.count == 2000


def test_a_page_costs_the_same_for_ten_and_for_a_thousand(ada, thread, django_assert_num_queries):
    moderation.trust([ada.pk])
    fill(ada, thread, [None] * 10)
    around = selectors.Around(has_names=True)
    for _round in range(2):
        with keys_open(), django_assert_num_queries(5), django_assert_num_queries(1, using="keys"):
            selectors.tree(thread, ada, around=around)
        Reply.objects.all().delete()
        fill(ada, thread, [SHAPES["a few in each"](number) for number in range(1000)])


def test_a_page_leads_to_the_first_new_one_and_from_there_to_the_next(ada, ben, thread):
    moderation.trust([ada.pk, ben.pk])
    rows = fill(ada, thread, [None] * 160)
    around = selectors.Around(seen_at=rows[70].written_at)

    tree = selectors.tree(thread, ben, around=around)
    assert (tree.sheet.place, tree.mark, tree.first_new) == (Place(1), None, Place(2))
    tree = selectors.tree(thread, ben, around=around, asked=Asked(Place(2)))
    assert (tree.mark, tree.has_first_new, tree.next_new) == (rows[71].pk, True, Place(3))
    assert selectors.tree(thread, ben, around=around, asked=Asked(Place(4))).next_new is None


def test_answers_of_a_long_branch_say_to_whom_where_that_is_on_another_page(ada, thread):
    moderation.trust([ada.pk])
    rows = fill(ada, thread, [SHAPES["one branch"](number) for number in range(80)] + [3])

    (top,) = selectors.tree(thread, ada, asked=Asked(reply=rows[-1].pk)).nodes
    late = top.children[-1]

    assert (top.id, late.id, late.answers) == (rows[0].pk, rows[-1].pk, "Ada")
    assert late.quote
    assert late.quote.elsewhere == f"?reply={rows[3].pk}"
    assert top.children[-2].answers == ""


def test_a_blocked_persons_replies_take_no_room_on_a_page(ada, ben, dora, thread):
    moderation.trust([ada.pk, dora.pk])
    fill(dora, thread, [None] * 60)
    own = [write(ada, thread, text=str(number), key=f"a{number}") for number in range(3)]

    tree = selectors.tree(thread, ada)

    assert {node.id for node in tree.nodes} == {row.pk for row in own}
    assert not tree.sheet.is_one_of_many


def test_a_link_to_a_reply_names_no_page():
    assert homes.link_to("/x/", UUID(int=1)).startswith("/x/?reply=00000000-")
