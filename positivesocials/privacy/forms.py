from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from positivesocials.privacy import texts

# What a browser sends for a box without a value.
TICKED = "on"


class _WordingBox(forms.CheckboxInput):
    """Sends the version of the wording that stands beside it."""

    def __init__(self, purpose: str) -> None:
        super().__init__(check_test=lambda value: value in (TICKED, texts.version(purpose)))
        self.purpose = purpose

    def format_value(self, value: Any) -> str:
        return texts.version(self.purpose)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return str(data.get(name) or "")


class AgreeField(forms.BooleanField):
    """A yes to the wording of a purpose. One to a wording that has changed meanwhile is asked again."""

    def __init__(self, purpose: str, *, label: Any = "") -> None:
        self.purpose = purpose
        super().__init__(label=label, required=False, widget=_WordingBox(purpose))

    def clean(self, value: Any) -> bool:
        if value and value not in (TICKED, texts.version(self.purpose)):
            raise ValidationError(_("The wording has changed since. Please read it again."))
        return bool(value)
