"""Keys live in their own database, with backups of their own."""

from typing import Any

from django.db import models


class KeysApart:
    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return "keys" if model._meta.app_label == "vault" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (app_label == "vault") == (db == "keys")
