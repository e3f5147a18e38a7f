from django.apps import AppConfig


class AskingConfig(AppConfig):
    name = "positivesocials.asking"
    label = "asking"

    def ready(self) -> None:
        from positivesocials.asking import hooks  # noqa: F401
