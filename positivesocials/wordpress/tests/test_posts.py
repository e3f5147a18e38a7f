from datetime import UTC, date, timedelta

import pytest
import time_machine
from django.utils import timezone

from positivesocials.articles import services as articles
from positivesocials.articles.filing_models import Tag
from positivesocials.articles.models import NewsPage
from positivesocials.wordpress import services
from positivesocials.wordpress.tests.exports import comment, export, post, term


def test_a_post_becomes_news_with_its_date_byline_category_tags_and_address(brought_in):
    terms = term("category", "Town") + term("category", "Nights") + term("post_tag", "Evening hours")
    report = brought_in(export(post(7, terms=terms)))

    news = NewsPage.objects.get()
    assert (report["posts"], report["left_out"]) == (1, [])
    assert (news.title, news.slug, news.byline) == ("Post 7", "post-7", "Sam of the desk")
    assert (news.published_on, news.live, news.category.name) == (date(2021, 5, 4), True, "Town")
    assert sorted(tag.name for tag in news.tags.all()) == ["Evening hours", "Nights"]
    assert news.source_line == "First published at old.example.org."
    assert news.body == "<p>The first.</p>\n<p>The second.</p>"


def test_the_address_of_an_author_is_kept_nowhere(brought_in, client):
    brought_in(export(post(1, title="x").replace("<dc:creator>sam", "<dc:creator>sam@example.org")))

    assert NewsPage.objects.get().byline == ""


@pytest.mark.parametrize("status", ["draft", "pending", "private", "anything"])
def test_what_was_not_public_comes_in_as_a_draft(brought_in, status):
    brought_in(export(post(1, status=status)))

    assert not NewsPage.objects.get().live


def test_a_post_behind_a_password_comes_in_as_a_draft_and_is_named(brought_in):
    report = brought_in(export(post(1, post_password="hunter2")))

    assert not NewsPage.objects.get().live
    assert "password" in report["left_out"][0]["what"]
    assert "hunter2" not in str(report)


def test_what_was_thrown_away_stays_away(brought_in):
    report = brought_in(export(post(1, status="trash"), post(2)))

    assert NewsPage.objects.count() == 1
    assert report["left_out"][0]["line"] == 9


def test_a_scheduled_post_goes_live_at_its_hour(brought_in):
    to_come = (timezone.now() + timedelta(days=2)).astimezone(UTC)
    brought_in(export(post(1, status="future", post_date_gmt=to_come.strftime("%Y-%m-%d %H:%M:%S"))))
    news = NewsPage.objects.get()

    assert (news.live, news.go_live_at) == (False, to_come.replace(microsecond=0))
    with time_machine.travel(to_come + timedelta(minutes=1)):
        articles.publish_what_is_due()
    assert NewsPage.objects.get().live


def test_a_scheduled_post_whose_hour_has_passed_is_published(brought_in):
    brought_in(export(post(1, status="future")))

    assert NewsPage.objects.get().live


def test_a_page_becomes_a_draft_for_editors_to_place(brought_in):
    report = brought_in(export(post(1, post_type="page")))

    assert (report["posts"], report["pages"]) == (0, 1)
    assert not NewsPage.objects.get().live


def test_a_sticky_post_stays_on_top(brought_in, client):
    brought_in(export(post(1, is_sticky=1), post(2, post_date_gmt="2022-01-01 00:00:00")))

    page = client.get("/news/").content.decode()
    assert page.index("/news/post-1/") < page.index("/news/post-2/")


def test_an_excerpt_becomes_the_standfirst(brought_in):
    with_excerpt = post(1).replace(
        "</item>", "<excerpt:encoded>In &lt;b>short&lt;/b>.</excerpt:encoded></item>"
    )
    brought_in(export(with_excerpt))

    assert NewsPage.objects.get().standfirst == "In short."


