from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "positivesocials.matching"
    label = "matching"

    def ready(self) -> None:
        from positivesocials.matching import hooks  # noqa: F401
