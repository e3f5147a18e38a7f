from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "positivesocials.profiles"
    label = "profiles"
