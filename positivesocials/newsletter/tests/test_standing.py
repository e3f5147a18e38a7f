"""No letter leads to a guide that nobody can open: written, scheduled, on its way, or read later."""

import pytest

from positivesocials.articles import cards
from positivesocials.articles.models import NewsPage
from positivesocials.articles.publishing import NEEDED
from positivesocials.articles.tests.factories import make_guide
from positivesocials.claims import services as claims
from positivesocials.claims.loading import load_claims
from positivesocials.claims.models import Claim
from positivesocials.core.refusals import NotThere
from positivesocials.newsletter import issues, rendering, selectors, sending
from positivesocials.newsletter.models import IssueState

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    load_claims()
    return make_guide(title="Marigold", slug="marigold", kind="condition", about="hiv")


@pytest.fixture
def letter(make_issue, guide):
    issue = make_issue()
    issues.add_item(issue, cards.key_of(guide))
    issue.refresh_from_db()
    return issue


@pytest.fixture
def take_ground(edda):
    def take():
        for claim in Claim.objects.filter(subject="hiv", topic__in=NEEDED).exclude(state="withdrawn"):
            claims.withdraw(edda, claim.pk, version=claim.version, reason="Not so.")

    return take


def test_a_guide_whose_facts_were_withdrawn_is_offered_to_no_letter(make_issue, guide, take_ground):
    issue = make_issue()
    key = cards.key_of(guide)
    assert key in [card.key for card in selectors.desk(issue).offers]

    take_ground()

    assert key not in [card.key for card in selectors.desk(issue).offers]
    with pytest.raises(NotThere):
        issues.add_item(issue, key)


def test_a_letter_that_is_being_written_says_so_and_leaves_it_out(
    letter, guide, take_ground, signed_in, edda
):
    assert guide.path_here in rendering.written(letter).html

    take_ground()

    assert guide.path_here not in rendering.written(letter).html
    page = signed_in(edda).get(f"/letters/{letter.pk}/").content.decode()
    assert "Not published any more: it will not be sent" in page
    assert guide.path_here not in page
    sending.begin(letter)
    assert guide.title not in [entry.title for entry in selectors.entries_of(letter)]


def test_of_a_letter_on_its_way_those_who_come_later_get_it_without(
    letter, guide, take_ground, sink, make_reader, monkeypatch
):
    make_reader("ann")
    make_reader("bob")
    sending.begin(letter)
    letter.refresh_from_db()
    sending.list_readers(letter)
    monkeypatch.setattr(sending, "BATCH", 1)
    sending.send_batch(letter, rendering.written(letter))

    take_ground()
    sending.carry_on(letter)

    first, second = (str(mail) for mail in sink.mails)
    assert (guide.title in first, guide.title in second) == (True, False)


def test_a_letter_on_its_way_with_nothing_left_in_it_waits(letter, guide, take_ground, sink, make_reader):
    make_reader("ann")
    type(letter).objects.filter(pk=letter.pk).update(intro="")
    sending.begin(letter)
    NewsPage.objects.all().update(live=False)
    take_ground()

    sending.carry_on(letter)

    letter.refresh_from_db()
    assert (letter.state, sink.mails) == (IssueState.SENDING, [])


def test_the_page_of_a_past_letter_links_only_to_what_can_be_opened(client, letter, guide, take_ground):
    sending.begin(letter)
    sending.finish(letter, IssueState.SENT)
    path = f"/newsletter/{letter.pk}/"
    assert f'href="{guide.path_here}"' in client.get(path).content.decode()

    take_ground()

    page = client.get(path).content.decode()
    assert f'href="{guide.path_here}"' not in page
    assert "Not here to read at the moment." in page
