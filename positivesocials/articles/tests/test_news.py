import pytest

from positivesocials.articles import selectors, services
from positivesocials.articles.models import NewsPage
from positivesocials.articles.tests.factories import make_news
from positivesocials.replies.models import Reply, State
from positivesocials.replies.tests.solving import solved

GUEST = {"name": "Jo from the harbour", "address": "jo@example.org", "client_key": "one-key"}


@pytest.fixture
def news(db):
    return make_news(title="Three centres stay open", category="Services", byline="Ines")


@pytest.fixture(autouse=True)
def _open(settings):
    settings.DEMO = True


def text_of(response):
    return response.content.decode()


def test_a_news_page_shows_all_that_an_article_has(client, news):
    page = text_of(client.get(news.path_here))

    shown = [
        "Three centres stay open",
        "Services",
        "Ines",
        news.standfirst,
        "Own report.",
        "18 November 2026",
    ]
    around = ["Leave a Reply", "e-mail address will not be published", "Required fields are marked", "*"]
    aside = ["Keep in touch with the community", "individuals and couples", "100,000", "Register now"]
    assert [words for words in shown + around + aside if words not in page] == []
    assert page.count("<h1") == 1


@pytest.mark.parametrize(("is_demo", "line"), [(True, "Invented for this demo."), (False, "Own report by")])
def test_every_article_says_where_it_comes_from(client, db, is_demo, line):
    post = make_news(source_line="", is_demo=is_demo)

    assert line in text_of(client.get(post.path_here))


def test_guests_read_news_without_cookie_or_token(client, news):
    for path in ["/news/", "/news/in/services/", news.path_here]:
        response = client.get(path)
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in text_of(response)


def test_a_guest_replies_and_sees_it_waiting_while_nobody_else_does(client, news, signed_in, ben):
    sent = {**GUEST, "text": "Is it step-free?", "proof": solved()}
    response = client.post(f"{news.path_here}reply/guest/", sent)

    assert response.status_code == 302
    own = text_of(client.get(news.path_here))
    others = text_of(signed_in(ben).get(news.path_here))
    assert "Is it step-free?" in own
    assert "Awaiting moderation" in own
    assert "Is it step-free?" not in others


def test_a_guests_address_is_on_no_page(client, news):
    client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "Is it step-free?"})
    Reply.objects.update(state=State.PUBLIC)

    assert "jo@example.org" not in text_of(client.get(news.path_here))


def test_an_approved_reply_is_there_for_everyone(client, news, signed_in, ben):
    client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "Is it step-free?"})
    Reply.objects.update(state=State.PUBLIC)

    assert "Is it step-free?" in text_of(signed_in(ben).get(news.path_here))


def test_a_double_submit_is_one_reply(client, news):
    for _time in range(2):
        client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "Is it step-free?"})

    assert Reply.objects.count() == 1


def test_a_guest_who_forgets_a_field_loses_nothing(client, news):
    form = {**GUEST, "address": "not an address", "text": "Words worth keeping"}

    response = client.post(f"{news.path_here}reply/guest/", form)

    page = text_of(response)
    assert response.status_code == 422
    assert "Words worth keeping" in page
    assert "Jo from the harbour" in page
    assert 'aria-invalid="true"' in page
    assert not Reply.objects.exists()


def test_a_member_replies_under_their_persona_without_name_and_address(news, signed_in, ada):
    browser = signed_in(ada)
    page = text_of(browser.get(news.path_here))

    named = {"voice": str(ada.profile.persona_id), "salt": "00ff00ff00ff00ff"}
    browser.post(f"{news.path_here}reply/", {"text": "Good to know", "client_key": "k", **named})

    reply = Reply.objects.get()
    assert 'name="name"' not in page
    assert reply.author == ada
    assert reply.persona
    assert reply.persona.name == "Ada"
    assert "Good to know" in text_of(browser.get(news.path_here))


def test_a_member_can_answer_a_reply(news, signed_in, ada):
    browser = signed_in(ada)
    named = {"voice": str(ada.profile.persona_id), "salt": "00ff00ff00ff00ff"}
    browser.post(f"{news.path_here}reply/", {"text": "First", "client_key": "k", **named})
    first = Reply.objects.get()

    page = text_of(browser.get(f"{news.path_here}?to={first.pk}"))
    second = {"text": "Second", "client_key": "l", "parent_id": str(first.pk), **named}
    browser.post(f"{news.path_here}reply/", second)

    assert "You are answering" in page
    assert Reply.objects.exclude(pk=first.pk).get().parent == first


@pytest.mark.parametrize("answering", ["nonsense", "", "00000000-0000-0000-0000-000000000000"])
def test_answering_what_is_not_there_is_an_ordinary_page(client, news, answering):
    response = client.get(news.path_here, {"to": answering})

    assert response.status_code == 200
    assert "You are answering" not in text_of(response)


def test_a_member_whose_session_ended_keeps_the_words(client, news):
    response = client.post(f"{news.path_here}reply/", {"text": "Words worth keeping", "client_key": "k"})

    assert response.status_code == 422
    assert "Words worth keeping" in text_of(response)
    assert 'name="address"' in text_of(response)


@pytest.mark.parametrize("form", ["reply/", "reply/guest/"])
def test_a_link_on_a_page_that_came_back_leads_to_the_article(client, news, form):
    response = client.get(f"{news.path_here}{form}", {"to": "x"})

    assert response["Location"] == f"{news.path_here}?to=x"


