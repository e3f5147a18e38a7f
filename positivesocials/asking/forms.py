from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.asking.checks import Said
from positivesocials.core.forms import LookForm, RadioCards
from positivesocials.replies.services import LONGEST

SHARED, PRIVATE = "shared", "private"


class _Once(LookForm):
    """A form that counts once, however often it is sent. `sure`: posted after a second look."""

    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"client_key": str(uuid4())}, **kwargs)


class AskForm(_Once):
    title = forms.CharField(
        label=_("Your question in one line"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("What professionals should know"),
        help_text=_("Leave out names, places and anything that tells others who you are."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
    )
    reading = forms.ChoiceField(
        label=_("Who may read it once it is answered?"),
        choices=[
            (SHARED, _("Anybody, without my name")),
            (PRIVATE, _("Only the professionals and me")),
        ],
        widget=RadioCards(
            hints={
                SHARED: _("It may help somebody with the same question, and is found by the search."),
                PRIVATE: _("It is on no list and found by nobody else."),
            }
        ),
        error_messages={"required": _("Choose who may read it.")},
    )


class AddForm(_Once):
    text = forms.CharField(
        label=_("Add to your question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class AnswerForm(_Once):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
    )


class ApplyForm(LookForm):
    name = forms.CharField(
        label=_("Your professional name"),
        help_text=_("It stands above your answers, for anybody to read."),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    profession = forms.CharField(
        label=_("Your profession"),
        help_text=_("Such as: nurse in a sexual health clinic"),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    proof = forms.CharField(
        label=_("How can we check it?"),
        help_text=_(
            "Such as a public register with your number, or where you work. Only the operators read it."
        ),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def said(self) -> Said:
        return Said(*(self.cleaned_data[field] for field in ("name", "profession", "proof")))


class VerifyForm(ApplyForm):
    """What the operator found true, in the words of the badge."""

    valid_until = forms.DateField(
        label=_("It holds until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("name", "profession", "proof", "valid_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Their professional name")
        self.fields["name"].help_text = _("It stands above their answers, for anybody to read.")
        self.fields["profession"].label = _("Their profession")
        self.fields["proof"].label = _("What was checked")
        self.fields["proof"].help_text = _(
            "Readers see it beside the name. Such as: entry in the public register of nurses, and a call to "
            "the clinic."
        )
        self.fields["proof"].widget.attrs["rows"] = 3
