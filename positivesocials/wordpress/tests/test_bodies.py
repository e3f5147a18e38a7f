import time

import pytest

from positivesocials.wordpress.bodies import convert, line_of, spoken


def body(source: str) -> str:
    return convert(source, base="https://old.example.org/2021/").html


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("One.\n\nTwo,\nbroken.", "<p>One.</p>\n<p>Two,<br>broken.</p>"),
        ("<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->", "<p>One.</p>"),
        ("Words\n<h4>Head</h4>\nmore", "<p>Words</p>\n<h3>Head</h3>\n<p>more</p>"),
        ("Before<!--more-->after", "<p>Beforeafter</p>"),
        ("[[gallery]] is written so", "<p>[gallery] is written so</p>"),
        ("[sic] and [1] and [simple boat] stay", "<p>[sic] and [1] and [simple boat] stay</p>"),
        ("[box color=red]Words[/box]", "<p>Words</p>"),
        ('[caption width="3"]<img src="a.jpg"> Below[/caption]', "<p> Below</p>"),
        (
            "[embed]https://example.org/v[/embed]",
            '<p><a href="https://example.org/v">https://example.org/v</a></p>',
        ),
        ('<a href="/about">us</a>', '<p><a href="https://old.example.org/about">us</a></p>'),
        ('<a href="javascript:alert(1)">x</a>', "<p><a>x</a></p>"),
        ("<pre>a\nb</pre>", "<p>a<br>b</p>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a · b</p>"),
        ("ends with ]] >", "<p>ends with ]] &gt;</p>"),
        ('a:1:{s:3:"foo";}', '<p>a:1:{s:3:"foo";}</p>'),
    ],
)
def test_bodies_become_what_an_editor_could_have_written(source, kept):
    assert body(source) == kept


@pytest.mark.parametrize("mark", ["\u202e", "&#8238;", "&#x202E;", "&#8296;"])
def test_marks_that_turn_the_line_are_gone_however_they_are_written(mark):
    whole = convert(f"a{mark}b", base="")

    assert (whole.html, whole.words, line_of(f"a{mark}b"), spoken(f"a{mark}b")) == (
        "<p>ab</p>",
        "ab",
        "ab",
        "ab",
    )


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("[gallery ids='1,2'] x", "[gallery]"),
        ("<img src='https://old.example.org/a.jpg'> x", "the picture https://old.example.org/a.jpg"),
        ("<iframe src='https://video.example/1'></iframe>", "https://video.example/1"),
        ("<script>alert(1)</script> x", "<script>"),
        ("<table><tr><td>a</td></tr></table>", "a table"),
    ],
)
def test_what_has_no_place_is_named(source, what):
    assert [row[0] for row in convert(source, base="").left] == [what]


@pytest.mark.parametrize(
    "source",
    [
        "<svg onload=alert(1)><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=' java\nscript:alert(1)'>x</a><a href='data:text/html,x'>y</a>",
        "<p style='position:fixed' onclick=x>y</p><style>p{}</style>",
        "<a linktype='page' id='3'>x</a><embed src='javascript:alert(1)'>",
        "<!-- <script>alert(1)</script>",
        "[x y='<script>alert(1)</script>']",
        "<<script>script>alert(1)<</script>/script>",
    ],
)
def test_nothing_that_runs_leaves(source):
    kept = body(source)

    for sign in (
        "<script",
        "onerror=",
        "onload=",
        "onclick=",
        "javascript:",
        "<svg",
        "style=",
        "linktype",
        "data:text",
    ):
        assert sign not in kept


@pytest.mark.parametrize(
    "part",
    ["<div>", "[a ", "<!--", "[x][/x]", "<p><b>", "</p>", "[[", "<pre>", "<ul><li>", "https://a\n", "\n\n"],
)
def test_a_hostile_body_takes_no_longer_than_a_plain_one(part):
    begun = time.process_time()

    body(part * (60_000 // len(part)))

    assert time.process_time() - begun < 5


def test_a_comment_is_said_in_words():
    assert spoken("a<br>b<blockquote>c</blockquote><ul><li>d</li></ul>") == "a\nb\n\n> c\n\n- d"
    assert spoken("1 < 2 & 3") == "1 < 2 & 3"
