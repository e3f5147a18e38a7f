"""Some 1,400 feeds with awkward and hostile content, all of them on every run."""

import json
import re

import pytest
from click.testing import CliRunner

from positivesocials.config.cli import main
from tests import feeds

needs_feeds = pytest.mark.skipif(not feeds.FEEDS.is_dir(), reason=f"no shared feeds at {feeds.FEEDS}")
pytestmark = needs_feeds


@pytest.fixture(scope="module")
def outcomes():
    return list(feeds.outcomes())


def test_every_shared_feed_is_read_or_refused(outcomes):
    refused = {name: reason for name, whole, reason in outcomes if whole is None}

    assert len(outcomes) > 1400
    assert refused == {
        "feedparser/illformed/rss_empty_document.xml": "none",
        "feedparser/wellformed/rdf/doctype_contains_entity_decl.xml": "entities",
        "feedparser/wellformed/rss/entity_in_doctype.xml": "entities",
        "rss_parser_inputs/unrecognized.rss": "none",
    }


def test_nothing_unsafe_is_left_in_any_of_them(outcomes):
    entries = [(name, entry) for name, whole, _ in outcomes if whole for entry in whole.entries]
    harm = {name: found for name, entry in entries if (found := feeds.harm_of(entry))}

    assert len(entries) > 550
    assert harm == {}


def test_an_encoding_that_was_declared_wrongly_is_seen_through(outcomes):
    """Eight feeds that say UTF-8 and are in Chinese, Japanese, Korean, Russian, Hebrew and Thai encodings."""
    read = {name: whole for name, whole, _ in outcomes if "/chardet/" in name}
    western = re.compile("[\xa1-\xff]")

    texts = {
        name: whole.title + "".join(e.title + e.html for e in whole.entries) for name, whole in read.items()
    }
    assert len(texts) == 8
    assert [name for name, text in texts.items() if western.search(text)] == []


def test_the_checker_sees_what_is_unsafe():
    unsafe = [
        *(
            "<script>a</script>",
            "<p onclick=a>b</p>",
            "<a href='javascript:a'>b</a>",
            "<img src=a>",
            "<svg/>",
        ),
        *("<p style='a'>b</p>", "<a href='/log-out/'>b</a>", "<!-- a -->", "<?php a ?>", "<![CDATA[a]]>"),
        *("<a href='https://a.example'>b</a target=x>", "<b>\u202e</b>", "<iframe>", "<a rel=a>b</a>"),
    ]

    assert [html for html in unsafe if not feeds.harm_in(html)] == [
        "<a href='https://a.example'>b</a target=x>"
    ]
    assert (
        feeds.harm_in('<p>a <a href="https://a.example/" rel="nofollow noopener noreferrer">b</a></p>') == []
    )


def test_the_report_in_the_documents_is_of_today(outcomes):
    said = (feeds.ROOT / "docs" / "reports" / "feeds.md").read_text()

    assert said.strip() == feeds.report().strip()


def test_the_command_prints_one_object_or_one_sentence():
    def run(name):
        return CliRunner().invoke(main, ["import-feed", str(feeds.FEEDS / name), "--dry-run", "--json"])

    good, bad = run("rss_parser_inputs/heise.atom"), run("rss_parser_inputs/unrecognized.rss")

    assert good.exit_code == 0, good.stderr
    assert good.stdout.count("\n") == 1
    entries = json.loads(good.stdout)["entries"]
    assert entries
    assert all(set(entry) == {"title", "url", "html"} for entry in entries)
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert re.fullmatch(r"[^\n]+\.\n", bad.stderr)
