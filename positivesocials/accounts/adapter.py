from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from positivesocials.accounts import services


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth signs in and re-proves; it never signs anyone up and writes no mail or message of its own."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        return None

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        return None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A closed account answers like a wrong password."""
        account: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return account if account is not None and account.is_active else None

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        services.mark_seen(user.pk)
