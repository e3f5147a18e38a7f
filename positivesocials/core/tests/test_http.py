import pytest
from django.test import RequestFactory

from positivesocials.core.http import client_address, safe_next


@pytest.mark.parametrize("target", ["/devices/", "/people/?in=d#p-1"])
def test_a_path_of_this_site_is_where_to_go_next(target):
    assert safe_next(RequestFactory().post("/x/", {"next": target}), "/home/") == target


@pytest.mark.parametrize(
    "target",
    ["//elsewhere.example/", "/\\elsewhere.example", "https://elsewhere.example", "javascript:alert(1)"],
)
def test_another_site_is_not(target):
    assert safe_next(RequestFactory().post("/x/", {"next": target}), "/home/") == "/home/"


@pytest.mark.parametrize("target", ["a word", "home:opening", "2020-01-01", "\x00", "a\x00b"])
def test_a_word_is_no_place_to_go(target):
    assert safe_next(RequestFactory().post("/x/", {"next": target}), "/home/") == "/home/"


def test_all_addresses_of_one_network_are_one_caller():
    def caller(address):
        return client_address(RequestFactory().get("/", REMOTE_ADDR=address))

    assert caller("2001:db8:1:2:3::4") == caller("2001:db8:1:2::9")
    assert caller("2001:db8:1:2::9") != caller("2001:db8:1:3::9")
    assert caller("192.0.2.7") == "192.0.2.7" != caller("192.0.2.8")
    assert caller("not an address") == "not an address"
