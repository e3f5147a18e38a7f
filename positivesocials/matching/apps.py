from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "positivesocials.matching"
    label = "matching"
