from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm
from positivesocials.replies.services import LONGEST


class ReplyForm(LookForm):
    """What a member sends: the words, what they answer, and a key that makes a double submit harmless."""

    text = forms.CharField(
        label=_("Your reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    parent_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, answering: UUID | str | None = None) -> None:
        super().__init__(data, initial={"client_key": str(uuid4()), "parent_id": answering})


class GuestReplyForm(ReplyForm):
    mark_required = True

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("Any name will do. It will be shown."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    address = forms.EmailField(
        label=_("E-mail"),
        max_length=200,
        help_text=_(
            "Never shown. Used only to send you a link to edit or delete this reply, erased after 30 days."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["text", "name", "address"]


class EditForm(LookForm):
    text = ReplyForm.base_fields["text"]
