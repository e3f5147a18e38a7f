from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm
from positivesocials.core.images import LARGEST_UPLOAD, SENTENCES
from positivesocials.messaging.composing import not_too_long


class SentPhotoForm(LookForm):
    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        help_text=_("JPEG, PNG or WebP, at most 10 MB. Where, when and by what it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-picture": ""}),
        error_messages=dict.fromkeys(("required", "invalid", "missing"), _("Choose a picture.")),
    )
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

    def clean_picture(self) -> UploadedFile[Any]:
        picture: UploadedFile[Any] = self.cleaned_data["picture"]
        if (picture.size or 0) > LARGEST_UPLOAD:
            raise forms.ValidationError(str(SENTENCES["heavy"]))
        return picture
