"""Adding a photo, and saying what is in one and whom it is sharp for."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, RadioCards
from positivesocials.core.images import LARGEST_UPLOAD, SENTENCES
from positivesocials.profiles.choices import FITTING, MATCHES, NAMED, PHOTO_AUDIENCES

MAX_PHOTO_WORDS = 250
HINTS = {
    FITTING: _("People who fit you in a mode you switched on, and those you said yes to."),
    MATCHES: _("Others see it blurred until you both said yes."),
    NAMED: _("Others see it blurred until you choose “Show them my photos” on their page."),
}


class PhotoWordsForm(LookForm):
    words = forms.CharField(
        label=_("What is in the picture?"),
        max_length=MAX_PHOTO_WORDS,
        help_text=_("A sentence for people who cannot see it, such as “Me on a windy beach, laughing”."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Say in a sentence what is in the picture.")},
    )
    sees = forms.ChoiceField(
        label=_("Who sees it sharp?"),
        choices=list(PHOTO_AUDIENCES.items()),
        widget=RadioCards(hints=HINTS),
        initial=MATCHES,
    )


class PhotoForm(PhotoWordsForm):
    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        help_text=_("JPEG, PNG or WebP, at most 10 MB. Where, when and by what it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-picture": ""}),
        error_messages={
            "required": _("Choose a picture."),
            "invalid": _("Choose a picture."),
            "missing": _("Choose a picture."),
        },
    )
    field_order = ("picture", "words", "sees")

    def clean_picture(self) -> UploadedFile[Any]:
        picture: UploadedFile[Any] = self.cleaned_data["picture"]
        if (picture.size or 0) > LARGEST_UPLOAD:
            raise forms.ValidationError(str(SENTENCES["heavy"]))
        return picture
