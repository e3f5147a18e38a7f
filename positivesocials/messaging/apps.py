from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "positivesocials.messaging"
    label = "messaging"
