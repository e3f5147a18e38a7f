"""What a guide's text becomes: marks, claims that fall away, blocks, boxes, the picture of windows."""

from datetime import date

import pytest

from positivesocials.articles import sections
from positivesocials.claims.selectors import Fact, Facts, Source

WHO = Source("who_1", "A paper", "WHO", "https://who.example/1", 2024)
CDC = Source("cdc-2", "A page", "CDC", "", None)


def fact(key, value="7 to 21 days", *, low=None, body="", about="a test", source=WHO, note=""):
    subject, topic = key.split(".")[:2]
    return Fact(
        key, subject, topic, body, about, value, note, low, low, "days", source, "", date(2026, 11, 22)
    )


def read(text, *facts, extra=(WHO, CDC), **options):
    return sections.read(text, Facts(facts, version=1), extra, **options)


def html(text, *facts, **options):
    return read(f"## In short\n\n{text}\n", *facts, **options).sections[0].html


def test_marks_become_numbers_that_lead_to_their_sources():
    parts = read("## In short\n\nB[^cdc-2], A.[^who_1] B again[^cdc-2].\n")

    said = parts.sections[0].html
    assert [source.title for source in parts.sources] == ["A page", "A paper"]
    assert 'B<sup><a href="#source-1">1</a></sup>' in said
    assert 'A.<sup><a href="#source-2">2</a></sup>' in said
    assert said.count("#source-1") == 2


def test_a_mark_without_a_source_is_left_out(db):
    assert "nowhere" not in html("A figure.[^nowhere]")


def test_a_claim_prints_its_value_and_its_source_and_the_source_is_listed():
    parts = read("## Signs\n\nAfter {{hiv.signs}}.\n", fact("hiv.signs"), extra=())

    assert 'After 7 to 21 days<sup><a href="#source-1">1</a></sup>.' in parts.sections[0].html
    assert [(each.number, each.publisher, each.date) for each in parts.sources] == [(1, "WHO", "2024")]


def test_a_value_is_printed_as_text_whatever_is_in_it():
    assert "&lt;script&gt;" in html("Now: {{hiv.signs}}", fact("hiv.signs", "<script>"))


def test_a_list_item_that_names_an_unconfirmed_claim_falls_away_whole_and_its_neighbours_stay():
    said = html("- One.\n- After {{hiv.signs}}\n  or later.\n- Three.\n")

    assert "One." in said
    assert "Three." in said
    assert "later" not in said


def test_a_paragraph_that_names_an_unconfirmed_claim_falls_away_and_so_does_its_source():
    parts = read("## A\n\nStays.\n\nAfter {{hiv.signs}},[^cdc-2] gone.\n", extra=())

    assert "gone" not in parts.sections[0].html
    assert parts.sources == []


def test_a_row_of_a_table_falls_away_alone():
    said = html("| Test | When |\n|---|---|\n| A | 1 |\n| B | {{hiv.signs}} |\n")

    assert "<td>A</td>" in said
    assert "<td>B</td>" not in said


def test_a_section_of_which_nothing_is_left_is_left_out():
    parts = read("## Signs\n\nAfter {{hiv.signs}}.\n\n## Testing\n\nA test.\n")

    assert [section.heading for section in parts.sections] == ["Testing"]


def test_sections_are_cut_at_their_headings_and_know_their_place():
    parts = read("Before.\n\n## In short\n\nA.\n\n### Smaller\n\n## When to get help now\n\nB.")

    assert "Before." in parts.opening
    assert [section.anchor for section in parts.sections] == ["in-short", "when-to-get-help-now"]
    assert parts.sections[0].is_short
    assert parts.sections[1].is_urgent


def test_hostile_markdown_renders_nothing_that_runs():
    said = html("<script>alert(1)</script> [a](javascript:alert(1)) ![b](https://x.example/i.png)")

    assert "<script" not in said
    assert 'href="javascript' not in said
    assert "<img" not in said


def test_bodies_that_disagree_stand_side_by_side_in_one_row_each_with_its_source():
    cdc = fact("hiv.testing.1.cdc", "90 days", body="CDC", source=CDC)
    said = html("{{table testing hiv}}", fact("hiv.testing.1", "45 days"), cdc)

    assert said.count("<tr>") == 2
    assert '<li><b>WHO</b> 45 days<sup><a href="#source-1">1</a></sup></li>' in said
    assert '<li><b>CDC</b> 90 days<sup><a href="#source-2">2</a></sup></li>' in said


def test_a_list_of_claims_is_a_list():
    said = html("{{list news hiv}}", fact("hiv.news.1", "Something new"))

    assert "<ul><li>Something new<sup>" in said


@pytest.mark.parametrize("words", ["table treatment hiv", "list news hiv", "window hiv chlamydia"])
def test_a_block_without_anything_confirmed_is_one_calm_sentence(words):
    said = html(f"{{{{{words}}}}}")

    assert said.count("Nothing about this has been confirmed here yet.") == 1
    assert "<table" not in said


