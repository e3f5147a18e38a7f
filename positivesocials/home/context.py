"""Placeholder until the design system lands: take the design side when this conflicts."""

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {}
