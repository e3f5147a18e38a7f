from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "positivesocials.notifications"
    label = "notifications"
