from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "positivesocials.articles"
    label = "articles"
