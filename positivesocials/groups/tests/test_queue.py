from uuid import uuid4

import pytest

from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Hold, Report
from positivesocials.safety import selectors as safety


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def held(ada, welcome):
    """Ada's first post, under an alias."""
    return groups.write_post_as_alias(
        ada, welcome, alias="Quiet Heron", salt="0" * 16, title="", text="shy words", client_key="k1"
    )


@pytest.fixture
def public(ada, held, mo):
    moderation.approve(mo, kind="post", item_id=held.pk)
    return held


def test_the_queue_is_there_for_moderators_alone(ada, edda, mo, olu, client, signed_in, held):
    pages = ["/queue/", f"/queue/post/{held.pk}/"]

    for page in pages:
        assert [signed_in(who).get(page).status_code for who in (ada, edda)] == [404, 404]
        assert [signed_in(who).get(page).status_code for who in (mo, olu)] == [200, 200]
        assert client.get(page).status_code == 302
    assert signed_in(ada).post(f"{pages[1]}approve/").status_code == 404


def test_a_moderator_reads_and_publishes_without_seeing_the_account(ada, mo, client, signed_in, held):
    page = signed_in(mo).get(f"/queue/post/{held.pk}/").text
    assert "shy words" in page
    assert "Quiet Heron" in page
    assert [leak for leak in ("Ada", "ada@example.org", str(ada.pk)) if leak in page] == []

    signed_in(mo).post(f"/queue/post/{held.pk}/approve/")

    assert "shy words" in client.get("/groups/welcome/").text


def test_removing_needs_a_reason_that_the_author_reads(ada, ben, mo, signed_in, public):
    case = f"/queue/post/{public.pk}/"
    signed_in(ben).post(f"/report/post/{public.pk}/", {"why": "naming", "note": "Names my street"})
    browser = signed_in(mo)

    assert "Names my street" in browser.get(case).text
    assert "Fill in" in browser.post(f"{case}remove/", {"reason": ""}).text
    browser.post(f"{case}remove/", {"reason": "Rule 4: name nobody."})

    page = f"/groups/welcome/{public.pk}/"
    assert "Rule 4: name nobody." in signed_in(ada).get(page).text
    for_ben = signed_in(ben).get(page).text
    assert "removed by a moderator" in for_ben
    assert [leak for leak in ("Rule 4", "shy words", "Quiet Heron") if leak in for_ben] == []
    assert browser.get(case).status_code == 404


def test_reporting_takes_two_steps_and_offers_a_block(ada, ben, signed_in, public):
    browser = signed_in(ben)
    page = f"/report/post/{public.pk}/"

    assert "shy words" in browser.get(page).text
    thanks = browser.post(page, {"why": "hate"}, follow=True)
    assert "Thank you" in thanks.text
    assert str(ada.pk) not in thanks.text

    browser.post(f"{page}block/")
    assert ada.pk in safety.hidden_from(ben)
    assert browser.get(f"/groups/welcome/{public.pk}/").status_code == 404


def test_a_report_says_why(ben, signed_in, public):
    response = signed_in(ben).post(f"/report/post/{public.pk}/", {"note": "kept words"})

    assert "Choose what is wrong" in response.text
    assert "kept words" in response.text
    assert not Report.objects.exists()


def test_what_one_cannot_see_one_cannot_report(ben, dora, signed_in, held, public):
    pages = [f"/report/post/{uuid4()}/", f"/report/nonsense/{public.pk}/"]

    assert [signed_in(ben).get(page).status_code for page in pages] == [404, 404]
    assert signed_in(dora).get(f"/report/post/{public.pk}/").status_code == 404


def test_a_guest_learns_whom_to_write_to_whatever_the_id(client, public):
    pages = [client.get(f"/report/post/{pk}/") for pk in (public.pk, uuid4())]

    assert [page.status_code for page in pages] == [200, 200]
    bodies = [page.text.replace(page.request["PATH_INFO"], "") for page in pages]
    assert bodies[0] == bodies[1]


def test_only_so_many_reports_an_hour(ben, signed_in, public):
    browser = signed_in(ben)
    answers = [browser.post(f"/report/post/{public.pk}/", {"why": "spam"}).status_code for _ in range(21)]

    assert answers == [302] * 20 + [429]


def test_taking_a_held_post_back_empties_the_queue(ada, mo, signed_in, held):
    signed_in(ada).post(f"/groups/welcome/{held.pk}/erase/")

    assert "Nothing waits" in signed_in(mo).get("/queue/").text
    assert not Hold.objects.exists()
