from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "positivesocials.feed"
    label = "feed"

    def ready(self) -> None:
        from positivesocials.feed import hooks  # noqa: F401 - registers what the feed offers below.
