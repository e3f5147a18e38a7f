import json

import pytest

from positivesocials.core.refusals import Refused
from positivesocials.gathering import parsing, reading
from positivesocials.gathering.links import canonical, key_of
from positivesocials.gathering.parsing import No, parse

RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Harbour news</title>
<link>https://harbour.example/</link>{items}</channel></rss>"""


def rss(*items, encoding="utf-8"):
    whole = "".join(f"<item>{item}</item>" for item in items)
    return RSS.format(encoding=encoding, items=whole).encode(encoding)


def one(*items, **options):
    return parse(rss(*items), **options).entries[0]


def no(data):
    with pytest.raises(No) as refused:
        parse(data)
    return str(refused.value)


def test_an_entry_of_rss_is_read_whole():
    entry = one(
        "<title>A &amp;amp; B</title><link>https://harbour.example/a?utm_source=x&amp;id=7#top</link>"
        "<guid>tag:7</guid><pubDate>Fri, 20 Nov 2026 10:00:00 +0100</pubDate><author>Ines</author>"
        "<description>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;</description>"
    )

    assert (entry.title, entry.url) == ("A & B", "https://harbour.example/a?id=7")
    assert (entry.html, entry.guid, entry.byline) == ("<p>One <b>two</b></p>", "tag:7", "Ines")
    assert entry.published_at == "2026-11-20T09:00:00+00:00"


def test_an_entry_of_atom_is_read_whole():
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbour.example/"><title>H</title>
    <entry><id>urn:1</id><title type="html">One &lt;i&gt;two&lt;/i&gt;</title><link href="/a"/>
    <summary>Short</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long</p></div>
    </content></entry></feed>"""

    entry = parse(feed).entries[0]

    assert (entry.title, entry.url) == ("One two", "https://harbour.example/a")
    assert "<p>Long</p>" in entry.html


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_an_entry_of_a_json_feed_is_read_whole(version):
    item = {"id": 7, "url": "/a", "title": "One", "content_html": "<p>Two</p><script>x</script>"}
    item |= {"date_published": "2026-11-20T10:00:00+01:00", "authors": [{"name": "Ines"}]}
    feed = {"version": version, "title": "H", "home_page_url": "https://harbour.example", "items": [item, 3]}

    whole = parse(json.dumps(feed).encode())

    entry = whole.entries[0]
    assert (entry.title, entry.url, entry.html) == ("One", "https://harbour.example/a", "<p>Two</p>")
    assert (entry.byline, entry.published_at) == ("Ines", "2026-11-20T09:00:00+00:00")
    assert whole.left_out == 1


def test_a_relative_address_is_one_of_the_feeds_own_site():
    assert one("<title>a</title><link>/b</link>", base="https://x.example/feed").url == "https://x.example/b"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[broken", "//", ""]
)
def test_an_address_that_leads_nowhere_safe_is_left_out(link):
    assert one(f"<title>a</title><link>{link}</link>").url in {"", "https://harbour.example/"}


def test_words_are_not_taken_for_markup():
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title>
    <content type="text">1 &lt; 2 &lt;script&gt;</content></entry></feed>"""

    assert parse(feed).entries[0].html == "1 &lt; 2 &lt;script&gt;"


def test_the_same_entry_twice_in_a_feed_is_one():
    whole = parse(rss(*["<title>a</title><guid>1</guid>"] * 2, "<title>b</title><guid>1</guid>"))

    assert (len(whole.entries), whole.left_out) == (1, 2)


def test_an_entry_with_nothing_in_it_is_left_out():
    whole = parse(rss("<category>a</category>", "<description>&lt;img src='x'&gt;</description>"))

    assert (whole.entries, whole.left_out) == ([], 2)


def test_more_entries_than_anybody_reads_are_left_out():
    whole = parse(rss(*(f"<title>{number}</title>" for number in range(300))))

    assert (len(whole.entries), whole.left_out) == (parsing.MOST_ENTRIES, 100)


def test_a_text_that_is_too_long_is_cut_and_whole_again():
    entry = one(f"<title>a</title><description>&lt;p&gt;{'word &lt;b&gt;' * 20_000}</description>")

    assert len(entry.html) <= parsing.LONGEST_HTML
    assert entry.html.startswith("word word")


def test_a_long_text_is_whole_where_it_was_cut():
    entry = one(f"<title>a</title><description>{'&lt;p&gt;word &lt;b&gt;two&lt;/b&gt;' * 9000}</description>")

    assert parsing.LONGEST_HTML - 2100 < len(entry.html) <= parsing.LONGEST_HTML
    assert entry.html.endswith("</p>")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "iso-8859-1", "windows-1252"])
def test_a_declared_encoding_is_heard(encoding):
    assert parse(rss("<title>Müsli</title>", encoding=encoding)).entries[0].title == "Müsli"


def test_an_encoding_that_is_declared_wrongly_is_seen_through():
    data = rss("<title>Müsli café</title>").decode().encode("windows-1252")

    assert parse(data).entries[0].title == "Müsli café"


BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">{more}]><rss><channel>
<item><title>&z;</title></item></channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_entities_are_refused_whatever_the_encoding(encoding):
    laughs = "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)
    )

    assert no(BOMB.format(more=laughs).encode(encoding)) == "entities"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"just words", "none"),
        (b"<html><body><p>A page</p></body></html>", "none"),
        (b"{}", "none"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "none"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "unreadable"),
        (b'{"a":' * 100_000, "deep"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "none"),
    ],
)
def test_what_is_no_feed_says_why(data, reason):
    assert no(data) == reason


def test_a_short_text_is_never_taken_for_the_name_of_a_file(tmp_path):
    (tmp_path / "feed").write_bytes(rss("<title>a</title>"))

    assert no(str(tmp_path / "feed").encode()) == "none"


def test_a_process_of_its_own_reads_the_same():
    data = rss("<title>a</title><link>/b</link>")

    assert reading.read(data, base="https://x.example/") == parse(data, base="https://x.example/")


@pytest.mark.parametrize("reason", ["empty", "large", "none"])
def test_a_refusal_is_one_sentence(reason):
    data = {"empty": b"", "large": b"x" * (reading.LARGEST + 1), "none": b"words"}[reason]

    with pytest.raises(Refused) as refused:
        reading.read(data)

    assert refused.value.message == str(reading.SENTENCES[reason])


def test_what_takes_too_long_costs_a_process_and_no_more():
    slow = b'<?xml version="1.0"?><rss version="2.0"><channel>' + b"<a>" * 1_500_000

    with pytest.raises(reading.NoFeed) as refused:
        reading.read(slow, seconds=0.7)

    assert refused.value.reason == "costly"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/b?utm_medium=x&UTM_Source=y&fbclid=z", "https://a.example/b"),
        ("https://a.example/b?id=1&utm_medium=x&page=2", "https://a.example/b?id=1&page=2"),
        ("HTTPS://A.example:443/b#c", "https://a.example/b"),
        ("mailto:a@a.example", ""),
    ],
)
def test_addresses_are_kept_without_what_only_tracks(url, shown):
    assert canonical(url) == shown


def test_two_ways_to_write_an_address_are_one():
    assert key_of("https://www.a.example/b/?x=1&y=2") == key_of("http://a.example/b?y=2&x=1")
    assert key_of("https://a.example/b?x=1") != key_of("https://a.example/b?x=2")
