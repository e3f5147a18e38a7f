"""The text of a guide as blocks: whatever it is, the blocks write it again letter for letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positivesocials.articles import blocks, guides
from positivesocials.articles.page_forms import MarkdownField
from positivesocials.articles.tests.factories import in_blocks, make_picture

KEY = "5a1f41ff-73bf-4559-96bd-5219cf607fe3"
NOWHERE = "66cfa08b-dc4e-4418-ae6a-4b01f51394f5"
PIECES = [
    *("\n", "\n\n", "\n\n\n", "\n\n\n\n", " ", "Words.", "## A heading", "- {{hiv.signs}}", "[^who_1]"),
    *("{{table testing hiv}}", "{{window hiv syphilis}}", "{{list news hiv}}", "{{table  testing hiv}}"),
    *("{{table weather hiv}}", "{{window}}", "::: warning", ":::", "::: do\nWords.\n:::", "::: dont\n\n:::"),
    *("::: warning\n## A heading\n:::", f"![](picture:{KEY})", f'![A door](picture:{KEY} "By Ada")'),
    *(
        f"![](picture:{NOWHERE})",
        f"![a [b]](picture:{KEY})",
        "![](picture:x)",
        "```",
        "\r\n",
        "\x0b",
        "\u2028",
    ),
]


def kinds(text):
    return [block["type"] for block in blocks.from_markdown(text, {KEY})]


def again(text):
    return blocks.to_markdown(blocks.from_markdown(text, {KEY}))


@pytest.mark.parametrize("file", sorted(guides.GUIDES.glob("*.md")), ids=lambda file: file.stem)
def test_every_shipped_guide_is_written_again_as_it_is(file):
    text = guides.front_matter(file.read_text(encoding="utf-8"))[1]

    assert again(text) == text
    # Nothing of it that could be a block is left as text.
    told = [block["value"] for block in blocks.from_markdown(text) if block["type"] == "text"]
    assert not any(line.startswith((":::", "{{")) for each in told for line in each.split("\n"))


def through_the_form(text):
    field = MarkdownField()
    # As the page shows it, and as it is sent from there.
    assert blocks.to_markdown(blocks.laid(field.prepare_value(text))) == text
    return field.clean(field.widget.value_from_datadict(in_blocks(text), {}, "text"))


@pytest.mark.parametrize("name", ["hiv", "hepatitis-b", "first-days", "testing"])
def test_a_shipped_guide_comes_back_from_the_desk_as_it_is(db, name):
    text = guides.front_matter((guides.GUIDES / f"{name}.md").read_text(encoding="utf-8"))[1]

    assert through_the_form(text) == text


def test_what_only_an_editor_could_have_written_comes_back_as_it_is_too(db):
    key = make_picture().pk
    text = f"\n\n{{{{window syphilis hiv}}}}\n\n\n\n![](picture:{key})\n\n  A \n\n![ a ](picture:{key})\n"

    assert through_the_form(text) == text


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
def test_any_text_is_written_again_as_it_is(text):
    assert again(text) == blocks.one_line_end(text)


def test_each_part_is_a_block_of_its_own():
    text = "\n\n".join(
        [
            "## In short\n\nWords {{hiv.signs}}.[^who_1]",
            "::: warning\nCall.\n\n- Now.\n:::",
            "::: do\nRest.\n:::",
            "::: dont\nRun.\n:::",
            "{{table testing hiv}}",
            f'![A door](picture:{KEY} "By Ada")',
            "More.",
        ]
    )

    assert kinds(text) == ["text", "warning", "do", "dont", "claims", "picture", "text"]
    laid = blocks.from_markdown(text, {KEY})
    assert laid[1]["value"] == "Call.\n\n- Now."
    assert laid[4]["value"] == {"shows": "table testing", "conditions": ["hiv"]}
    assert laid[5]["value"] == {"picture": KEY, "alt": "A door", "caption": "By Ada"}


@pytest.mark.parametrize(
    "text",
    [
        "{{table weather hiv}}",
        "{{table testing nothing}}",
        "{{ table testing hiv }}",
        "Words {{table testing hiv}} words.",
        "Words.\n{{table testing hiv}}",
        "::: warning\nNo end.",
        "::: warning\n## A heading\n:::",
        f"![](picture:{NOWHERE})",
        f"![a [b]](picture:{KEY})",
    ],
)
def test_what_is_not_understood_stays_text(text):
    assert kinds(text) == ["text"]


def test_the_order_of_conditions_is_kept():
    assert again("{{window syphilis hiv}}") == "{{window syphilis hiv}}"
    assert kinds("{{window syphilis hiv}}") == ["claims"]


def test_line_ends_of_a_browser_are_written_as_one():
    assert blocks.to_markdown([{"type": "do", "value": "A\r\nB"}]) == "::: do\nA\nB\n:::"
