from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "positivesocials.events"
    label = "events"

    def ready(self) -> None:
        from positivesocials.events import hooks  # noqa: F401 - registers what events offer below.
