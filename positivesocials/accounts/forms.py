"""Shapes of what is typed when joining and signing in. Addresses leave a form normalised."""

import unicodedata
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts import gateways, services
from positivesocials.accounts.models import Device, Purpose
from positivesocials.core.addresses import normalised
from positivesocials.core.forms import LookForm, RadioCards

LONGEST_PASSWORD = 200


class AddressField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail"))
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", _("This does not look like an e-mail address: name@example.org.")
        )
        super().__init__(**kwargs)
        self.widget.attrs.update(autocomplete="email", spellcheck="false", autocapitalize="none", dir="ltr")

    def clean(self, value: Any) -> str:
        address = normalised(str(super().clean(value)))
        composed = unicodedata.normalize("NFKC", str(value)).strip()
        # Letters such as the German sharp s fold into others, so that two mailboxes would share an account.
        if address != composed.lower():
            raise ValidationError(_("Write the part after the @ in its plain form, which starts with xn--."))
        return address


class NewPasswordField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Password"))
        kwargs.setdefault(
            "help_text", _("At least 10 characters. A short sentence is good, and so is a password manager.")
        )
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "data-show": _("Show password")})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **kwargs)
        self.validators.append(validate_password)


def _old_password(**kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password", "data-show": _("Show password")})
    return forms.CharField(
        label=_("Password"), strip=False, max_length=LONGEST_PASSWORD, widget=widget, **kwargs
    )


def _device() -> forms.ChoiceField:
    hints = {
        Device.SHARED: _("You are logged out when the browser closes, or after 15 minutes without a click."),
        Device.OWN: _("You stay logged in for 30 days. You can end that from any other device."),
    }
    return forms.ChoiceField(
        label=_("Is this your own device?"),
        choices=Device.choices,
        initial=Device.SHARED,
        widget=RadioCards(hints=hints),
    )


class PurposeForm(LookForm):
    purpose = forms.ChoiceField(
        label=_("Choose one. You can do everything else later, too."),
        choices=Purpose.choices,
        widget=RadioCards(
            hints={
                Purpose.READ: _("Guides and news. Needs no account."),
                Purpose.TALK: _("Ask, answer and listen, under any name you like."),
                Purpose.MEET: _("Find individuals and couples, for friendship or for more."),
                Purpose.BESIDE: _("For someone you care about, and for yourself."),
                Purpose.LOOKING: _("Have a look around. Needs no account."),
            }
        ),
    )


class DeclarationsForm(LookForm):
    """What anyone who joins declares: their age, and the terms in the version in force."""

    adult = forms.BooleanField(
        label=_("I am 18 or over"), error_messages={"required": _("Joining is for people of 18 or over.")}
    )
    terms = forms.BooleanField(label="", error_messages={"required": _("To go on, please accept the terms.")})

    def __init__(self, *args: Any, terms_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].label = format_html(
            gettext('I accept the <a href="{}">terms</a>, version {}'), terms_url, gateways.terms_version()
        )


class JoinForm(DeclarationsForm):
    address = AddressField()
    password = NewPasswordField()
    purpose = forms.ChoiceField(choices=Purpose.choices, required=False, widget=forms.HiddenInput)
    field_order = ("address", "password", "adult", "terms", "purpose")


class JoinProvenForm(DeclarationsForm):
    password = NewPasswordField()
    device = _device()
    field_order = ("password", "adult", "terms", "device")


class JoinByPasskeyForm(DeclarationsForm):
    purpose = forms.ChoiceField(choices=Purpose.choices, required=False, widget=forms.HiddenInput)
    device = _device()
    field_order = ("device", "adult", "terms", "purpose")


class AnswerForm(LookForm):
    """What a browser answers for a passkey; only its script can fill it in."""

    answer = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={"required": _("Your browser sent no passkey. Try again.")},
    )


class PasskeyForm(AnswerForm):
    device = _device()


class ConfirmForm(LookForm):
    password = _old_password(
        help_text=_("The one you chose when you joined. It shows that this link reached the right person.")
    )
    device = _device()


class _LogInByAddress(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(
            attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none", "dir": "ltr"}
        )
        # Any text is looked up and none is judged: what is no address is simply unknown.
        self.fields = {
            "login": forms.CharField(label=_("E-mail"), max_length=254, widget=widget),
            "password": _old_password(),
            "device": _device(),
        }


class LogInForm(LookForm, _LogInByAddress):
    """Log-in by address: what was typed is turned into the handle before allauth looks."""

    def clean_login(self) -> str:
        return services.handle_of(str(self.cleaned_data["login"]))


class ReProveForm(LookForm, ReauthenticateForm):  # type: ignore[misc]
    password = _old_password()


class ResetForm(LookForm):
    address = AddressField()


class SetPasswordForm(LookForm):
    password = NewPasswordField(label=_("New password"))


class AddressForm(LookForm):
    address = AddressField(label=_("New e-mail"))


def _code(label: Any, **attrs: str) -> forms.CharField:
    shared = {
        "autocomplete": "one-time-code",
        "spellcheck": "false",
        "autocapitalize": "characters",
        "dir": "ltr",
    }
    return forms.CharField(label=label, max_length=60, widget=forms.TextInput(attrs=shared | attrs))


class AppCodeForm(LookForm):
    code = _code(_("The six digits it shows now"), inputmode="numeric")

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "")


class CodeForm(AppCodeForm):
    code = _code(_("Code from the app, or one of your recovery codes"))


class RecoveryForm(LookForm):
    code = _code(_("Recovery code"))
    password = _old_password(
        required=False, help_text=_("If your account has one. Leave it empty otherwise.")
    )
    device = _device()
