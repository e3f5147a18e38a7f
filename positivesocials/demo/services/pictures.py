"""Photos of the invented people: hills and a sun, drawn by code. Nobody is in them."""

import math
import struct
import zlib
from collections.abc import Iterator
from itertools import count

import numpy as np
from numpy.typing import NDArray

from positivesocials.demo.services.people import profile_called, speaker
from positivesocials.profiles import photos

WIDTH, HEIGHT = 800, 600
Colours = NDArray[np.float64]
# Who shows what, and to whom. Others have none: a photo is never required.
SHOWN = (
    ("quiet-heron", 3, "matches", "The harbour hills in the evening, before the boats come in"),
    ("quiet-heron", 8, "fitting", "Green hills under a grey sky"),
    ("juniper", 5, "fitting", "Morning over the downs, nearly pink"),
    ("juniper", 11, "named", "The same hills at dusk"),
)


def hang_up() -> None:
    for key, seed, sees, words in SHOWN:
        photos.add(speaker(key), profile_called(key), data=picture(seed), words=words, sees=sees)


def picture(seed: int) -> bytes:
    """A PNG file, each seed another."""
    numbers = _numbers(seed)

    def between(low: float, high: float) -> float:
        return low + next(numbers) * (high - low)

    def colour(low: float, high: float) -> Colours:
        return np.array([between(low, high) for _ in range(3)])

    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    plane = _mixed(colour(90, 250), colour(90, 250), down / HEIGHT)
    sun = np.hypot(across - between(100, 700), down - between(80, 250)) < between(40, 75)
    plane[sun] = 252, 226, 150
    for number in range(4):
        waves = [np.sin(across / between(40, 220) + between(0, 6)) * between(8, 26) for _ in range(4)]
        plane[down > 250 + 85 * number + sum(waves)] = colour(20, 150) * (1.1 - number / 5)
    return _as_png(plane.clip(0, 255).astype(np.uint8))


def _numbers(seed: int) -> Iterator[float]:
    """Numbers from 0 to 1 that look drawn, the same each time."""
    return (math.sin(seed + step * 12.9898) * 43758.5453 % 1 for step in count(1))


def _mixed(low: Colours, high: Colours, share: Colours) -> Colours:
    mixed: Colours = low * (1 - share[..., None]) + high * share[..., None]
    return mixed


def _as_png(plane: NDArray[np.uint8]) -> bytes:
    """Rows without a filter, after RFC 2083; `plane` is height x width x 3."""
    height, width = plane.shape[:2]
    rows = b"".join(b"\x00" + row.tobytes() for row in plane)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR" + head, b"IDAT" + zlib.compress(rows), b"IEND")
    framed = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)
