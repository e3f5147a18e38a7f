from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "positivesocials.groups"
    label = "groups"
