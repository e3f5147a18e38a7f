from django.apps import AppConfig


class WordpressConfig(AppConfig):
    name = "positivesocials.wordpress"
    label = "wordpress"
