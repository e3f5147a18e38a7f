from django.apps import AppConfig


class GatheringConfig(AppConfig):
    name = "positivesocials.gathering"
    label = "gathering"

    def ready(self) -> None:
        from positivesocials.gathering import polling  # noqa: F401 - its chores.
