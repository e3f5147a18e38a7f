from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from positivesocials.core.refusals import NotThere
from positivesocials.safety import access, registry, selectors
from positivesocials.safety import services as safety
from positivesocials.safety.models import Block
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


@dataclass(frozen=True)
class Face:
    shown_name: str
    author_ids: tuple[UUID, ...]


class Notes(dict[UUID, Face]):
    """A kind of thing with someone behind it, readable by everyone but those whom a block hides."""

    def evidence_for(self, reporter, item_id):
        if item_id not in self or set(self[item_id].author_ids) & selectors.hidden_from(reporter):
            raise NotThere
        return self[item_id]


@pytest.fixture
def notes():
    notes = Notes()
    registry.register("note", notes)
    yield notes
    registry._kinds.pop("note")


@pytest.fixture
def note(notes, ben):
    """Something Ben wrote as Quiet Heron."""
    item_id = uuid4()
    notes[item_id] = Face("Quiet Heron", (ben.pk,))
    return item_id


def address(item_id):
    return reverse("safety:block-item", args=["note", item_id])


def text_of(response):
    return response.content.decode()


def test_a_block_hides_both_from_each_other(ada, ben):
    safety.block(ada, [ben.pk])

    assert selectors.hidden_from(ada) == {ben.pk}
    assert selectors.hidden_from(ben) == {ada.pk}
    assert not access.may_meet([ben.pk], [ada.pk])


def test_nobody_blocks_themselves(ada, ben):
    safety.block(ada, [ada.pk, ben.pk])

    assert Block.objects.get().blocked_id == ben.pk


def test_blocking_twice_is_one_block_and_keeps_the_first_name(ada, ben):
    safety.block(ada, [ben.pk], shown_as="Quiet Heron")
    safety.block(ada, [ben.pk], shown_as="Ben")

    assert [entry.shown_as for entry in selectors.blocks_of(ada)] == ["Quiet Heron"]


def test_a_couple_is_blocked_listed_and_lifted_as_one(ada, eli, fern):
    safety.block(ada, [eli.pk, fern.pk], shown_as="Eli & Fern")

    (entry,) = selectors.blocks_of(ada)
    assert selectors.hidden_from(ada) == {eli.pk, fern.pk}
    safety.unblock_together(ada, entry.together)
    assert selectors.hidden_from(ada) == set()


def test_nobody_lifts_the_block_of_another(ada, ben):
    safety.block(ada, [ben.pk])
    (entry,) = selectors.blocks_of(ada)

    safety.unblock_together(ben, entry.together)

    assert selectors.hidden_from(ada) == {ben.pk}


def test_the_name_is_sealed_under_the_blockers_key(ada, ben):
    safety.block(ada, [ben.pk], shown_as="Quiet Heron")

    vault.shred(KeyOwner("accounts.Account", ada.pk))

    assert [entry.shown_as for entry in selectors.blocks_of(ada)] == [""]


def test_the_page_asks_first_and_says_what_happens(ada, note, signed_in):
    shown = text_of(signed_in(ada).get(address(note)))

    assert "<bdi>Quiet Heron</bdi>" in shown
    assert "Nobody is told." in shown
    assert not Block.objects.exists()


def test_blocking_an_alias_never_shows_whose_it_is(ada, ben, note, signed_in):
    client = signed_in(ada)

    asked = text_of(client.get(address(note)))
    done = text_of(client.post(address(note), follow=True))

    assert selectors.hidden_from(ada) == {ben.pk}
    for shown in (asked, done):
        assert "Quiet Heron" in shown
        assert "Ben" not in shown
        assert str(ben.pk) not in shown


def test_what_is_absent_hidden_unknown_or_ones_own_is_not_there(ada, ben, note, signed_in):
    safety.block(ben, [ada.pk])
    hers, unknown = signed_in(ada), reverse("safety:block-item", args=["unheard-of", note])

    answers = [
        hers.get(address(note)),
        hers.post(address(note)),
        hers.get(address(uuid4())),
        hers.get(unknown),
    ]
    answers.append(signed_in(ben).get(address(note)))

    assert [answer.status_code for answer in answers] == [404] * 5


def test_the_list_lifts_a_block(ada, ben, note, signed_in):
    client = signed_in(ada)
    client.post(address(note))
    (entry,) = selectors.blocks_of(ada)

    shown = text_of(client.post(reverse("safety:lift-block", args=[entry.together]), follow=True))

    assert selectors.hidden_from(ada) == set()
    assert "Nobody. You can block someone" in shown


def test_who_was_blocked_learns_nothing_on_their_own_list(ada, ben, signed_in):
    safety.block(ada, [ben.pk], shown_as="Ben")

    assert "Nobody. You can block someone" in text_of(signed_in(ben).get(reverse("safety:list-blocks")))


def test_more_blocks_need_no_more_queries(ada, ben, cleo, eli, signed_in, django_assert_max_num_queries):
    for other in (ben, cleo, eli):
        safety.block(ada, [other.pk], shown_as="Someone")

    with django_assert_max_num_queries(1, using="keys"):
        signed_in(ada).get(reverse("safety:list-blocks"))


def test_a_reaction_that_fails_undoes_the_block(ada, ben, monkeypatch):
    def fail(blocker, account_ids):
        raise RuntimeError

    monkeypatch.setattr(registry, "_on_block", [fail])

    with pytest.raises(RuntimeError):
        safety.block(ada, [ben.pk])

    assert not Block.objects.exists()
