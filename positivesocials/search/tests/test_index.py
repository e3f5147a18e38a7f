"""What is found is what is public at this moment."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from positivesocials.articles.models import NewsPage
from positivesocials.articles.tests.factories import make_news
from positivesocials.groups.models import Group
from positivesocials.search import index, selectors, services, sources, weighing
from positivesocials.search.models import Document, Head
from positivesocials.search.tests.factories import make_guide

pytestmark = pytest.mark.django_db


def titles(words: str, **asked) -> list[str]:
    told = {"kind": "", "category": "", "page": 1, "language": "en", **asked}
    found = selectors.found(None, words=words, **told)
    return ["".join(piece.text for piece in hit.title) for hit in found.hits]


def test_what_is_published_is_found_after_the_next_chore():
    make_guide(title="Scabies", text="It itches at night.")

    services.index_what_is_due()

    assert titles("itches") == ["Scabies"]


def test_an_edit_is_found_by_its_new_words_only():
    guide = make_guide(title="Scabies", text="It itches at night.")
    services.index_what_is_due()
    assert titles("itches") == ["Scabies"]

    guide.text = "Mites live in the skin."
    guide.save()
    services.index_what_is_due()

    assert titles("mites") == ["Scabies"]
    assert titles("itches") == []


@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_what_is_withdrawn_is_gone_at_once(end):
    post = make_news(title="Marigold clinic opens")
    make_news(title="Marigold day")
    services.index_what_is_due()
    assert len(titles("marigold")) == 2

    getattr(post, end)()

    found = selectors.found(None, words="marigold", kind="", category="", page=1, language="en")
    assert len(found.hits) == found.count == found.everything == 1
    assert not Document.objects.filter(title__contains="clinic").exists()


def test_what_was_withdrawn_past_every_hook_is_not_shown():
    post = make_news(title="Marigold clinic opens")
    services.index_what_is_due()

    NewsPage.objects.filter(pk=post.pk).update(live=False)

    assert titles("marigold") == []
    assert selectors.suggested(words="marig", language="en") == []


def test_the_comparison_finds_what_no_hook_told_of():
    post = make_news(title="Marigold clinic opens")
    services.index_what_is_due()
    NewsPage.objects.filter(pk=post.pk).update(live=False)

    services.compare_with_sources()

    found = selectors.found(None, words="marigold", kind="", category="", page=1, language="en")
    assert found.count == 0


def test_a_text_that_changes_while_it_is_read_is_found_by_the_next_comparison():
    post = make_news(title="Marigold clinic opens")
    services.index_what_is_due()
    news = sources.source_of("news")
    assert news is not None

    def read_and_change(ids):
        texts = news.texts(ids)
        NewsPage.objects.update(title="Rose clinic", last_published_at=timezone.now() + timedelta(seconds=1))
        return texts

    assert news is not None
    services._renew(replace(news, texts=read_and_change), [str(post.pk)])
    services.compare_with_sources()

    assert titles("rose") == ["Rose clinic"]


def test_a_draft_is_never_a_document():
    make_guide(title="Not yet ready", live=False)

    services.index_what_is_due()
    services.compare_with_sources()

    assert titles("ready") == []
    assert not Document.objects.filter(title="Not yet ready").exists()


def found(name, **options):
    return Group.objects.create(slug=name[:4], name=name, about="X.", opened_at=timezone.now(), **options)


def test_a_group_that_is_not_open_appears_nowhere():
    Group.objects.create(
        slug="quiet", name="Quiet marigolds", about="For a few.", openness="members", opened_at=timezone.now()
    )
    found("Loud marigolds")

    services.index_what_is_due()
    services.compare_with_sources()

    assert titles("marigolds") == ["Loud marigolds"]
    assert "quiet" not in index.current().vocabulary
    assert "quiet" not in index.current().right_words


def test_a_group_that_closes_is_gone_at_once():
    group = Group.objects.create(
        slug="loud", name="Loud marigolds", about="For all.", opened_at=timezone.now()
    )
    services.index_what_is_due()

    group.openness = "members"
    group.save()

    assert titles("marigolds") == []
    assert index.current().spread("marigold") == 0


def test_making_all_anew_changes_nothing_that_is_found():
    for title in ("Marigold clinic", "Marigold day", "Rose day"):
        make_news(title=title)
    services.index_what_is_due()
    before = titles("marigold day")

    assert services.rebuild() == Document.objects.exclude(terms="").count()

    assert titles("marigold day") == before


def test_many_small_changes_and_one_large_layout_answer_alike():
    posts = [make_news(title=f"Marigold number {number}") for number in range(12)]
    services.index_what_is_due()
    titles("marigold")
    for post in posts[:5]:
        post.title = f"Rose {post.pk}"
        post.save()
        services.index_what_is_due()
        titles("marigold")
    held = titles("marigold"), titles("rose"), index.current().count

    index.forget()

    assert (titles("marigold"), titles("rose"), index.current().count) == held


def test_a_new_rule_of_weighing_makes_all_anew():
    make_news(title="Marigold clinic opens")
    services.index_what_is_due()
    Document.objects.update(terms="rose 9")
    Head.objects.update(rule=weighing.RULE - 1)

    services.index_what_is_due()

    assert titles("marigold") == ["Marigold clinic opens"]


def test_when_nothing_changed_one_question_says_so(django_assert_num_queries):
    make_news(title="Marigold clinic opens")
    services.index_what_is_due()
    index.current()

    with django_assert_num_queries(1):
        index.current()


def test_articles_are_filed_by_category():
    make_news(title="Marigold clinic opens", category="Town")
    make_news(title="Marigold day", category="Garden")
    services.index_what_is_due()

    assert titles("marigold", category="garden") == ["Marigold day"]
    assert titles("marigold", kind="guide") == []
    assert reverse("search:search") == "/search/"