def test_a_post_of_pictures_only_comes_in_as_a_draft_that_says_so(brought_in):
    report = brought_in(export(post(1, '<img src="https://old.example.org/a.jpg">')))

    assert not NewsPage.objects.get().live
    assert [row["what"] for row in report["left_out"]] == [
        "the picture https://old.example.org/a.jpg: “Post 1”",
        "Post 1",
    ]


def test_two_posts_with_one_address_both_come_in(brought_in):
    brought_in(export(post(1, post_name="same"), post(2, post_name="same"), post(3, post_name="tagged")))

    assert sorted(NewsPage.objects.values_list("slug", flat=True)) == ["same", "same-2", "tagged-2"]


def test_a_second_run_changes_nothing_and_an_editors_words_stay(brought_in):
    whole = export(post(1), post(2), post(3))
    brought_in(whole)
    changed, gone = NewsPage.objects.get(slug="post-1"), NewsPage.objects.get(slug="post-2")
    changed.title, changed.live = "An editor's own", False
    changed.save()
    gone.delete()

    report = brought_in(whole)

    assert (report["posts"], report["known"], report["left_out"]) == (0, 3, [])
    assert sorted(NewsPage.objects.values_list("title", "live")) == [
        ("An editor's own", False),
        ("Post 3", True),
    ]


def test_the_same_number_on_another_site_is_another_post(brought_in):
    brought_in(export(post(1)))
    brought_in(export(post(1)).replace("old.example.org", "other.example.org"))

    assert NewsPage.objects.count() == 2


def test_looking_writes_nothing_and_says_the_same(db, written):
    path = written(
        export(post(1, "[gallery] Words.", terms=term("post_tag", "New")), post(2, status="trash"))
    )

    looked = "".join(services.look_at(path).as_json())

    assert not NewsPage.objects.exists()
    assert not Tag.objects.exists()
    assert looked == "".join(services.bring_in(path).as_json())


def test_looking_counts_what_stands_twice_in_a_file_as_it_comes_in(db, written):
    twice = post(1, comments=[comment(1), comment(2)]), post(1, comments=[comment(2), comment(3)])
    path = written(export(*twice))

    looked = "".join(services.look_at(path).as_json())

    assert looked == "".join(services.bring_in(path).as_json())
    assert '"posts": 1' in looked
    assert '"replies": 3' in looked


def test_a_tag_has_a_page_of_its_own_and_a_drafts_tag_has_none(brought_in, client):
    brought_in(
        export(
            post(1, terms=term("post_tag", "Evening hours")),
            post(2, status="draft", terms=term("post_tag", "Secret")),
            post(3),
        )
    )

    page = client.get("/news/tagged/evening-hours/").content.decode()
    assert "/news/tagged/evening-hours/" in client.get("/news/post-1/").content.decode()
    assert ("/news/post-1/" in page, "/news/post-3/" in page) == (True, False)
    assert client.get("/news/tagged/secret/").status_code == 404


def test_a_tag_stays_with_an_article_that_an_editor_saves(brought_in):
    brought_in(export(post(1, terms=term("post_tag", "Evening hours"))))
    news = NewsPage.objects.get()

    news.save_revision().publish()

    assert [tag.name for tag in NewsPage.objects.get().tags.all()] == ["Evening hours"]


@pytest.mark.parametrize(
    "written_date", ["0000-00-00 00:00:00", "9999-99-99 99:99:99", "9999-12-31 23:59:59", ""]
)
def test_a_date_that_never_was_is_today(brought_in, written_date):
    brought_in(export(post(1, post_date_gmt=written_date)))

    assert NewsPage.objects.get().published_on == timezone.localdate()


def test_what_is_too_long_is_cut_and_named(brought_in):
    item = post(1, "word " * 210_000).replace("Post 1", "T" * 400)
    report = brought_in(export(item))

    assert len(NewsPage.objects.get().title) == 255
    assert len(report["left_out"]) == 2
