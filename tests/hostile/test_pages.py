"""Hostile requests to every address: some here, a thousand a form in `make bench`."""

import re
from pathlib import Path

import positivesocials
from positivesocials.config import policy
from tests.hostile import pages
from tests.permissions.diary import LAST

A_FORM, AN_ADDRESS, A_PART, A_HEADER = 15, 2, 3, 30


def broken(found):
    return [told for _, each in found for told in each]


def test_no_form_fails_whatever_is_sent_to_it(site, cells):
    assert broken(pages.posts(site, A_FORM)) == []
    cells["hostile posts"] += len(pages.POSTS) * A_FORM


def test_no_page_fails_whatever_stands_behind_its_question_mark(site, cells):
    assert broken(pages.queries(site, AN_ADDRESS)) == []
    cells["hostile queries"] += len(pages.GETS) * AN_ADDRESS


def test_no_address_fails_whatever_stands_in_it(site):
    assert broken(pages.paths(site, A_PART)) == []


def test_no_page_fails_whatever_the_headers_and_cookies_say(site):
    assert broken(pages.headers(site, A_HEADER)) == []


def test_every_form_is_come_to(site):
    """The requests above are sent as somebody whom the address admits."""
    not_reached = [row.route for row in pages.POSTS if not pages.reaches(site, row)]

    assert not_reached == []


def test_the_views_read_nothing_from_an_address_that_is_not_tried():
    source = "".join(path.read_text() for path in Path(positivesocials.__path__[0]).glob("*/*.py"))
    read = set(re.findall(r'\b(?:GET|asked)\.get\(\s*"(\w+)"', source))

    assert read - {"mode"} <= set(pages.QUERY)
    assert read
    assert {row.route for row in pages.GETS} | LAST >= {
        row.route for row in policy.ROWS if "GET" in row.methods
    }
