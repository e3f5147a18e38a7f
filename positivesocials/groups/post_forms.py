"""Changing a post, replying below one, and what a script saves of either."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import Chips
from positivesocials.groups.forms import NOTE, TOO_LONG
from positivesocials.replies.forms import LookedOver, VoiceReplyForm
from positivesocials.replies.quotes import Person
from positivesocials.replies.selectors import Voice
from positivesocials.replies.services import LONGEST, MOST_NAMED


def draft_number() -> forms.IntegerField:
    return forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, initial=0, widget=forms.HiddenInput
    )


class EditPostForm(LookedOver):
    """New words of a post. Under which name it stands cannot be changed."""

    text = forms.CharField(
        label=_("Your post"),
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
    )
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    note = forms.CharField(
        label=_("Content note"),
        max_length=NOTE,
        required=False,
        help_text=_(
            "One line for what may be hard to read. Your text is folded below it until it is opened."
        ),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)


class TalkReplyForm(VoiceReplyForm):
    """A reply below a post: it may quote what it answers, and name people of this thread."""

    quotes = forms.BooleanField(label=_("Show a short part of what I answer above it"), required=False)
    mentions = forms.TypedMultipleChoiceField(
        label=_("People who wrote here"),
        coerce=UUID,
        required=False,
        help_text=_("Up to five. They are told that somebody named them."),
        widget=Chips,
    )
    draft = draft_number()
    field_order = ["voice", "text", "quotes", "mentions"]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        voices: list[Voice],
        people: Sequence[Person],
        answering: UUID | str | None = None,
    ) -> None:
        super().__init__(data, voices=voices, answering=answering)
        named = self.fields["mentions"]
        assert isinstance(named, forms.TypedMultipleChoiceField)
        named.choices = [(str(person.id), _named(person)) for person in people]

    def clean_mentions(self) -> list[UUID]:
        named: list[UUID] = self.cleaned_data["mentions"]
        if len(named) > MOST_NAMED:
            raise forms.ValidationError(_("Name up to five people."))
        return named


class DraftForm(forms.Form):
    """What is saved as a draft. How long it may be says the service."""

    text = forms.CharField(required=False, strip=False)
    title = forms.CharField(required=False)
    note = forms.CharField(required=False)
    draft = draft_number()
    drop = forms.BooleanField(required=False)


class SupportForm(forms.Form):
    """A sign, and what it is for: a reply, or the post itself."""

    on = forms.UUIDField(required=False)
    sign = forms.CharField(required=False, max_length=40)
    back = forms.BooleanField(required=False)


def _named(person: Person) -> str:
    return f"{person.name} ({_now('alias')})" if person.is_alias else person.name
