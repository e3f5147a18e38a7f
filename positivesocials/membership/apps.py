from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "positivesocials.membership"
    label = "membership"

    def ready(self) -> None:
        from positivesocials.membership import hooks  # noqa: F401
