from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "positivesocials.moderation"
    label = "moderation"
