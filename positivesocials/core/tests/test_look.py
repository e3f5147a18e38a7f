import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from positivesocials.core.showcase import icon_names
from positivesocials.core.templatetags import look

PACKAGE = Path(__file__).resolve().parents[2]
STYLES = PACKAGE / "core" / "static" / "core"


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_icon_is_decoration():
    assert 'aria-hidden="true"' in draw('{% icon "home" %}')


def test_only_icons_that_point_turn_with_the_reading_direction():
    assert 'class="i turn"' in draw('{% icon "next" %}')
    assert 'class="i"' in draw('{% icon "home" %}')


def test_every_icon_named_in_a_template_exists():
    named = {
        name
        for template in PACKAGE.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)" %}', template.read_text())
    }

    assert named <= set(icon_names())


def test_a_patch_alone_has_a_name_and_beside_a_name_it_is_decoration():
    assert 'role="img" aria-label="Juniper"' in draw('{% patch "Juniper" "k3" label="Juniper" %}')
    assert 'aria-hidden="true"' in draw('{% patch "Juniper" "k3" %}')


def test_a_label_cannot_break_out_of_the_picture():
    assert "<script>" not in draw("{% patch name label=name %}", name='"><script>')


def test_a_patch_has_one_of_five_sizes():
    with pytest.raises(TemplateSyntaxError):
        draw('{% patch "Juniper" size="huge" %}')


def test_a_couples_banner_shows_the_two_in_turn():
    strip = draw('{% banner "Okapi" "a" "Lumen" "b" count=4 %}')
    one, two = draw('{% patch "Okapi" "a" %}'), draw('{% patch "Lumen" "b" %}')

    assert strip == f'<div class="banner">{one}{two}{one}{two}</div>'


def test_squares_say_their_share_in_words_too():
    drawn = draw("{% squares 52 %}")

    assert "52%" in drawn
    assert drawn.count('class="d3"') == 5


@pytest.mark.parametrize(("count", "filled"), [(0, 0), (999, 0), (38412, 38), (99999, 99), (250000, 100)])
def test_a_hundred_squares_fill_one_by_one(count, filled):
    drawn = str(look.hundred(count, 100000))

    assert f"{filled} of 100 squares are filled" in drawn
    assert drawn.count("h11v11") == (100 if filled == 100 else 99)


@time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 25, 9, 5, tzinfo=UTC), "09:05"),
        (datetime(2026, 11, 2, 9, 5, tzinfo=UTC), "2 November, 09:05"),
        (datetime(2025, 11, 2, 9, 5, tzinfo=UTC), "2 November 2025, 09:05"),
        (date(2026, 11, 25), "25 November 2026"),
    ],
)
def test_a_stamp_says_as_much_as_is_needed(moment, words):
    assert f">{words}</time>" in str(look.stamp(moment))


def test_a_stamp_of_nothing_is_empty():
    assert draw("{% stamp None %}") == ""


def _colours(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r" {(.*?)}", (STYLES / "tokens.css").read_text(), re.DOTALL)
    assert block
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", block[1]))


def test_night_is_the_same_whether_the_device_or_the_member_chose_it():
    assert _colours(':root:not([data-theme="light"])') == _colours('[data-theme="dark"]')


def test_day_and_night_name_the_same_colours():
    assert _colours('[data-theme="light"]').keys() == _colours('[data-theme="dark"]').keys()


def test_styles_stay_readable_by_browsers_of_2022_and_in_both_directions():
    text = "".join(file.read_text() for file in STYLES.glob("*.css"))

    assert "light-dark(" not in text
    assert "&" not in text
    assert not re.findall(r"[\s;{](?:margin|padding|border)-(?:left|right)|[\s;{](?:left|right):", text)


def test_words_side_by_side_are_parted_as_the_reader_does():
    assert draw("{{ names|listed }}", names=["Tea", "Choirs"]) == "Tea, Choirs"
    with translation.override("ar"):
        assert draw("one{% comma %}two") == "one، two"


def test_large_numbers_are_grouped_in_every_language():
    for language, shown in (("en", "100,000"), ("es", "100\xa0000"), ("ar", "100,000")):
        with translation.override(language):
            assert draw('{{ 100000|floatformat:"0g" }}') == shown