def test_closed_replies_are_refused_and_the_form_is_gone(client, news):
    NewsPage.objects.update(takes_replies=False)

    response = client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "Late"})

    assert response.status_code == 409
    assert not Reply.objects.exists()
    assert 'name="text"' not in text_of(client.get(news.path_here))


def test_too_many_replies_from_one_address_are_slowed(client, news):
    form = {**GUEST, "text": "Again"}
    answers = [
        client.post(f"{news.path_here}reply/guest/", {**form, "client_key": str(number)}).status_code
        for number in range(11)
    ]

    assert answers[:10] == [302] * 10
    assert answers[10] == 429


def test_a_post_without_a_thread_gets_one_with_its_first_reply(client, news, db):
    news.replies.delete()

    assert client.get(news.path_here).status_code == 200
    client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "First"})

    assert Reply.objects.get().thread == selectors.thread_of(selectors.news_post(news.slug))


def test_publishing_an_old_draft_keeps_the_replies(client, news, edda):
    old = news.save_revision(user=edda)
    client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "Kept"})

    old.publish()

    assert "Kept" in text_of(client.get(news.path_here))


def test_a_draft_and_nothing_are_the_same_404(client, news):
    news.unpublish()

    assert client.get(news.path_here).status_code == client.get("/news/nothing/").status_code == 404
    assert "Three centres" not in text_of(client.get("/news/"))


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script><p>Fine</p>",
        '<p onclick="alert(1)">Fine</p>',
        '<p>Fine</p><img src="https://x.example/pixel.gif">',
        '<p><a href="javascript:alert(1)">Fine</a></p>',
        '<p style="position:fixed">Fine</p><iframe src="https://x.example"></iframe>',
        '<svg onload="alert(1)"></svg><p>Fine</p>',
    ],
)
def test_hostile_rich_text_is_never_rendered(client, news, body):
    NewsPage.objects.update(body=body)

    article = text_of(client.get(news.path_here)).split("<article", 1)[1].split("</article>")[0]

    hostile = ["<script", "onclick", "<img", "javascript:", "style=", "<iframe", "onload"]
    assert "Fine" in article
    assert [words for words in hostile if words in article.split('class="prose read"')[1]] == []


def test_the_list_is_newest_first_and_can_be_narrowed(client, db):
    make_news(title="Older", category="Town", published_on="2026-01-01")
    make_news(title="Newer", category="Services", published_on="2026-02-01")

    everything = text_of(client.get("/news/"))
    services_only = text_of(client.get("/news/in/services/"))

    assert everything.index("Newer") < everything.index("Older")
    assert "Older" not in services_only


def test_an_unknown_or_empty_category_is_a_404(client, db):
    assert client.get("/news/in/nothing/").status_code == 404


def test_an_empty_list_offers_the_guides(client, db):
    assert "No news yet." in text_of(client.get("/news/"))


@pytest.mark.parametrize("page", ["2", "0", "99", "x", "-1", ""])
def test_any_page_number_is_answered(client, db, page):
    for _each in range(21):
        make_news()

    assert client.get("/news/", {"page": page}).status_code == 200


def test_the_list_costs_the_same_whatever_its_length(client, db, django_assert_num_queries):
    make_news(category="One")
    client.get("/news/")
    with django_assert_num_queries(5) as few:
        client.get("/news/")
    for number in range(12):
        make_news(category=f"Category {number}")

    with django_assert_num_queries(len(few)):
        client.get("/news/")


def test_a_page_costs_the_same_whatever_waits_around_it(client, news, django_assert_max_num_queries):
    client.get(news.path_here)
    with django_assert_max_num_queries(12) as queries:
        client.get(news.path_here)
    few = len(queries)
    for number in range(8):
        make_news(category=f"Category {number}")
        client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "A", "client_key": str(number)})
    Reply.objects.update(state=State.PUBLIC)
    client.cookies.clear()

    client.get(news.path_here)
    with django_assert_max_num_queries(few + 2):
        client.get(news.path_here)


def test_the_same_news_twice_is_one_post(db):
    one, two = make_news(title="A", paragraphs=["B"]), make_news(title="A", paragraphs=["B"])

    assert one == two


def test_two_posts_with_one_headline_have_two_addresses(db):
    one, two = make_news(title="A", paragraphs=["B"]), make_news(title="A", paragraphs=["C"])

    assert {one.slug, two.slug} == {"a", "a-2"}


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Feed", "feed-2"), ("أخبار المدينة", "أخبار-المدينة"), ("!?", "post"), ("The café", "the-cafe")],
)
def test_addresses_suit_any_headline(db, client, title, slug):
    post = make_news(title=title)

    assert post.slug == slug
    assert client.get(post.path_here).status_code == 200


def test_a_thread_leads_to_its_post(news):
    thread = services.open_replies(news)

    assert selectors.path_of_thread(thread.pk) == news.path_here


def test_the_feed_and_the_sitemap_name_what_is_public_only(client, news):
    hidden = make_news(title="Hidden draft")
    hidden.unpublish()

    feed, sitemap = text_of(client.get("/news/feed/")), text_of(client.get("/sitemap.xml"))

    assert "Three centres stay open" in feed
    assert "Hidden draft" not in feed
    assert news.path_here in sitemap
    assert "hidden-draft" not in sitemap


def test_robots_may_read_public_pages_only(client, db):
    rules = text_of(client.get("/robots.txt"))

    assert "Disallow: /\n" in rules
    assert "Sitemap: http://localhost:8000/sitemap.xml" in rules
