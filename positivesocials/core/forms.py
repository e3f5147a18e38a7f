"""How forms look: renderer, widgets and the dress of a field. The shape of input stays in each app."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise, lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positivesocials.core.images import LARGEST_UPLOAD, SENTENCES
from positivesocials.core.refusals import NotThere, Refused

Words = str | Promise


class LookRenderer(TemplatesSetting):
    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"


class LookForm(forms.Form):
    """Labels above, hints below them, errors in words above the input.

    `mark_required` puts a star on required fields; otherwise optional ones say so.
    """

    # The browser's own bubbles would hide the summary and are not translated by us.
    use_required_attribute = False
    mark_required = False
    # The status of the page that comes back where a service refused what was sent.
    refused_as: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing_lazy(field, field.label or name.replace("_", " "))

    def gives_back(self) -> "GivenBack":
        """`with form.gives_back():` a service that refuses says so on the form, with all that was written."""
        return GivenBack(self)


class GivenBack:
    def __init__(self, form: LookForm) -> None:
        self._form = form

    def __enter__(self) -> None:
        """Nothing to begin with."""

    def __exit__(self, _kind: object, error: object, _trace: object) -> bool:
        if not isinstance(error, Refused) or isinstance(error, NotThere):
            return False
        self._form.add_error(None, error.message)
        self._form.refused_as = error.status
        return True


class PictureField(forms.FileField):
    """A picture that somebody brings: sent as it is, and drawn anew by core.images before it is kept."""

    def __init__(self, **more: Any) -> None:
        choose = gettext_lazy("Choose a picture.")
        super().__init__(
            label=gettext_lazy("Picture"),
            allow_empty_file=True,
            help_text=gettext_lazy(
                "JPEG, PNG or WebP, at most 10 MB. Where, when and by what it was taken is removed."
            ),
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-picture": ""}),
            error_messages=dict.fromkeys(("required", "invalid", "missing"), choose),
            **more,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        picture = super().clean(data, initial)
        if picture and (picture.size or 0) > LARGEST_UPLOAD:
            raise forms.ValidationError(str(SENTENCES["heavy"]))
        return picture


class Hinted(forms.widgets.ChoiceWidget):
    """Choices that may each carry a hint: `RadioCards(hints={"friends": _("...")})`."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[Any, Words] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class RadioCards(Hinted, forms.RadioSelect):
    template_name = "core/forms/cards.html"


class CheckCards(Hinted, forms.CheckboxSelectMultiple):
    template_name = "core/forms/cards.html"


class RadioChips(forms.RadioSelect):
    template_name = "core/forms/chips.html"


class Chips(forms.CheckboxSelectMultiple):
    template_name = "core/forms/chips.html"


class Switch(forms.CheckboxInput):
    template_name = "core/forms/switch.html"


@dataclass(frozen=True)
class Dressed:
    """What the template of a field needs to know and a template should not work out."""

    kind: str
    widget: SafeString
    starred: bool
    optional: bool
    described_by: str


@dataclass(frozen=True)
class Mistake:
    text: str
    href: str


def dress(bound: BoundField, *, autofocus: bool = False) -> Dressed:
    attrs: dict[str, Any] = {"autofocus": True} if autofocus else {}
    kind = _kind(bound)
    if kind == "line":
        attrs["class"] = " ".join(filter(None, ("in", bound.field.widget.attrs.get("class"))))
    starred = getattr(bound.form, "mark_required", False)
    required = bound.field.required
    return Dressed(
        kind=kind,
        widget=bound.as_widget(attrs=attrs),
        starred=starred and required,
        optional=not starred and not required and kind in {"line", "group"},
        described_by=bound.aria_describedby or "",
    )


def mistakes_of(form: BaseForm) -> list[Mistake]:
    found = [Mistake(str(text), "") for text in form.non_field_errors()]
    for bound in form:
        # A group of choices has no element of its own: link to its first choice.
        target = bound.id_for_label or f"{bound.auto_id}_0"
        found += [Mistake(str(text), "" if bound.is_hidden else f"#{target}") for text in bound.errors]
    return found


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, Switch):
        return "switch"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "group" if widget.use_fieldset else "line"


def _missing(field: forms.Field, label: Words) -> str:
    if isinstance(field, forms.BooleanField):
        return _("This needs your yes.")
    if isinstance(field, forms.ChoiceField):
        return _("Choose: %(label)s.") % {"label": label}
    return _("Fill in: %(label)s.") % {"label": label}


_missing_lazy = lazy(_missing, str)
