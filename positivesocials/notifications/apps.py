from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "positivesocials.notifications"
    label = "notifications"

    def ready(self) -> None:
        from positivesocials.notifications import hooks  # noqa: F401
