from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "positivesocials.vault"
    label = "vault"
