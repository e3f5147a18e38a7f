from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, PictureField
from positivesocials.messaging.composing import not_too_long


class SentPhotoForm(LookForm):
    picture = PictureField()
    text = forms.CharField(
        label=_("Words with it"),
        required=False,
        help_text=_("Say what is in it: not everybody sees pictures."),
        validators=[not_too_long],
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    ends = forms.ChoiceField(
        label=_("How long can they see it?"),
        required=False,
        choices=[("", _("Until you take it back")), ("1", _("For one day")), ("7", _("For seven days"))],
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
