"""What public articles tell search engines and those who share them."""

import json
import re
from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from django.utils import timezone
from wagtail.models import Locale

from positivesocials.articles import guides, selectors, services
from positivesocials.articles.models import GuidePage, NewsPage
from positivesocials.articles.tests.factories import make_news
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.moderation import services as moderation
from positivesocials.newsletter.models import Issue
from positivesocials.replies.tests.long import fill

FEEDS = ["news/feed/", "news/feed/rss/", "news/feed/json/", "news/in/town/feed/", "news/in/town/feed/rss/"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    services.load_guides()
    return GuidePage.objects.get(slug="first-days")


def page_of(client, page):
    return client.get(page.path_here).content.decode()


def data_in(page):
    return json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])


def told(page, name):
    return unescape(re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)"', page)[0])


def test_a_guide_says_what_it_is_and_who_publishes_it(client, guide):
    page = page_of(client, guide)
    data = data_in(page)

    assert data["@type"] == "MedicalWebPage"
    assert data["url"] == f"http://localhost:8000{guide.path_here}"
    assert data["publisher"]["name"] == "PositiveSocials"
    assert data["dateModified"]
    assert f'<link rel="canonical" href="{data["url"]}">' in page
    assert told(page, "og:title") == guide.title


def test_a_site_that_wrote_a_guide_is_no_person(client, guide):
    assert data_in(page_of(client, guide))["author"] == {"@type": "Organization", "name": "PositiveSocials"}

    GuidePage.objects.filter(pk=guide.pk).update(written_by="Nurse N.", last_published_at=timezone.now())
    assert data_in(page_of(client, guide))["author"] == {"@type": "Person", "name": "Nurse N."}


def test_nobody_is_named_as_reviewer_before_one_has_signed(client, guide, edda):
    assert "reviewedBy" not in data_in(page_of(client, guide))

    services.admit_to_desk(edda)
    guides.review(
        edda,
        guide,
        read=guide.text_hash,
        name="Dr. R. Example",
        training="doctor",
        review_due_on=date(2099, 11, 2),
    )

    data = data_in(page_of(client, guide))
    assert data["reviewedBy"] == {"@type": "Person", "name": "Dr. R. Example, doctor"}
    assert data["lastReviewed"] == str(timezone.localdate())


def test_a_text_cannot_end_the_data_it_stands_in(client):
    title = "</script><script>alert(1)</script> & \u2028 more"
    post = make_news(title=title)

    page = page_of(client, post)

    assert "<script>alert" not in page
    assert data_in(page)["headline"] == title


def test_an_excerpt_says_whose_text_it_is_taken_from(client):
    post = make_news()
    assert "isBasedOn" not in data_in(page_of(client, post))

    NewsPage.objects.filter(pk=post.pk).update(canonical_url="https://news.example/one")

    assert data_in(page_of(client, post))["isBasedOn"] == "https://news.example/one"


def test_the_picture_for_sharing_is_ours_and_the_same_for_every_article(client, guide):
    pictures = {told(page_of(client, page), "og:image") for page in (guide, make_news())}

    assert pictures == {"http://localhost:8000/static/core/share.png"}


def test_pages_of_members_tell_nothing(client, signed_in, ada, guide):
    member = signed_in(ada)

    for path in (guide.path_here, make_news().path_here, "/guides/", "/news/", "/groups/", "/home/"):
        page = member.get(path).content.decode()
        assert not re.search(r'rel="canonical"|og:|ld\+json|twitter:|hreflang', page), path


def test_other_languages_are_named_only_where_the_article_is_there_in_them(client, guide):
    assert "hreflang" not in page_of(client, guide)

    spanish = Locale.objects.create(language_code="es")
    other = guide.copy_for_translation(spanish, copy_parents=True)
    assert "hreflang" not in page_of(client, guide)

    GuidePage.objects.filter(pk=other.pk).update(live=True)
    page = page_of(client, guide)
    assert set(re.findall(r'hreflang="(\w+)"', page)) == {"en", "es"}
    assert "/guides/first-days/in/es/" in page


def test_a_list_has_one_address_a_page_whatever_else_was_asked(client):
    for number in range(21):
        make_news(title=f"Post {number}")

    first = client.get("/news/?x=1").content.decode()
    second = client.get("/news/?page=2&x=1").content.decode()

    assert '<link rel="canonical" href="http://localhost:8000/news/">' in first
    assert '<link rel="canonical" href="http://localhost:8000/news/?page=2">' in second


def test_the_map_says_when_articles_categories_and_letters_changed(client, guide, settings):
    post = make_news()
    draft = NewsPage.objects.get(pk=make_news().pk)
    draft.unpublish()
    letter = Issue.objects.create(subject="What is new", state="sent", begun_at=post.first_published_at)

    found = client.get("/sitemap.xml").content.decode()

    on = f"{post.first_published_at:%Y-%m-%d}"
    for path in (guide.path_here, post.path_here, "/news/in/town/", f"/newsletter/{letter.pk}/"):
        assert re.search(rf"<loc>http://localhost:8000{path}</loc><lastmod>{on}", found), path
    assert draft.path_here not in found


@pytest.mark.parametrize("path", ["sitemap.xml", "robots.txt", *FEEDS])
def test_what_others_read_names_the_address_of_the_site_and_no_host_that_was_asked(client, settings, path):
    settings.ORIGIN = "https://ps.example"
    make_news()

    said = client.get(f"/{path}").content.decode()

    assert "https://ps.example/" in said
    assert "testserver" not in said


def test_the_map_lists_open_groups_and_no_post(client, ada):
    welcome = founding.found_welcome()
    moderation.trust([ada.pk])
    post = groups.write_post(ada, welcome, title="Hello", text="Hello all.", client_key=uuid4().hex)

    found = client.get("/sitemap.xml").content.decode()

    on = f"{post.written_at:%Y-%m-%d}"
    assert f"<loc>http://localhost:8000/groups/{welcome.slug}/</loc><lastmod>{on}" in found
    assert str(post.pk) not in found
    assert post.title.lower() not in found


def test_each_page_of_the_replies_is_a_page_of_its_own(client, ada):
    post = make_news()
    path = post.path_here
    thread = selectors.thread_of(post)
    assert thread
    rows = fill(ada, thread, [None, *[0] * 60, *[None] * 60])
    whole = f"http://localhost:8000{path}"

    def canonical(query):
        page = client.get(path + query).content.decode()
        assert data_in(page)["url"] == whole
        return re.findall(r'<link rel="canonical" href="([^"]+)">', page)

    assert canonical("") == canonical("?page=1") == canonical(f"?reply={rows[3].pk}") == [whole]
    assert canonical("?page=2") == canonical(f"?to={rows[61].pk}") == [f"{whole}?page=2"]
    long = f"{whole}?branch={rows[0].pk}"
    assert canonical(f"?reply={rows[60].pk}") == [f"{long}&amp;page=2"]
    assert canonical(f"?branch={rows[0].pk}") == [long]
    assert "Page 2 of 3" in client.get(f"{path}?page=2").text.partition("</title>")[0]
