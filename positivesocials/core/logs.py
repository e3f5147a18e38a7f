"""Keeps what members write, their addresses and their links out of the logs."""

import logging
import re
import sys
import time
import traceback
from types import TracebackType
from typing import Any
from uuid import UUID

ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
SAFE_TYPES = (int, float, bool, UUID, type(None))
FRAMES = 6


class NoMemberText(logging.Filter):
    """An error becomes its class names and places in the code; text arguments become a dash.

    The message itself stays, because it is a constant of the code; addresses in it are masked.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            record.msg, record.args = _places(record), ()
        elif record.args:
            record.args = _safe_args(record)
        record.msg = ADDRESS.sub("-", str(record.msg))
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _places(record: logging.LogRecord) -> str:
    exc_info = record.exc_info if isinstance(record.exc_info, tuple) else sys.exc_info()
    names: list[str] = []
    error = exc_info[1]
    while error is not None and len(names) < FRAMES:
        names.append(type(error).__name__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{record.name}: {' from '.join(names) or 'error'} at {_frames(exc_info[2])}"


def _frames(trace: TracebackType | None) -> str:
    """The last places only: file, line and function, never the line's text."""
    last = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)[-FRAMES:]
    return " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in last) or "an unknown place"


def _safe_args(record: logging.LogRecord) -> Any:
    route = _route(record)
    if isinstance(record.args, tuple):
        return tuple(_safe(arg, route) for arg in record.args)
    return {key: _safe(arg, route) for key, arg in (record.args or {}).items()}


def _safe(arg: object, route: str) -> object:
    return arg if isinstance(arg, SAFE_TYPES) else route


def _route(record: logging.LogRecord) -> str:
    """Paths may carry one-time links, so a request is named by the pattern it matched."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return f"/{match.route}" if match else "-"


class OneLine(logging.Formatter):
    """When (UTC), how grave, which part, what: one line a record, whatever the text holds."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return "".join(
            each if each.isprintable() else f"\\x{ord(each):02x}" for each in super().format(record)
        )
