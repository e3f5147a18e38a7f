"""Stopped anywhere, and large: short runs of what `python -m tests.wordpress` does at length."""

import tracemalloc

import pytest

from positivesocials.articles.models import NewsPage
from positivesocials.replies.models import Reply
from positivesocials.wordpress import services
from positivesocials.wordpress.tests.exports import write_large
from tests import wordpress


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_again_and_again_ends_as_one_that_was_not(tmp_path):
    path = tmp_path / "export.xml"
    write_large(path, posts=15, comments=4)

    wordpress.kill(path, kills=4, seed=3, longest=0.4)
    services.bring_in(path)

    found = wordpress.rows()
    slugs = sorted(row[0] for row in found if len(row) == 7)
    assert slugs == sorted(f"post-{number}" for number in range(1, 16))
    assert dict(row for row in found if len(row) == 2) == {
        "Reply": 60,
        "GuestContact": 60,
        "Hold": 0,
        "NewsPage": 15,
        "Tag": 15,
    }


def test_memory_does_not_grow_with_the_file(db, tmp_path):
    peaks = []
    for posts in (8, 8, 60):
        path = tmp_path / f"{posts}.xml"
        write_large(path, posts=posts, body="Words of ours. " * 800, comments=0)
        tracemalloc.start()
        services.look_at(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[2] < peaks[1] * 1.5 + 200_000


def test_the_bar_reaches_its_end(db, tmp_path):
    path = tmp_path / "export.xml"
    read: list[int] = []
    write_large(path, posts=150, comments=0)

    services.look_at(path, step=read.append)

    assert sum(read) == services.size_of(path)
    assert len(read) > 2


def test_a_run_that_was_stopped_goes_on_where_it_was(db, tmp_path):
    path = tmp_path / "export.xml"
    read: list[int] = []
    write_large(path, posts=40, comments=2, body="Words of ours. " * 300)

    def stop_late(count):
        read.append(count)
        if sum(read) > services.size_of(path) * 0.75:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.bring_in(path, step=stop_late)
    there = NewsPage.objects.count()
    report = services.bring_in(path)

    assert 0 < there < 40
    assert (report.counts["known"], report.counts["posts"]) == (there, 40 - there)
    assert (NewsPage.objects.count(), Reply.objects.count()) == (40, 80)
