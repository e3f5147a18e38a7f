"""Adding a photo, and saying what is in one and whom it is sharp for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, PictureField, RadioCards
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
    picture = PictureField()
    field_order = ("picture", "words", "sees")
