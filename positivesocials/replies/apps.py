from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "positivesocials.replies"
    label = "replies"

    def ready(self) -> None:
        from positivesocials.replies import hooks  # noqa: F401 - registers what replies offer below.
