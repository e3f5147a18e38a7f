"""The hash by which a picture is known again after it was made smaller or stored anew (UP-5)."""

import numpy as np
from PIL import Image

from positivesocials.core import pdq
from positivesocials.core.tests.drawn import parsed, patches, stored


def hash_of(picture: Image.Image) -> bytes:
    plane = np.asarray(picture.convert("L").resize((512, 512), Image.Resampling.BOX))
    return pdq.hash_of(plane)[0]


def test_it_is_the_hash_that_others_compute():
    """The expected value comes from Meta's own code for the same 512 x 512 plane."""
    colours = np.random.default_rng(0).integers(0, 256, (9, 9), dtype=np.uint8)
    plane = np.asarray(Image.fromarray(colours).resize((512, 512), Image.Resampling.BICUBIC))

    looks, quality = pdq.hash_of(plane)

    assert looks.hex() == "899668970daa61bb853b2e06bd81cb76c1fec1ed3ac4be0c6a5495a9926d49d3"
    assert quality == 100


def test_a_smaller_and_coarser_copy_is_known_again_and_nothing_else():
    originals = [patches(seed, width=600, height=450) for seed in range(101)]
    copies = [parsed(stored(each.resize((300, 225)), quality=40)) for each in originals]
    table = np.array([list(hash_of(each)) for each in originals], dtype=np.uint8)

    near = np.array([pdq.distances(hash_of(each), table) <= pdq.THRESHOLD for each in copies])

    recall, mistaken = np.diag(near).mean(), int(near.sum() - np.diag(near).sum())
    print(f"recall {recall:.3f}, {mistaken} mistaken of {near.size - len(near)} pairs")
    assert recall >= 0.95
    assert mistaken == 0
    assert near.size - len(near) >= 10_000


def test_an_empty_picture_has_no_quality():
    assert pdq.hash_of(np.full((512, 512), 200, dtype=np.uint8))[1] < pdq.LEAST_QUALITY
