from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "positivesocials.privacy"
    label = "privacy"

    def ready(self) -> None:
        from positivesocials.privacy import hooks  # noqa: F401
