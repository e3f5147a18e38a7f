from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "positivesocials.home"
    label = "home"
