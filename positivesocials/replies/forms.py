from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.care import selectors as care
from positivesocials.care.selectors import Look
from positivesocials.core import wording
from positivesocials.core.forms import LookForm, RadioCards, RadioChips
from positivesocials.replies import aliases
from positivesocials.replies.proofs import LONGEST as LONGEST_PROOF
from positivesocials.replies.selectors import Voice
from positivesocials.replies.services import LONGEST

ALIAS = "alias"


class LookedOver(LookForm):
    """Words that are looked over before they are posted."""

    def look(self, country: str | None = None, *, has_picture: bool = False) -> Look:
        said = (self.cleaned_data.get(name, "") for name in ("title", "note", "text"))
        return care.look_over("\n\n".join(filter(None, said)), country=country, has_picture=has_picture)

    def must_ask(self, look: Look) -> bool:
        """Whether the page comes back with a warning. The button "Post it anyway" is the answer to it."""
        return look.must_ask(is_sure=self.data.get("sure") == "on")


class WordsForm(LookedOver):
    """The words of a reply. They are counted here and not by the browser, which would cut what is pasted."""

    text = forms.CharField(
        label=_("Your reply"),
        max_length=LONGEST,
        error_messages={
            "max_length": _(
                "A reply has at most %(limit_value)d characters, this one has %(show_value)d. "
                "Nothing is lost: shorten it here, or send it in parts."
            )
        },
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)


class ReplyForm(WordsForm):
    """What a member sends: the words, what they answer, and a key that makes a double submit harmless."""

    parent_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    wants_answers = forms.BooleanField(label=_("Tell me when somebody answers"), required=False, initial=True)

    def __init__(self, data: Mapping[str, Any] | None = None, *, answering: UUID | str | None = None) -> None:
        super().__init__(data, initial={"client_key": str(uuid4()), "parent_id": answering})


class GuestReplyForm(ReplyForm):
    """`proof` is filled by a script. Without one, the mailed link says that a person wrote it."""

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
            "Never shown. It gets a link to edit or delete this reply, and what you ask for here; erased "
            "after 30 days."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    wants_answers = forms.BooleanField(
        label=_("Tell me when somebody answers"),
        help_text=_(
            "By a mail without any details, until the address is erased. The link asks you once more."
        ),
        required=False,
    )
    proof = forms.CharField(max_length=LONGEST_PROOF, required=False, widget=forms.HiddenInput)
    field_order = ["text", "name", "address", "wants_answers"]

    def clean_name(self) -> str:
        name = wording.one_line(self.cleaned_data["name"])
        if not wording.is_seen(name):
            raise forms.ValidationError(_("A name needs at least one letter or sign that can be seen."))
        return name


class VoiceReplyForm(ReplyForm):
    """A reply under a name one may choose. Where one has worn an alias here, it is offered first."""

    voice = forms.TypedChoiceField(label=_("Write as"), coerce=UUID, widget=RadioChips)
    field_order = ["voice", "text"]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        voices: list[Voice],
        answering: UUID | str | None = None,
    ) -> None:
        super().__init__(data, answering=answering)
        voice = self.fields["voice"]
        assert isinstance(voice, forms.ChoiceField)
        voice.choices = [(str(v.id), _named(v)) for v in voices]
        self.initial["voice"] = str(voices[0].id)
        if len(voices) == 1:
            voice.widget = forms.HiddenInput()


class WearsAlias(LookForm):
    """The picture beside an alias, drawn by the server before anybody sees the form."""

    salt = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def clean_salt(self) -> str:
        return aliases.picture(self.cleaned_data["salt"])

    @property
    def picture(self) -> str:
        return aliases.picture(str(self["salt"].value() or ""))


class AliasReplyForm(WearsAlias, VoiceReplyForm):
    """The first reply of a member in a thread: under a fresh alias, or under the name people know.

    The alias is chosen at first: who meant their own name can say so later, and never the other way round.
    """

    alias = forms.CharField(
        label=_("Alias"),
        max_length=40,
        error_messages={"required": _("Fill in an alias, or write under your name.")},
        help_text=_("Drawn at random. Change it if you like; take one that you use nowhere else."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    field_order = ["text", "voice", "alias"]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        voices: list[Voice],
        answering: UUID | str | None = None,
    ) -> None:
        super().__init__(data, voices=voices, answering=answering)
        hints = {
            ALIAS: _("Neither its name nor its picture leads to you."),
            str(voices[0].id): _("The name people know you by."),
        }
        self.fields["voice"] = forms.ChoiceField(
            label=_("Write as"),
            choices=[(ALIAS, _("An alias, for these replies only")), (str(voices[0].id), voices[0].name)],
            widget=RadioCards(hints=hints),
        )
        self.initial.update({"voice": ALIAS, "alias": aliases.suggest(), "salt": aliases.draw_picture()})
        self.order_fields(self.field_order)
        self.fields["alias"].required = self["voice"].value() == ALIAS
        self.own_name = voices[0].name

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("voice") == ALIAS and sent.get("alias"):
            alias = wording.one_line(sent["alias"])
            if not wording.is_seen(alias):
                self.add_error("alias", _("Fill in an alias, or write under your name."))
            elif wording.is_one_name(alias, self.own_name):
                self.add_error("alias", _("That is the name people know you by. Choose another one."))
        return sent


def member_form(
    voices: list[Voice], data: Mapping[str, Any] | None = None, *, answering: UUID | str | None = None
) -> VoiceReplyForm:
    """Where one wears an alias already, no second one is offered."""
    kind = VoiceReplyForm if any(voice.is_alias for voice in voices) else AliasReplyForm
    return kind(data, voices=voices, answering=answering)


class EditForm(WordsForm):
    """What a guest changes."""


class OwnReplyForm(WordsForm):
    """What a member changes: the words, and whether answers are told of."""

    wants_answers = forms.BooleanField(label=_("Tell me when somebody answers"), required=False)


def _named(voice: Voice) -> str:
    return f"{voice.name} ({_('alias')})" if voice.is_alias else voice.name
