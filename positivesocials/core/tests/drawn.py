"""Pictures drawn by code, for tests: patches of colour that flow into each other."""

import io

import numpy as np
from PIL import Image


def patches(seed: int, *, width: int = 400, height: int = 300) -> Image.Image:
    colours = np.random.default_rng(seed).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    return Image.fromarray(colours).resize((width, height), Image.Resampling.BICUBIC)


def stored(picture: Image.Image, kind: str = "JPEG", **how) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def parsed(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
