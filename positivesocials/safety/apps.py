from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "positivesocials.safety"
    label = "safety"
