from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "positivesocials.safety"
    label = "safety"

    def ready(self) -> None:
        from positivesocials.safety import hooks  # noqa: F401
