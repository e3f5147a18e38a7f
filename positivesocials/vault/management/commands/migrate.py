"""`migrate`, which on the key database makes the key tables only.

Django would walk through the history of every other table too, for as long as it takes to make them.
"""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] == "keys" and not options["app_label"]:
            options |= {"app_label": "vault", "run_syncdb": False}
        super().handle(*args, **options)
