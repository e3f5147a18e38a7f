"""Placeholder until the design system lands: take the design side when this conflicts."""

from django import template

register = template.Library()
