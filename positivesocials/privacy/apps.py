from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "positivesocials.privacy"
    label = "privacy"
