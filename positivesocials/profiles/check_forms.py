"""Forms of person checks: what a member sends and asks, and what a moderator answers."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import CheckCards, LookForm
from positivesocials.core.images import LARGEST_UPLOAD, SENTENCES


class SelfieForm(LookForm):
    picture = forms.FileField(
        label=_("The picture"),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. Where and when it was taken is dropped at once."),
        error_messages={
            "required": _("Choose a picture."),
            "empty": _("This file is empty. Choose another picture."),
        },
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "user"}),
    )

    def clean_picture(self) -> "UploadedFile[bytes]":
        picture: UploadedFile[bytes] = self.cleaned_data["picture"]
        if picture.size and picture.size > LARGEST_UPLOAD:
            raise forms.ValidationError(str(SENTENCES["heavy"]))
        return picture


class CallForm(LookForm):
    times = forms.CharField(
        label=_("When could you talk for a minute?"),
        max_length=500,
        help_text=_("A few days and hours, and your time zone. Say too if you would rather sign or type."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class PeopleForm(LookForm):
    people = forms.MultipleChoiceField(
        label=_("Whom have you met?"),
        widget=CheckCards,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]


class MeetingForm(LookForm):
    link = forms.URLField(
        label=_("Address of the call"),
        max_length=500,
        assume_scheme="https",
        help_text=_("A room of a service that your site uses. Whoever asked sees it on their page."),
    )
    when = forms.CharField(
        label=_("When"),
        max_length=200,
        help_text=_("Day, hour and time zone."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if not link.startswith("https://"):
            raise forms.ValidationError(_("The address has to begin with https://."))
        return link


class ReasonForm(LookForm):
    reason = forms.CharField(
        label=_("Reason, for them to read"),
        max_length=1000,
        help_text=_("What was missing, in kind words. Nothing about looks."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
