from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "positivesocials.moderation"
    label = "moderation"

    def ready(self) -> None:
        from positivesocials.moderation import hooks  # noqa: F401
