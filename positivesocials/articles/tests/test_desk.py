from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.articles import services
from positivesocials.articles.models import NewsIndex, NewsPage, NewsPicture
from positivesocials.articles.tests.factories import make_news

CLOSED = [
    "users/",
    "users/new/",
    "groups/",
    "groups/new/",
    "login/",
    "password_reset/",
    "collections/",
    "workflows/list/",
    "workflows/tasks/index/",
    "reports/workflow/",
    "test404/",
    "failwhale/",
    "images/",
    "api/main/images/",
    "api/main/documents/",
]


@pytest.fixture
def news(db):
    return make_news(title="A headline")


@pytest.fixture
def desk(edda, signed_in):
    return signed_in(edda)


def test_editors_and_operators_come_in(news, edda, olu, signed_in):
    for account in (edda, olu):
        assert signed_in(account).get("/desk/").status_code == 200


@pytest.mark.parametrize("path", ["", "pages/", "categories/", "sprite/", "jsi18n/", "nothing/", "login/"])
def test_for_members_and_moderators_the_desk_is_not_there(news, ada, mo, signed_in, path):
    for account in (ada, mo):
        assert signed_in(account).get(f"/desk/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "pages/1/", "login/", "nothing/", "users/", "sprite/"])
def test_guests_are_sent_to_log_in_whatever_the_address(client, db, path):
    response = client.get(f"/desk/{path}")

    assert response.status_code == 302
    assert "next=" in response["Location"]


@pytest.mark.parametrize("path", CLOSED)
def test_what_knows_accounts_or_mails_them_is_closed_even_to_editors(news, desk, path):
    assert desk.get(f"/desk/{path}").status_code == 404


def test_an_editor_who_is_none_any_more_is_out_at_once(news, edda, desk):
    assert desk.get("/desk/").status_code == 200
    type(edda).objects.update(role="member")

    assert desk.get("/desk/").status_code == 404


def test_the_desk_has_a_policy_of_its_own_and_no_other_page_has_it(news, desk):
    at_desk = desk.get("/desk/")["Content-Security-Policy"]
    outside = desk.get("/news/")["Content-Security-Policy"]

    assert "'unsafe-inline'" in at_desk
    assert "frame-ancestors 'self'" in at_desk
    assert "unsafe" not in outside


def test_no_page_of_the_desk_is_kept_by_the_browser(news, desk):
    assert "no-store" in desk.get("/desk/")["Cache-Control"]


def test_an_editor_publishes_news(news, desk, client):
    index = NewsIndex.objects.get()
    form = {
        "title": "Made at the desk",
        "slug": "made-at-the-desk",
        "category": str(news.category_id),
        "standfirst": "Why.",
        "body": '{"blocks":[{"key":"a","text":"What happened.","type":"unstyled","depth":0,'
        '"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}',
        "byline": "",
        "source_line": "",
        "published_on": "2026-11-20",
        "takes_replies": "on",
        "action-publish": "1",
    }

    response = desk.post(f"/desk/pages/add/articles/newspage/{index.pk}/", form)

    assert response.status_code == 302
    page = client.get("/news/made-at-the-desk/").content.decode()
    assert "What happened." in page


def test_what_is_scheduled_is_published_when_due(news, client):
    news.unpublish()
    news.go_live_at = timezone.now() - timedelta(minutes=1)
    news.save_revision(approved_go_live_at=news.go_live_at)

    services.publish_what_is_due()

    assert client.get(news.path_here).status_code == 200


def test_previews_show_the_article_without_its_replies(news, desk):
    response = desk.get(f"/desk/pages/{news.pk}/view_draft/")

    page = response.content.decode()
    assert "A headline" in page
    assert "Leave a Reply" not in page
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_who_joined_without_an_address_stands_in_the_history_too(news, desk, edda):
    type(edda).objects.filter(pk=edda.pk).update(handle=None)
    edda.refresh_from_db()
    news.save_revision(user=edda, log_action=True)

    assert desk.get(f"/desk/pages/{news.pk}/history/").status_code == 200


def test_the_desk_shows_a_persona_and_never_the_handle(news, desk, edda):
    news.save_revision(user=edda, log_action=True)

    for path in ["", f"pages/{news.pk}/history/", "reports/site-history/"]:
        page = desk.get(f"/desk/{path}").content.decode()
        assert edda.handle not in page
        assert "Edda" in page


def test_the_desk_loads_nothing_from_elsewhere(news, desk):
    page = desk.get(f"/desk/pages/{news.pk}/edit/").content.decode()

    assert 'src="http' not in page
    assert "gravatar" not in page


def test_logging_out_at_the_desk_is_the_sites_own_log_out(news, desk):
    response = desk.post("/desk/logout/")

    assert response.status_code == 307
    assert "desk" not in response["Location"]


def test_categories_are_kept_at_the_desk(news, desk):
    response = desk.post("/desk/categories/new/", {"name": "Harbour", "slug": "harbour"})

    assert response.status_code == 302
    assert NewsPage._meta.get_field("category").related_model.objects.filter(slug="harbour").exists()


def test_the_address_of_the_feed_cannot_be_taken(news):
    news.slug = "feed"

    with pytest.raises(Exception, match="taken by a page"):
        news.full_clean()


def test_erasing_an_editor_keeps_what_they_published(news, edda):
    news.owner = edda
    news.save()
    news.save_revision(user=edda)

    edda.delete()

    news.refresh_from_db()
    assert news.owner is None
    assert news.revisions.count() == 1


@pytest.mark.parametrize("alt", ["", "   "])
def test_a_picture_below_news_keeps_its_words(news, desk, alt):
    drawn = {"data": b"RIFF", "width": 4, "height": 3}
    picture = NewsPicture.objects.create(news=news, alt="The door in the evening", **drawn)
    form = f"/desk/pictures/edit/{picture.pk}/"

    page = desk.post(form, {"alt": alt}).content.decode()

    assert "This field is required." in page
    picture.refresh_from_db()
    assert picture.alt == "The door in the evening"
    desk.post(form, {"alt": "The door at night"})
    picture.refresh_from_db()
    assert picture.alt == "The door at night"
