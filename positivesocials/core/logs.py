"""Placeholder until the design system lands: take the design side when this conflicts."""

import logging


class NoMemberText(logging.Filter):
    pass
