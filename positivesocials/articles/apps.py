from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "positivesocials.articles"
    label = "articles"

    def ready(self) -> None:
        from positivesocials.articles import hooks, services  # noqa: F401 - each registers below what runs or leads here.
