from allauth.account.forms import LoginForm

from positivesocials.core.addresses import normalised
from positivesocials.vault import services as vault


class LogInForm(LoginForm):  # type: ignore[misc]
    """Log-in by address: what was typed is turned into the handle before allauth looks."""

    def clean_login(self) -> str:
        return vault.blind_index("log-in", normalised(str(self.cleaned_data["login"])))
