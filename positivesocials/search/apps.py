from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "positivesocials.search"
    label = "search"

    def ready(self) -> None:
        from positivesocials.search import hooks  # noqa: F401 - registers what is searched.
