import pytest

from positivesocials.notifications import notices
from positivesocials.notifications.models import Notice

pytestmark = pytest.mark.django_db


def test_the_empty_page_is_warm(ada, signed_in):
    page = signed_in(ada).get("/notices/").text

    assert "Nothing yet." in page
    assert "Mark all as seen" not in page


def test_a_notice_says_that_and_never_who(ada, ben, write, signed_in):
    write(ben)

    page = signed_in(ada).get("/notices/").text

    assert "A new message" in page
    assert "Ben" not in page


def test_a_notice_opens_what_it_is_about_and_is_seen(ada, ben, talk, write, told, signed_in):
    write(ben)

    answer = signed_in(ada).post(f"/notices/{Notice.objects.get().pk}/open/")

    assert answer.url == f"/conversations/{talk.pk}/"
    assert told(ada) == []


def test_all_are_marked_as_seen_at_once(ada, ben, write, told, signed_in):
    write(ben)
    notices.notify([ada.pk], "ways")

    signed_in(ada).post("/notices/seen/")

    assert told(ada) == []


def test_nobody_opens_the_notice_of_somebody_else(ada, ben, cleo, write, told, signed_in):
    write(ben)

    answer = signed_in(cleo).post(f"/notices/{Notice.objects.get().pk}/open/")

    assert answer.status_code == 404
    assert told(ada) == ["message"]


def test_every_page_counts_what_is_new_beside_the_bell(ada, ben, write, signed_in):
    write(ben)

    browser = signed_in(ada)

    assert "1 new" in browser.get("/home/").text
    assert "1 new" in browser.get("/notices/count/").text


def test_a_kind_that_is_not_known_any_more_is_left_out(ada, signed_in):
    notices.notify([ada.pk], "long-gone")

    answer = signed_in(ada).get("/notices/")

    assert "Nothing yet." in answer.text


@pytest.mark.parametrize("many", [1, 60])
def test_the_page_asks_as_little_for_many_as_for_few(
    many, ada, signed_in, django_assert_max_num_queries, uuids
):
    for target in uuids(many):
        notices.notify([ada.pk], "message", target=target)
    browser = signed_in(ada)

    with django_assert_max_num_queries(9):
        browser.get("/notices/")


@pytest.fixture
def uuids():
    from uuid import uuid4

    return lambda many: [uuid4() for _ in range(many)]
