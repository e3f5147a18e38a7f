from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "positivesocials.demo"
    label = "demo"
