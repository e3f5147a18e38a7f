import pytest
from hypothesis import given
from hypothesis import strategies as st

from positivesocials.core import markdown
from positivesocials.core.markdown import clean_foreign, render, render_page, words_of


def test_a_member_may_emphasise_list_quote_and_link():
    html = render("*soft* **loud**\n\n- one\n- two\n\n> said\n\n[here](https://example.org/)")

    assert "<em>soft</em> <strong>loud</strong>" in html
    assert '<ul dir="auto">\n<li>one</li>' in html
    assert '<blockquote dir="auto">' in html
    assert 'rel="nofollow ugc noopener noreferrer"' in html


def test_line_breaks_stay_where_they_were_typed():
    assert "one<br>\ntwo" in render("one\ntwo")


def test_a_number_sign_or_an_underline_makes_no_heading():
    assert "<h" not in render("# Big\n\nBig\n===")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![pixel](https://tracker.example/p.gif)",
        "[go](javascript:alert(1))",
        "[go](data:text/html;base64,PHNjcmlwdD4=)",
        "[go]( javascript&#58;alert(1))",
        '<a href="https://a.example" onclick="x()">a</a>',
        "<style>body{display:none}</style>",
        '[a](https://a.example "title" onmouseover=x)',
    ],
)
def test_hostile_text_never_becomes_active(hostile):
    for html in (render(hostile), render_page(hostile)):
        assert "<script" not in html
        assert "<img" not in html
        assert "<style" not in html
        assert 'href="javascript' not in html
        assert 'href="data' not in html
        assert "<a" not in html or " on" not in html.partition("<a")[2].partition(">")[0]


def test_a_page_has_headings_from_the_second_level_and_tables():
    html = render_page("# One\n\n## Two\n\n| a | b |\n|---|---|\n| 1 | 2 |")

    assert "<h1" not in html
    assert "<h2>Two</h2>" in html
    assert "<td>1</td>" in html


def test_deep_nesting_ends():
    assert len(render("> " * 3000 + "x")) < 20_000


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>one</p><script>alert(1)</script>", "<p>one</p>"),
        ('<img src="https://x.example/pixel.gif">seen', "seen"),
        ('<p onclick="x()" style="color:red" id="a">one</p>', "<p>one</p>"),
        ('<a href="/log-out/">out</a>', '<a rel="nofollow noopener noreferrer">out</a>'),
        ('<a href="java&#10;script:alert(1)">a</a>', '<a rel="nofollow noopener noreferrer">a</a>'),
        ("<svg><a xlink:href='javascript:x'>in</a></svg>out", "out"),
        ("turned &#8238;round", "turned round"),
        ("<b>never closed", "<b>never closed</b>"),
    ],
)
def test_what_other_sites_publish_is_text_and_whole_links(html, kept):
    assert clean_foreign(html) == kept


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>one</p><p>t<b>w</b>o</p>", "one two"),
        ("AT&amp;T &lt;3", "AT&T <3"),
        ("&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;over", "over"),
        ("half \ud800 a letter\x00", "half a letter"),
    ],
)
def test_words_have_no_tags_however_often_they_were_escaped(html, words):
    assert words_of(html) == words


@given(st.from_regex(markdown.WORDS_ALONE, fullmatch=True))
def test_words_alone_are_drawn_as_the_parser_draws_them(text):
    assert markdown._of_words(text) == markdown._of_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two lines,\nand a word",
        "One.\n\nTwo (really)\n\n\nThree: it's 5 % of “all”",
        'She said "well-known"',
        "أهلا بك",
    ],
)
def test_what_people_mostly_write_needs_no_parser(text):
    assert markdown.WORDS_ALONE.fullmatch(text)
    assert markdown.render(text) == markdown._of_markdown(text)
