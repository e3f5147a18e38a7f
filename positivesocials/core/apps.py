from django.apps import AppConfig

from positivesocials.core import garbage


class CoreConfig(AppConfig):
    name = "positivesocials.core"
    label = "core"

    def ready(self) -> None:
        garbage.look_seldom()
