"""Processes that this one starts for heavy work. Imports nothing that needs Django to be set up already."""

import os
import threading
from multiprocessing import parent_process

import django


def set_up() -> None:
    """For the child, first of all: it ends with the process that started it, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
