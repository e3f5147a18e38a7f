import gzip
import socket
import time

import pytest

from positivesocials.core import fetching
from positivesocials.core.fetching import Limits, NotFetched, Why, fetch, is_public, tidied
from positivesocials.core.tests.servers import Answer, serving

PRIVATE = (
    *("127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "ff02::1"),
    *("2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    *("fec0::1", "64:ff9b:1::7f00:1", "::127.0.0.1", "::ffff:0:127.0.0.1"),
)


@pytest.fixture
def site(settings):
    settings.FETCH_FROM_LOOPBACK = True
    with serving() as server:
        yield server


def why(url, **options):
    with pytest.raises(NotFetched) as refused:
        fetch(url, **options)
    return refused.value.why


def test_a_page_is_read_with_what_its_server_says_of_it(site):
    site.pages["/feed"] = Answer(b"words", headers={"ETag": '"one"'})

    got = fetch(site.at("/feed#top"), headers={"If-None-Match": '"zero"'})

    assert (got.status, got.body, got.headers["ETag"]) == (200, b"words", '"one"')
    assert site.asked[0][1]["If-None-Match"] == '"zero"'
    assert site.asked[0][1]["User-Agent"].startswith("PositiveSocials/")


@pytest.mark.parametrize("status", [304, 404, 410, 429, 503])
def test_any_status_is_an_answer(site, status):
    site.pages["/feed"] = Answer(status=status)

    assert fetch(site.at("/feed")).status == status


def test_packed_answers_are_unpacked(site):
    site.pages["/feed"] = Answer(gzip.compress(b"words" * 9000), headers={"Content-Encoding": "gzip"})

    assert fetch(site.at("/feed")).body == b"words" * 9000


def test_what_is_larger_than_the_limit_is_given_up(site):
    site.pages["/feed"] = Answer(b"x" * 200_001)

    assert why(site.at("/feed"), limits=Limits(size=200_000)) is Why.TOO_LARGE


def test_an_answer_without_end_is_given_up_at_the_limit(site):
    def endless(asked):
        asked.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            asked.wfile.write(b"x" * 10_000)

    site.pages["/feed"] = Answer(endless)

    assert why(site.at("/feed"), limits=Limits(size=1_000_000)) is Why.TOO_LARGE


def test_a_bomb_of_packed_nothing_is_given_up_before_it_fills_memory(site):
    bomb = gzip.compress(b"\0" * 40_000_000)
    site.pages["/feed"] = Answer(bomb, headers={"Content-Encoding": "gzip"})

    assert len(bomb) < 50_000
    assert why(site.at("/feed"), limits=Limits(size=1_000_000)) is Why.TOO_LARGE


@pytest.mark.parametrize(
    ("packing", "body"),
    [("gzip", b"not packed"), ("gzip", gzip.compress(b"words" * 99, mtime=0)[:-20]), ("br", b"x")],
)
def test_what_does_not_unpack_is_refused(site, packing, body):
    site.pages["/feed"] = Answer(body, headers={"Content-Encoding": packing})

    assert why(site.at("/feed")) is Why.PACKING


def test_a_server_that_drips_is_left_when_the_time_is_over(site):
    site.pages["/feed"] = Answer(b"x" * 1000, drip=0.02)
    began = time.monotonic()

    assert why(site.at("/feed"), limits=Limits(seconds=0.3)) is Why.TOO_SLOW
    assert time.monotonic() - began < 1


def test_headers_that_drip_are_left_too(site):
    def slowly(asked):
        for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1000:
            asked.wfile.write(bytes([letter]))
            asked.wfile.flush()
            time.sleep(0.02)

    site.pages["/feed"] = Answer(slowly)

    assert why(site.at("/feed"), limits=Limits(seconds=0.3)) is Why.TOO_SLOW


def test_an_answer_that_is_cut_is_none(site):
    site.pages["/feed"] = Answer(b"half", headers={"Content-Length": "8"})

    assert why(site.at("/feed")) is Why.NO_ANSWER


def test_who_does_not_answer_is_named_so(settings):
    settings.FETCH_FROM_LOOPBACK = True
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert why(f"http://127.0.0.1:{port}/") is Why.NO_ANSWER


def onwards(to, status=302):
    return Answer(status=status, headers={"Location": to})


def test_redirections_are_followed_a_few_times(site):
    for number in range(9):
        site.pages[f"/{number}"] = onwards(f"/{number + 1}", 301)
    site.pages["/9"] = Answer(b"words")

    assert fetch(site.at("/4")).moved_to == site.at("/9")
    assert why(site.at("/3")) is Why.REDIRECTS


def test_a_step_that_is_not_for_good_moves_nothing(site):
    site.pages.update({"/a": onwards("/b", 301), "/b": onwards("/c", 302), "/c": Answer(b"words")})

    assert fetch(site.at("/a")).moved_to == ""


def test_circles_are_left_at_the_second_round(site):
    site.pages.update({"/a": onwards("/b"), "/b": onwards("/a")})

    assert why(site.at("/a")) is Why.REDIRECTS
    assert site.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://10.0.0.1/", Why.NOT_PUBLIC),
        ("http://[::1]/", Why.NOT_PUBLIC),
        ("http://localhost/", Why.NOT_PUBLIC),
        ("http://169.254.169.254/latest/", Why.NOT_PUBLIC),
        ("http://2130706433/", Why.NOT_PUBLIC),
        ("file:///etc/passwd", Why.ADDRESS),
        ("ftp://example.org/", Why.ADDRESS),
        ("http://user:word@example.org/", Why.ADDRESS),
        ("http://[broken/", Why.ADDRESS),
    ],
)
def test_no_redirection_leads_where_no_address_may(site, to, reason):
    site.pages["/a"] = onwards(to)

    assert why(site.at("/a")) is reason


def test_a_closed_line_is_not_left_for_an_open_one():
    with pytest.raises(NotFetched):
        fetching._next("https://example.org/a", "http://example.org/a")


def test_each_step_is_asked_for_first(site):
    site.pages["/a"] = onwards("/b")
    steps = []

    def may(url):
        steps.append(url)
        if url.endswith("/b"):
            raise NotFetched(Why.FORBIDDEN)

    assert why(site.at("/a"), may=may) is Why.FORBIDDEN
    assert steps == [site.at("/a"), site.at("/b")]
    assert site.paths() == ["/a"]


def test_this_machine_is_never_read_but_in_tests():
    with serving() as server:
        server.pages["/feed"] = Answer(b"words")
        assert why(server.at("/feed")) is Why.NOT_PUBLIC
        assert server.asked == []


@pytest.mark.parametrize("address", PRIVATE)
def test_private_networks_are_told_from_the_public_one(address):
    assert not is_public(address)


def test_public_addresses_may_be_read():
    assert is_public("142.250.1.1")
    assert is_public("2a00:1450:4001::1")
    assert is_public("64:ff9b::8efa:101")


def test_a_port_of_other_services_is_not_spoken_to():
    assert why("http://142.250.1.1:25/") is Why.ADDRESS


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        (" https://example.org:443/a b?c=d e#f ", "https://example.org/a%20b?c=d%20e"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
        ("http://example.org./", "http://example.org/"),
        ("http://[2a00:1450::1]:80/", "http://[2a00:1450::1]/"),
    ],
)
def test_addresses_are_written_one_way(url, shown):
    assert tidied(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.org", "javascript:alert(1)", "http://", "http://a:b@example.org/", "http://a:99999/"),
        *("http://" + "a" * 70 + ".example/", "http://example.org/" + "a" * 2000, "data:text/html,x"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url):
    with pytest.raises(NotFetched):
        tidied(url)
