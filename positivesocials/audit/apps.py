from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "positivesocials.audit"
    label = "audit"
