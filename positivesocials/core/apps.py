from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "positivesocials.core"
    label = "core"
