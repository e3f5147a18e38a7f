from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "positivesocials.newsletter"
    label = "newsletter"

    def ready(self) -> None:
        from positivesocials.newsletter import hooks  # noqa: F401
