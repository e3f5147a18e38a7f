from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "positivesocials.messaging"
    label = "messaging"

    def ready(self) -> None:
        from positivesocials.messaging import hooks  # noqa: F401
