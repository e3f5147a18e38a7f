"""Pictures that members bring: decoded and drawn anew in a process of their own, or refused.

`reencoded` is the one door. What comes out was written by us pixel by pixel: no metadata, no second file
hidden in the first. What decodes (core/picture_child.py) may crash without the site noticing more than a
refused picture.
"""

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from positivesocials.core import children, pdq
from positivesocials.core.refusals import Refused

LARGEST_UPLOAD = 10 * 1024 * 1024
CHILD = Path(__file__).with_name("picture_child.py")
SECONDS = 20
# More than any picture of 1600 pixels a side takes; a child that writes on is stopped.
LARGEST_ANSWER = 16 * 1024 * 1024
BRIGHTNESS = 512
# Each may take a gigabyte for a moment, so few are decoded at once and the others wait.
AT_ONCE = threading.BoundedSemaphore(2)

SENTENCES: dict[str, Promise] = {
    "empty": _("This file is empty. Choose another picture."),
    "heavy": _("This picture is larger than 10 MB. Choose a smaller one, or save it smaller first."),
    "large": _("This picture has too many pixels. Save it smaller first, then choose it again."),
    "unknown": _("This file is not a picture that can be shown here. Choose a JPEG, PNG or WebP file."),
    "animated": _("This picture moves. Choose one that stands still."),
    "broken": _("This picture cannot be read; part of it may be missing. Choose another one."),
    "busy": _("Many pictures are coming in just now. Please try again in a minute."),
    "listed": _("This picture cannot be used here."),
}


class PictureRefused(Refused):
    """The file is not taken; `reason` is a key of SENTENCES."""

    def __init__(self, reason: str) -> None:
        super().__init__(str(SENTENCES[reason]))
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew as WebP, and what is shown instead of it. `looks` is its PDQ hash."""

    data: bytes
    width: int
    height: int
    small: bytes
    blurred: bytes
    looks: bytes
    quality: int


class PictureList(Protocol):
    """Knows pictures that nobody may pass on, such as the hash lists of StopNCII or the IWF."""

    def has(self, looks: bytes) -> bool:
        """Whether a picture with this PDQ hash, or one as good as equal to it, is listed."""


class NoList:
    """No list is joined to this instance."""

    def has(self, looks: bytes) -> bool:
        return False


class ListInFile:
    """Hashes in `pictures.pdq` in the data folder, 64 hexadecimal digits a line."""

    def has(self, looks: bytes) -> bool:
        lines = (settings.DATA / "pictures.pdq").read_text().split()
        table = np.array([list(bytes.fromhex(line)) for line in lines], dtype=np.uint8).reshape(-1, 32)
        return bool((pdq.distances(looks, table) <= pdq.THRESHOLD).any())


def picture_list() -> PictureList:
    adapter: PictureList = import_string(settings.PICTURE_LIST)()
    return adapter


def reencoded(data: bytes) -> Picture:
    """Draw an uploaded file anew, or raise PictureRefused with a sentence for who brought it.

    Refuses what is no still picture, is broken, too large, or listed as one that nobody may pass on.
    """
    if not data:
        raise PictureRefused("empty")
    if len(data) > LARGEST_UPLOAD:
        raise PictureRefused("heavy")
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise PictureRefused("busy")
    try:
        picture = _picture(children.ask(CHILD, data, seconds=SECONDS, largest=LARGEST_ANSWER))
    finally:
        AT_ONCE.release()
    if picture.quality >= pdq.LEAST_QUALITY and picture_list().has(picture.looks):
        raise PictureRefused("listed")
    return picture


def _picture(answer: bytes) -> Picture:
    line, _newline, rest = answer.partition(b"\n")
    told = _told(line)
    if told.get("no") in SENTENCES:
        raise PictureRefused(told["no"])
    try:
        full, small, blurred, brightness = _cut(rest, told["sizes"])
        plane = np.frombuffer(brightness, dtype=np.uint8).reshape(BRIGHTNESS, BRIGHTNESS)
        looks, quality = pdq.hash_of(plane)
        return Picture(full, int(told["width"]), int(told["height"]), small, blurred, looks, quality)
    except (KeyError, TypeError, ValueError):
        raise PictureRefused("broken") from None


def _told(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _cut(rest: bytes, sizes: list[int]) -> list[bytes]:
    if sum(sizes) != len(rest):
        raise ValueError("the child was stopped while it wrote")
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [rest[start : start + size] for start, size in zip(starts, sizes, strict=True)]