def test_a_block_needs_no_empty_lines_around_it():
    said = html("Words before\n{{list news hiv}}\nand after.", fact("hiv.news.1", "Something new"))

    assert "<p>Words before</p>" in said
    assert "<li>Something new" in said


@pytest.mark.parametrize("words", ["table weather hiv", "table testing cold", "window", "table testing"])
def test_a_block_that_nobody_knows_draws_nothing(words):
    assert "{{" not in html(f"Before.\n\n{{{{{words}}}}}")


def test_the_window_is_drawn_and_says_the_same_in_words():
    said = html(
        "{{window hiv}}",
        fact("hiv.seen.1", "18 days", low=18),
        fact("hiv.testing.1", "45 days", low=45),
        fact("hiv.testing.1.cdc", "90 days", low=90, body="CDC", source=CDC),
    )

    assert 'class="early"' in said
    assert "Can see it from 18 days<sup>" in said
    assert "45 days<sup>" in said
    assert "(WHO), 90 days" in said
    assert "style=" not in said


def test_the_window_runs_from_the_right_where_the_language_does():
    facts = [fact("hiv.seen.1", "18 days", low=18), fact("hiv.testing.1", "45 days", low=45)]

    assert '<rect class="early" x="0.0"' in html("{{window hiv}}", *facts)
    assert '<rect class="sure" x="0.0"' in html("{{window hiv}}", *facts, language="ar")


def test_a_test_that_is_never_settled_claims_no_end():
    said = html("{{window hiv}}", fact("hiv.seen.1", "18 days", low=18))

    assert "When it settles it is not confirmed here yet." in said
    assert said.count('class="sure"') == 1  # In the key alone.


def test_boxes_say_in_words_what_they_are():
    said = html("::: warning\nMind this.\n:::\n\n::: do\n- Ask.\n:::\n\n::: dont\n- Wait.\n:::\n\nAfter.")

    assert said.index("Take care") < said.index("Mind this.") < said.index("<b>Do</b>")
    assert said.index("<b>Do not</b>") < said.index("Wait.") < said.index("<p>After.</p>")


def test_a_box_of_which_nothing_is_left_is_left_out():
    assert "Take care" not in html("Before.\n\n::: warning\nAfter {{hiv.signs}}.\n:::\n")


def test_a_prefix_keeps_the_anchors_of_many_guides_apart():
    parts = read("## In short\n\nA.[^who_1]\n", prefix="hiv-")

    assert parts.sections[0].anchor == "hiv-in-short"
    assert parts.sections[0].is_short
    assert 'href="#hiv-source-1"' in parts.sections[0].html


def test_what_a_text_names_is_told_known_or_not():
    named = sections.named("A[^x] {{hiv.signs}} {{odd one}}\n\n{{window hiv}}\n\n{{hiv.signs}}\n")

    assert (named.claims, named.sources, named.odd) == (["hiv.signs"], ["x"], ["odd one"])
    assert [block.kind for block in named.blocks] == ["window"]


def test_in_one_file_links_between_its_guides_stay_in_it_and_others_lead_to_the_site(settings):
    text = "[a](/guides/hiv/) [b](/guides/hiv/#testing) [c](#in-short) [d](/help-now/) [e](/guides/gone/)"

    parts = sections.in_one_file(
        read(f"## In short\n\n{text}\n", prefix="x-"), {"hiv", "x"}, carry=lambda key: ""
    )

    said = parts.sections[0].html
    assert 'href="#hiv"' in said
    assert 'href="#hiv-testing"' in said
    assert 'href="#x-in-short"' in said
    assert f'href="{settings.ORIGIN}/help-now/"' in said
    assert f'href="{settings.ORIGIN}/guides/gone/"' in said


BOTH = (
    fact("hiv.testing.1", "45 days", low=45, body="CDC", source=CDC),
    fact("hiv.testing.1.who", "45 days", low=45, body="WHO", source=WHO),
)


def test_bodies_that_say_the_same_are_named_together_with_all_their_sources():
    table = html("{{table testing hiv}}", *BOTH)
    window = html("{{window hiv}}", *BOTH)

    assert table.count("45 days") == table.count("<b>CDC, WHO</b>") == window.count("45 days") == 1
    for said in (table, window):
        assert "#source-1" in said
        assert "#source-2" in said
    assert "<sup>,</sup>" in table


def test_bodies_that_say_something_else_stand_apart():
    other = fact("hiv.testing.1.board", "90 days", low=90, body="Board", source=WHO)

    table = html("{{table testing hiv}}", *BOTH, other)
    window = html("{{window hiv}}", *BOTH, other)

    assert table.count("<li>") == 2
    assert "(CDC, WHO)" in window
    assert "(Board)" in window


def test_a_figure_is_printed_for_people_in_the_language_of_the_page():
    people = fact("hiv.numbers.1", "40.8 million [37.0-45.6]", about="people (world, age 15-49)")

    page = html("{{table numbers hiv}}", people)
    assert "40.8 million (between 37.0 and 45.6)" in page
    assert "age 15–49" in page
    assert "40,8" in html("{{table numbers hiv}}", people, language="es")
