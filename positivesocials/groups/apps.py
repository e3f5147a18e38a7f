from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "positivesocials.groups"
    label = "groups"

    def ready(self) -> None:
        from positivesocials.groups import hooks  # noqa: F401 - registers what groups offer below.
