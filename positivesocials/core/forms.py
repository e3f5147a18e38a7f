"""Placeholder until the design system lands: take the design side when this conflicts."""

from django import forms
from django.forms.renderers import TemplatesSetting


class LookRenderer(TemplatesSetting):
    pass


class LookForm(forms.Form):
    pass
