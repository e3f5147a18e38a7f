from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "positivesocials.claims"
    label = "claims"
