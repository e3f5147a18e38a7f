"""PDQ, a perceptual hash: pictures that look alike have hashes that differ in few of their 256 bits.

Written from Meta's paper "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (2019):
brightness, two passes of a box filter along both sides, 64 x 64 samples, a 16 x 16 discrete cosine transform
without its constant row and column, and one bit for each coefficient above the median.
"""

import numpy as np
from numpy.typing import NDArray

BITS = 256
# Two hashes this far apart or nearer are of one picture (the paper's own recommendation).
THRESHOLD = 31
# Below this the picture has too little in it for its hash to say anything.
LEAST_QUALITY = 50

SAMPLES, KEPT = 64, 16
Plane = NDArray[np.float64]

_rows, _columns = np.arange(1, KEPT + 1)[:, None], np.arange(SAMPLES)[None, :]
_COSINES: Plane = np.sqrt(2 / SAMPLES) * np.cos(np.pi / 2 / SAMPLES * _rows * (2 * _columns + 1))


def hash_of(brightness: NDArray[np.uint8]) -> tuple[bytes, int]:
    """The 32-byte hash and its quality (0 to 100) of a height x width plane of brightness, 64 or more a side.

    The first byte holds the highest bits, as in the hexadecimal form in which lists are passed on.
    """
    samples = _samples(brightness.astype(np.float64))
    spectrum = (_COSINES @ samples @ _COSINES.T).ravel()
    median = np.sort(spectrum)[BITS // 2 - 1]
    return np.packbits((spectrum > median)[::-1]).tobytes(), _quality(samples)


def distances(one: bytes, others: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How many of 256 bits differ between a hash and each row of an n x 32 table of hashes."""
    different = np.bitwise_xor(np.frombuffer(one, dtype=np.uint8), others)
    count: NDArray[np.int64] = np.unpackbits(different, axis=1).sum(axis=1, dtype=np.int64)
    return count


def _samples(plane: Plane) -> Plane:
    for _ in range(2):
        plane = _smooth(_smooth(plane).T).T
    height, width = plane.shape
    centres = np.arange(SAMPLES) + 0.5
    down, across = (centres * height / SAMPLES).astype(int), (centres * width / SAMPLES).astype(int)
    return plane[np.ix_(down, across)]


def _smooth(plane: Plane) -> Plane:
    """Means over a window along each row; at the edges over what there is of it."""
    width = plane.shape[1]
    window = (width + 2 * SAMPLES - 1) // (2 * SAMPLES)
    ahead = (window + 2) // 2
    ends = np.minimum(np.arange(width) + ahead, width)
    starts = np.maximum(np.arange(width) + ahead - window, 0)
    sums = np.concatenate([np.zeros((plane.shape[0], 1)), np.cumsum(plane, axis=1)], axis=1)
    means: Plane = (sums[:, ends] - sums[:, starts]) / (ends - starts)
    return means


def _quality(samples: Plane) -> int:
    steps = (np.diff(samples, axis=side) * 100 / 255 for side in (0, 1))
    return min(100, int(sum(np.abs(np.trunc(step)).sum() for step in steps) / 90))
