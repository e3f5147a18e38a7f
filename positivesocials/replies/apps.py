from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "positivesocials.replies"
    label = "replies"
