"""Every export of the shared data comes in, or is refused with the line that is wrong."""

import pytest

from positivesocials.articles.models import NewsPage
from positivesocials.core.refusals import Refused
from positivesocials.replies.models import Reply
from positivesocials.wordpress import services

REFUSED = {
    "crazy-cdata.xml": "Line 18:",
    "invalid-version-tag.xml": "Line 33:",
    "malformed-simple.xml": "Line 14:",
    "missing-version-tag.xml": "Line 27:",
}


def test_all_shared_exports_come_in_or_name_their_line(db, shared_data):
    files = sorted((shared_data / "wxr").rglob("*.xml"))
    refused = {}

    for file in files:
        try:
            services.bring_in(file)
        except Refused as reason:
            refused[file.name] = reason.message

    assert len(files) == 33
    assert {name: sentence.partition(" this")[0][:8] for name, sentence in refused.items()} == REFUSED
    unsafe = ["<script", "<img", "<iframe", "onclick", "style=", "[gallery", "<!--", "javascript:"]
    assert [p.title for p in NewsPage.objects.all() for sign in unsafe if sign in p.body.casefold()] == []


@pytest.fixture
def unit_test(db, shared_data):
    return services.bring_in(shared_data / "wxr" / "themeunittestdata.wordpress.xml")


def test_the_theme_unit_test_comes_in_whole(unit_test, shared_data):
    assert (unit_test.counts["posts"], unit_test.counts["pages"], unit_test.counts["replies"]) == (51, 21, 28)
    assert NewsPage.objects.count() == 72
    deep = Reply.objects.filter(parent__parent__parent__parent__parent__isnull=False).count()
    assert deep == 5

    again = services.bring_in(shared_data / "wxr" / "themeunittestdata.wordpress.xml")
    assert (again.counts["known"], NewsPage.objects.count(), Reply.objects.count()) == (72, 72, 28)
