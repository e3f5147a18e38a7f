from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.forms import AddressField, JoinProvenForm
from positivesocials.core import countries
from positivesocials.core.forms import LookForm


class FirstOperatorForm(JoinProvenForm):
    address = AddressField(help_text=_("For logging in and for mails to you. Nobody sees it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["address"])


class FactsForm(LookForm):
    """Who runs the site, as its pages will say."""

    name = forms.CharField(
        label=_("Name of the site"),
        max_length=60,
        help_text=_("It shows on first pages and in tabs of guests. A neutral name protects your members."),
    )
    operator = forms.CharField(
        label=_("Who runs it"), max_length=120, help_text=_("A person or an organisation.")
    )
    contact = forms.EmailField(
        label=_("Public e-mail for questions"),
        max_length=200,
        help_text=_("It is shown on the legal pages and in security.txt."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    address = forms.CharField(
        label=_("Postal address"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("It is shown on the imprint. In many countries the law asks for it."),
    )
    country = forms.ChoiceField(
        label=_("Country"), help_text=_("Its law applies, and readers find its helplines first.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *countries.choices()]
