from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, RadioCards
from positivesocials.moderation.models import Why


class ReportForm(LookForm):
    why = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Why.choices,
        widget=RadioCards,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    note = forms.CharField(
        label=_("Anything a moderator should know"),
        required=False,
        max_length=1000,
        help_text=_("Only moderators read this."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class RemoveForm(LookForm):
    reason = forms.CharField(
        label=_("Reason, for its author to read"),
        max_length=1000,
        help_text=_("Say which rule, and what would have been fine."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
