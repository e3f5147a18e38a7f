"""The text of a guide as blocks at the desk. What is kept is Markdown, before and after.

`to_markdown(from_markdown(text))` is the text, whatever it is: a block is made only of what it writes again
letter for letter, and everything else stays text.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.widgets import AdminAutoHeightTextInput

from positivesocials.articles import directives
from positivesocials.articles.directives import DIRECTIVE, PICTURE, TABLES
from positivesocials.articles.picture_desk import PictureChooserBlock
from positivesocials.articles.picture_models import LONGEST_WORDS
from positivesocials.articles.sourcing import names
from positivesocials.claims.models import TOPICS

BOXES = ("warning", "do", "dont")
# A box holds no heading and no other box: the page would be cut there.
INSIDE = r"(?!:::|##[ ]).*\n"
BLOCK = re.compile(
    rf"(?:\A|(?<=\n\n))(?:::: (?P<box>warning|do|dont)\n(?P<inside>(?:{INSIDE})+):::"
    r"|(?P<claims>\{\{(?:table|list|window) [^\n]+\}\})|(?P<picture>!\[[^\n]+\)))(?=\n\n|\Z)"
)
CUTS = re.compile(r"^(?::::|##[ ])", re.MULTILINE)
BETWEEN = "\n\n"
# As Wagtail keeps blocks: a kind, and what it holds.
Laid = Mapping[str, Any]


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n")


def from_markdown(text: str, pictures: Collection[str] = ()) -> list[Laid]:
    """`pictures` are the keys of those that are there; the line of another stays text."""
    text = one_line_end(text)
    laid: list[Laid] = []
    end = 0
    for found in BLOCK.finditer(text):
        block = _block(found, pictures)
        before = text[end : found.start()]
        if block is None or len(before) == len(BETWEEN) + 1:
            continue
        if found.start():
            laid += _prose(before, is_first=not end)
        laid.append(block)
        end = found.end()
    if end == 0 or text[end:]:
        laid += _prose(text[end:] + BETWEEN, is_first=not end) if text else []
    return laid


def _prose(text: str, *, is_first: bool) -> list[Laid]:
    """What stands before a block, with the empty lines that part it from its neighbours."""
    inside = text if is_first else text.removeprefix(BETWEEN)
    is_nothing = not is_first and text == BETWEEN
    return [] if is_nothing else [{"type": "text", "value": inside.removesuffix(BETWEEN)}]


def _block(found: re.Match[str], pictures: Collection[str]) -> Laid | None:
    if kind := found["box"]:
        inside = found["inside"].removesuffix("\n")
        return {"type": kind, "value": inside} if inside.strip() else None
    block = _claims(found[0]) if found["claims"] else _picture(found[0], pictures)
    return block if block and _written(block) == found[0] else None


def _claims(line: str) -> Laid | None:
    found = DIRECTIVE.fullmatch(line)
    directive = directives.parse(found[1], found[2]) if found else None
    if directive is None or not directive.is_known:
        return None
    shows = f"{directive.kind} {directive.topic}".strip()
    return {"type": "claims", "value": {"shows": shows, "conditions": list(directive.subjects)}}


def _picture(line: str, pictures: Collection[str]) -> Laid | None:
    found = PICTURE.fullmatch(line)
    if found is None or found[2] not in pictures:
        return None
    words = {"alt": found[1], "caption": found[3] or ""}
    # A line of a form keeps no space at its ends.
    if any(each != each.strip() or len(each) > LONGEST_WORDS for each in words.values()):
        return None
    return {"type": "picture", "value": {"picture": found[2], **words}}


def to_markdown(laid: Iterable[Laid]) -> str:
    return BETWEEN.join(_written(block) for block in laid)


def _written(block: Laid) -> str:
    kind, value = block["type"], block["value"]
    if kind in BOXES:
        return f"::: {kind}\n{one_line_end(value)}\n:::"
    if kind == "claims":
        return f"{{{{{' '.join((value['shows'], *value['conditions']))}}}}}"
    if kind == "picture":
        caption = f' "{value["caption"]}"' if value["caption"] else ""
        return f"![{value['alt']}](picture:{value['picture']}{caption})"
    return one_line_end(value)


def laid(stream: Any) -> list[Laid]:
    """What came from the desk, as it is kept."""
    return [{"type": block.block_type, "value": _plain(block.block_type, block.value)} for block in stream]


def _plain(kind: str, value: Any) -> Any:
    if kind == "claims":
        return {"shows": value["shows"] or "", "conditions": [each or "" for each in value["conditions"]]}
    if kind == "picture":
        key = str(value["picture"].pk) if value["picture"] else ""
        return {"picture": key, "alt": value["alt"] or "", "caption": value["caption"] or ""}
    return value or ""


class MarkdownBlock(blocks.TextBlock):  # type: ignore[misc]
    """Letter for letter what was typed, with buttons that look up claims and sources (desk.js)."""

    @cached_property
    def field(self) -> forms.CharField:
        attrs = {
            "rows": 3,
            "data-controller": "w-autosize ps-marks",
            "data-ps-marks-claim-value": gettext_lazy("Insert a claim"),
            "data-ps-marks-source-value": gettext_lazy("Insert a source"),
        }
        return forms.CharField(strip=False, widget=_Marked(attrs=attrs), **self.field_options)


class _Marked(AdminAutoHeightTextInput):  # type: ignore[misc]
    class Media:
        js = ["articles/desk.js"]


class BoxBlock(MarkdownBlock):
    def clean(self, value: Any) -> Any:
        text = one_line_end(super().clean(value))
        if not text.strip():
            raise ValidationError(_("Write something, or take the box out."))
        if CUTS.search(text):
            raise ValidationError(
                _("A box holds no heading and no other box: no line begins with ## or :::.")
            )
        return text


def _shows() -> list[tuple[Any, Any]]:
    """Every block of claims that can be drawn, by its kind."""
    lists = [(f"list {topic}", TOPICS[topic]) for topic in sorted(directives.LISTS)]
    return [
        (_("Table"), [(f"table {topic}", TOPICS[topic]) for topic in TABLES]),
        (_("List"), lists),
        (_("Picture"), [("window", _("How soon a test can tell"))]),
    ]


def _conditions() -> list[tuple[str, str]]:
    return list(names().items())


class ClaimsBlock(blocks.StructBlock):  # type: ignore[misc]
    shows = blocks.ChoiceBlock(choices=_shows, label=gettext_lazy("Shows"))
    conditions = blocks.ListBlock(
        blocks.ChoiceBlock(choices=_conditions, label=gettext_lazy("Condition")),
        min_num=1,
        label=gettext_lazy("Conditions"),
        help_text=gettext_lazy("One. The picture of how soon a test can tell takes more."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        kind, *topic = value["shows"].split()
        if not directives.parse(kind, " ".join((*topic, *value["conditions"]))).is_known:
            told = ValidationError(_("This is told of one condition at a time."))
            raise blocks.StructBlockValidationError(non_block_errors=[told])
        return value

    class Meta:
        icon = "table"
        label = gettext_lazy("Claims")


class WordsBlock(blocks.CharBlock):  # type: ignore[misc]
    """Words inside the mark of a picture: what would end the mark early is refused."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if set(words or "") & set('[]{}"\n'):
            raise ValidationError(_("Leave out brackets, braces and straight quotes."))
        return words


class PictureBlock(blocks.StructBlock):  # type: ignore[misc]
    picture = PictureChooserBlock(label=gettext_lazy("Picture"))
    alt = WordsBlock(
        required=False,
        max_length=LONGEST_WORDS,
        label=gettext_lazy("What it shows, in other words"),
        help_text=gettext_lazy("Leave it empty for the words that the picture has."),
    )
    caption = WordsBlock(
        required=False,
        max_length=LONGEST_WORDS,
        label=gettext_lazy("Below the picture, in other words"),
        help_text=gettext_lazy("Leave it empty for the line that the picture has."),
    )

    class Meta:
        icon = "image"
        label = gettext_lazy("Picture")


class GuideBlocks(blocks.StreamBlock):  # type: ignore[misc]
    text = MarkdownBlock(required=False, label=gettext_lazy("Text"))
    warning = BoxBlock(label=gettext_lazy("Warning"), icon="warning")
    do = BoxBlock(label=gettext_lazy("Do"), icon="check")
    dont = BoxBlock(label=gettext_lazy("Do not"), icon="cross")
    claims = ClaimsBlock()
    picture = PictureBlock()
