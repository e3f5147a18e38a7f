"""Beside the text at the desk: which claims and sources it names, and what keeps it from being published."""

from typing import Any

from wagtail.admin.panels import Panel

from positivesocials.articles import publishing


class UsesPanel(Panel):  # type: ignore[misc]
    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "articles/desk/uses.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            draft = self.instance.draft
            public = type(self.instance).objects.filter(pk=self.instance.pk, live=True).first()
            return context | {
                "guide": self.instance,
                "is_told_overdue": bool(public and public.is_overdue),
                "uses": publishing.uses(draft),
                "reasons": publishing.reasons_against(draft),
            }
