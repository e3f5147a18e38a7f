import pytest

from positivesocials.moderation import services as moderation
from positivesocials.replies import selectors, services
from positivesocials.replies.models import Reply
from positivesocials.replies.tests.test_services import write, write_as_guest
from positivesocials.vault.services import keys_open


@pytest.fixture
def thread(db):
    return services.open_thread()


def texts(thread, viewer, **more):
    tree = selectors.tree(thread, viewer, **more)
    return [node.text and node.text.strip() for node in selectors.walk(tree.nodes)]


def test_a_held_reply_is_seen_by_its_writer_alone(ada, ben, mo, thread):
    write(ada, thread, text="first")

    assert texts(thread, ada) == ['<p dir="auto">first</p>']
    assert texts(thread, ben) == texts(thread, None) == texts(thread, mo) == []


def test_of_what_nobody_else_ever_read_no_line_stays(ada, ben, thread):
    refused, taken_back = (write(ada, thread, key=key) for key in ("k1", "k2"))
    services.remove(refused.pk)
    services.erase(ada, taken_back.pk)
    assert texts(thread, ben) == texts(thread, None) == []
    assert len(texts(thread, ada)) == 2

    services.approve(write(ada, thread, key="k3").pk)
    services.remove(Reply.objects.get(client_key="k3").pk)
    assert texts(thread, ben) == [None]


def test_a_guest_sees_their_own_held_reply(thread):
    written = write_as_guest(thread, text="mine")

    assert texts(thread, None) == []
    assert texts(thread, None, own_ids=frozenset({written.pk})) == ['<p dir="auto">mine</p>']


def test_blocked_people_are_left_out_both_ways_and_answers_move_up(ada, ben, dora, thread):
    moderation.trust([ada.pk, ben.pk, dora.pk])
    top = write(ben, thread, text="top")
    middle = write(dora, thread, text="middle", key="k2", parent_id=top.pk)
    write(ben, thread, text="below", key="k3", parent_id=middle.pk)

    for_ada = selectors.tree(thread, ada)

    assert [node.text for node in for_ada.nodes[0].children] == ['<p dir="auto">below</p>\n']
    assert for_ada.count == 2
    assert selectors.tree(thread, ben).count == 3


def test_below_four_levels_answers_stay_on_one(ada, thread):
    moderation.trust([ada.pk])
    parent = None
    for step in range(8):
        parent = write(ada, thread, text=str(step), key=f"k{step}", parent_id=parent and parent.pk)

    level = selectors.tree(thread, None).nodes
    for _ in range(3):
        assert len(level) == 1
        level = level[0].children

    assert len(level) == 5
    assert [bool(node.answers) for node in level] == [False, True, True, True, True]


def test_of_a_chain_of_a_thousand_the_beginning_is_shown(ada, thread):
    first = write(ada, thread)
    parent = first
    rows = []
    for step in range(1500):
        row = Reply(
            thread=thread, parent_id=parent.pk, author=ada, persona=first.persona, state="public",
            key_kind=first.key_kind, key_id=first.key_id, client_key=f"c{step}",
        )  # fmt: skip
        rows.append(row)
        parent = row
    Reply.objects.bulk_create(rows)

    tree = selectors.tree(thread, ada)
    (top,) = tree.nodes
    assert (len(list(selectors.walk(tree.nodes))), top.more, tree.count) == (51, 1450, 1500)
    assert tree.sheet.pages == 1


def test_a_moderators_reason_is_read_by_the_author_alone(ada, ben, mo, thread):
    written = write(ada, thread, text="rude")
    services.approve(written.pk)
    moderation.remove(mo, kind="reply", item_id=written.pk, reason="Rule 2.")

    (own,) = selectors.tree(thread, ada).nodes
    (others,) = selectors.tree(thread, ben).nodes

    assert (own.reason, own.is_readable) == ("Rule 2.", True)
    assert (others.reason, others.text, others.name, others.is_removed) == ("", None, "", True)


def test_a_thread_costs_the_same_whatever_its_size(ada, ben, thread, django_assert_num_queries):
    moderation.trust([ada.pk, ben.pk])
    for step in range(12):
        write(ben if step % 2 else ada, thread, key=f"k{step}")

    with keys_open(), django_assert_num_queries(4), django_assert_num_queries(1, using="keys"):
        selectors.tree(thread, ada)
