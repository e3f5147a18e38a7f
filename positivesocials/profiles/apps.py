from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "positivesocials.profiles"
    label = "profiles"

    def ready(self) -> None:
        from positivesocials.profiles import hooks  # noqa: F401
