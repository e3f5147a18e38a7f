from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "positivesocials.newsletter"
    label = "newsletter"
