from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "positivesocials.accounts"
    label = "accounts"
