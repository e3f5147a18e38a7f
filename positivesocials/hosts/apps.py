from django.apps import AppConfig


class HostsConfig(AppConfig):
    name = "positivesocials.hosts"
    label = "hosts"

    def ready(self) -> None:
        from positivesocials.hosts import hooks  # noqa: F401 - registers the badge.
