from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "positivesocials.polls"
    label = "polls"

    def ready(self) -> None:
        from positivesocials.polls import hooks  # noqa: F401 - registers what polls offer below.
