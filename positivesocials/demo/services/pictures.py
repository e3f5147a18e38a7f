"""Photos of the invented people: hills and a sun, drawn by code. Nobody is in them."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from positivesocials.demo.services.people import profile_called, speaker
from positivesocials.profiles import photos

WIDTH, HEIGHT = 800, 600
Colours = NDArray[np.float64]
# Who shows what, and to whom. Others have none: a photo is never required.
SHOWN = (
    ("quiet-heron", 3, "matches", "The harbour hills in the evening, before the boats come in"),
    ("quiet-heron", 8, "fitting", "A path over green hills"),
    ("juniper", 5, "fitting", "Morning over the downs, nearly pink"),
    ("juniper", 11, "named", "The same hills at night"),
)


def hang_up() -> None:
    for key, seed, sees, words in SHOWN:
        photos.add(speaker(key), profile_called(key), data=picture(seed), words=words, sees=sees)


def picture(seed: int) -> bytes:
    """A PNG file, each seed another."""
    draw = np.random.default_rng(seed)
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    low, high = draw.uniform(90, 250, (2, 3))
    plane = _mixed(low, high, down / HEIGHT)
    sun = np.hypot(across - draw.uniform(100, 700), down - draw.uniform(80, 250)) < draw.uniform(40, 75)
    plane[sun] = 252, 226, 150
    for number in range(4):
        wave = sum(
            np.sin(across / draw.uniform(40, 220) + draw.uniform(0, 6)) * draw.uniform(8, 26)
            for _ in range(4)
        )
        plane[down > 250 + 85 * number + wave] = draw.uniform(20, 150, 3) * (1.1 - number / 5)
    return _as_png(plane.clip(0, 255).astype(np.uint8))


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
