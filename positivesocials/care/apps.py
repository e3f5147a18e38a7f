from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "positivesocials.care"
    label = "care"
