from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm


class FeedForm(LookForm):
    address = forms.CharField(
        label=_("Address of the feed"),
        max_length=2000,
        widget=forms.URLInput(attrs={"dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_("RSS, Atom or JSON Feed, such as https://example.org/feed"),
    )
    category = forms.CharField(
        label=_("Category"),
        max_length=80,
        help_text=_("What its news is filed under, unless you choose another."),
    )


class LetInForm(LookForm):
    """What readers will see; the address and the source come with the entry and are not typed."""

    title = forms.CharField(label=_("Headline"), max_length=250)
    standfirst = forms.CharField(
        label=_("Excerpt"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few sentences. The whole text stays with its source."),
    )
    category = forms.CharField(label=_("Category"), max_length=80)
    content_note = forms.CharField(
        label=_("Content note"),
        max_length=200,
        required=False,
        help_text=_("One line before the text, where it may be hard to read: “Tells of violence.”"),
    )
