from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core import wording
from positivesocials.core.forms import LookForm, RadioCards
from positivesocials.replies import aliases
from positivesocials.replies.forms import LookedOver, WearsAlias
from positivesocials.replies.services import LONGEST

NAME, ALIAS = "name", "alias"
NOTE = 120
TOO_LONG = _(
    "A post has at most %(limit_value)d characters, this one has %(show_value)d. "
    "Nothing is lost: shorten it here, or post it in parts."
)


class PostForm(WearsAlias, LookedOver):
    """A post, and the name it is written under.

    An alias is chosen at first: who meant their own name can say so later, and never the other way round.
    """

    text = forms.CharField(
        label=_("Your post"),
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
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
    voice = forms.ChoiceField(label=_("Write as"), widget=RadioCards)
    alias = forms.CharField(
        label=_("Alias"),
        max_length=60,
        error_messages={"required": _("Fill in an alias, or write under your name.")},
        help_text=_("Drawn at random. Change it if you like; take one that you use nowhere else."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    draft = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, initial=0, widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        own_name: str,
        seen: Collection[str] = (),
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """`typed` is what stands in it at first, and is not judged."""
        drawn = {"alias": aliases.suggest(seen), "salt": aliases.draw_picture()}
        fresh = {"voice": ALIAS, **drawn, "client_key": str(uuid4())}
        super().__init__(data, initial={**fresh, **(typed or {})})
        self.own_name = own_name
        # Counted here and not by the browser, which would cut what is pasted.
        self.fields["text"].widget.attrs.pop("maxlength", None)
        self.fields["alias"].required = self["voice"].value() != NAME
        voice = self.fields["voice"]
        assert isinstance(voice, forms.ChoiceField)
        voice.choices = [(ALIAS, _("An alias, for this post only")), (NAME, own_name)]
        voice.widget.hints = {
            ALIAS: _("Neither its name nor its picture leads to you."),
            NAME: _("The name people know you by."),
        }

    def clean_alias(self) -> str:
        alias = str(self.cleaned_data["alias"])
        if self.cleaned_data.get("voice") == ALIAS and wording.is_one_name(alias, self.own_name):
            raise forms.ValidationError(_("That is the name people know you by. Choose another one."))
        return alias


class JoinForm(LookForm):
    """The rules of a group, accepted, and what it asks newcomers."""

    accepts = forms.BooleanField(
        label=_("I have read how people talk here, and I will keep to it"),
        error_messages={"required": _("Tick this to join.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, questions: list[str]) -> None:
        super().__init__(data)
        self.asked = [f"answer_{number}" for number, _question in enumerate(questions)]
        for name, question in zip(self.asked, questions, strict=True):
            self.fields[name] = forms.CharField(
                label=question,
                max_length=600,
                error_messages={"required": _("Answer: %(question)s") % {"question": question}},
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )
        self.order_fields([*self.asked, "accepts"])

    @property
    def answers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.asked]

    def answer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked]
