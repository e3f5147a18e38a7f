"""Photos beside what somebody writes in a group: one that is added now, and those that wait already."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, PictureField

MAX_PHOTO_WORDS = 250


GONE = _("A picture that stood here is gone. Choose it again.")


class Waiting(forms.Field):
    """The photos that the page showed, each by its id: no other is posted with it."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.MultipleHiddenInput)

    def to_python(self, value: Any) -> list[UUID]:
        try:
            return [UUID(each) for each in value or ()]
        except ValueError:
            raise forms.ValidationError(GONE) from None


class PostPhotosForm(LookForm):
    """One file at a time, with words for it; browsers forget files, so that each is kept as it comes."""

    # Not said of each: the whole part of the page is optional.
    mark_required = True

    picture = PictureField(required=False)
    photo_words = forms.CharField(
        label=_("What is in the picture?"),
        max_length=MAX_PHOTO_WORDS,
        required=False,
        help_text=_(
            "One sentence. It stands below the picture, so that people know before they open it, "
            "or if they cannot see it."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    photo_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    photos = Waiting()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["photo_key"] = uuid4()

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if "picture" in sent and "photo_words" in sent:
            picture, words = sent["picture"], sent["photo_words"]
            if picture and not words:
                self.add_error("photo_words", _("Say in a sentence what is in the picture."))
                self.add_error("picture", _("Your browser forgot the file. Choose it once more."))
            elif words and not picture:
                self.add_error("picture", _("Choose the picture that these words are for, or empty them."))
        return sent
