"""The desk's forms: nobody saves over another's words unawares, no guide is published without ground."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField
from wagtail.models import Page, Revision

from positivesocials.articles import blocks, picture_models, publishing, translating
from positivesocials.articles.sourcing import names


class CarefulPageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """A save over what somebody else saved in between is refused once, by name; no word leaves the form."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if newer := self._newer():
            self.add_error(None, _overtaken(newer))
        return cleaned

    def _newer(self) -> Revision | None:
        """What was saved while this form was open."""
        loaded = self.data.get("overwrite_revision_id") or self.data.get("loaded_revision_id")
        if not self.instance.pk or not loaded:
            return None
        return newer_than(self.instance.pk, int(loaded) if str(loaded).isdecimal() else None)


def newer_than(page: int, mine: int | None) -> Revision | None:
    """What was saved after this revision. A later save waits here until the earlier is through."""
    # Nothing changes: the row is only held until this save is through.
    held = Page.objects.filter(pk=page, latest_revision_id=mine).update(latest_revision_id=mine)
    return None if held else Revision.page_revisions.filter(object_id=str(page)).order_by("pk").last()


def name_of_writer(revision: Revision) -> str:
    return revision.user.get_full_name() if revision.user else ""


def _overtaken(newer: Revision) -> str:
    return _(
        "%(who)s saved this page while you were writing. Nothing was saved just now, and your words are "
        "still below. Look at theirs under History first. If you save again, yours come next, and theirs "
        "stay in History."
    ) % {"who": name_of_writer(newer) or _("Somebody else")}


class SubjectsField(forms.MultipleChoiceField):
    """Conditions of the fact sheet, kept as their ids with spaces between."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=lambda: names().items(), widget=forms.CheckboxSelectMultiple, **options)

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return " ".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MarkdownField(BlockField):  # type: ignore[misc]
    """Markdown, edited as blocks. What no block changed comes back as it was, line ends included."""

    def __init__(self, **options: Any) -> None:
        super().__init__(block=blocks.GuideBlocks(required=True), **options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return self.block.to_python(blocks.from_markdown(value, picture_models.known(value)))

    def clean(self, value: Any) -> str:
        """Half a block is no text, not even in a draft; an empty draft is one."""
        if not len(value) and getattr(self, "is_deferred_validation", False):
            return ""
        return blocks.to_markdown(blocks.laid(self.block.clean(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = blocks.one_line_end(initial or "")
        return data is None or blocks.to_markdown(blocks.laid(data)) != before


class GuideForm(CarefulPageForm):
    conditions = SubjectsField(required=False)
    text = MarkdownField(
        label=_lazy("Text"),
        help_text=_lazy(
            "Each section starts with ##. In a text, [^name] marks a source and {{name}} prints a confirmed "
            "claim; both can be looked up. Everything is kept as Markdown."
        ),
    )

    def clean_text(self) -> str:
        """A save that changes nothing changes no hash that a review was said of."""
        text, before = self.cleaned_data["text"], str(self.initial.get("text") or "")
        return before if text == blocks.one_line_end(before) else text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.data.get("action-publish"):
            self._require_ground(cleaned)
        return cleaned

    def _require_ground(self, cleaned: dict[str, Any]) -> None:
        draft = publishing.Draft(
            text=cleaned.get("text", ""),
            kind=cleaned.get("kind", ""),
            subjects=cleaned.get("conditions", "").split(),
            review_due_on=cleaned.get("review_due_on"),
            own_sources={block.value["key"] for block in cleaned.get("sources", ())},
        )
        wording = translating.Wording(cleaned.get("title", ""), cleaned.get("summary", ""), draft.text)
        beside = self.instance.reasons_beside_original(wording)
        for reason in (*publishing.reasons_against(draft), *beside):
            self.add_error(None, _("Not published: %(reason)s") % {"reason": reason})
