from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "positivesocials.membership"
    label = "membership"
