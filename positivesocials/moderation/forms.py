from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, RadioCards
from positivesocials.moderation.models import Why
from positivesocials.moderation.registry import MOST_BEFORE


class ReportForm(LookForm):
    why = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Why.choices,
        widget=RadioCards,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    before = forms.TypedChoiceField(
        label=_("What was said before"),
        choices=[(0, _("Only what you see above")), (MOST_BEFORE, _("And up to five messages before it"))],
        coerce=int,
        initial=0,
        widget=RadioCards,
        error_messages={"required": _("Choose whether what was said before goes along.")},
    )
    note = forms.CharField(
        label=_("Anything a moderator should know"),
        required=False,
        max_length=1000,
        help_text=_("Only moderators read this."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, has_before: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_before:
            del self.fields["before"]


class RemoveForm(LookForm):
    reason = forms.CharField(
        label=_("Reason, for its author to read"),
        max_length=1000,
        help_text=_("Say which rule, and what would have been fine."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
