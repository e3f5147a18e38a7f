import gc

from django.apps import AppConfig

# Objects between two looks for garbage. A page makes thousands that go with it; Python's 700 would look at
# the same ones dozens of times a page.
OFTEN = 20_000


class CoreConfig(AppConfig):
    name = "positivesocials.core"
    label = "core"

    def ready(self) -> None:
        gc.set_threshold(OFTEN, *gc.get_threshold()[1:])
