from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "positivesocials.accounts"
    label = "accounts"

    def ready(self) -> None:
        from positivesocials.accounts import hooks  # noqa: F401
