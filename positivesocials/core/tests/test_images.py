"""Whatever file comes in, a clean picture or a sentence comes out; the site goes on (UP-1, UP-2, UP-5)."""

import random
import struct
import threading
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from positivesocials.core import images
from positivesocials.core.images import PictureRefused, reencoded
from positivesocials.core.tests.drawn import parsed, patches, stored

CANARY = b"CANARY-52.5200N-13.4050E"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_claiming(width: int, height: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    return stored(patches(1), kind, save_all=True, append_images=[patches(2)])


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        ("empty", b""),
        ("heavy", b"\xff\xd8\xff" + bytes(images.LARGEST_UPLOAD)),
        ("large", png_claiming(60_000, 60_000)),
        ("large", png_claiming(60_000, 10)),
        ("large", png_claiming(7_200, 7_200)),
        ("large", stored(Image.new("1", (19_000, 19_000)), "PNG")),
        ("broken", png_claiming(300, 300)),
        ("broken", stored(patches(1))[:9_000]),
        ("broken", stored(patches(1), "PNG")[:9_000]),
        ("animated", moving("PNG")),
        ("animated", moving("WEBP")),
        ("unknown", png_claiming(0, 0)),
        ("unknown", stored(patches(1), "WEBP")[:2_000]),
        ("unknown", moving("GIF")),
        ("unknown", stored(patches(1), "TIFF")),
        ("unknown", stored(patches(1), "BMP")),
        ("unknown", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("unknown", b"%PDF-1.7 and then " + stored(patches(1))),
        ("unknown", b"GIF89a/*" + stored(patches(1)) + b"*/=1;alert(1)"),
        ("unknown", b"no picture at all"),
        ("unknown", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n"),
    ],
)
def test_what_is_no_still_picture_is_refused_with_a_sentence(reason, data):
    with pytest.raises(PictureRefused) as refused:
        reencoded(data)

    assert refused.value.reason == reason
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        stored(patches(1)),
        stored(patches(1).convert("CMYK")),
        stored(patches(1).convert("L")),
        stored(patches(1).convert("P"), "PNG"),
        stored(patches(1).convert("LA"), "PNG"),
        stored(patches(1).convert("1"), "PNG"),
        stored(patches(1).convert("RGBA"), "PNG"),
        stored(patches(1).convert("L").convert("I;16"), "PNG"),
        stored(patches(1), "WEBP"),
        stored(patches(1), "MPO", save_all=True, append_images=[patches(2)]),
    ],
)
def test_every_still_picture_of_the_three_kinds_becomes_webp(data):
    picture = reencoded(data)

    assert (picture.width, picture.height) == (400, 300)
    assert [parsed(each).format for each in (picture.data, picture.small, picture.blurred)] == ["WEBP"] * 3


def test_a_large_picture_is_made_smaller():
    picture = reencoded(stored(patches(1, width=4000, height=3000)))

    assert (picture.width, picture.height) == (1600, 1200)
    assert parsed(picture.small).size == (480, 360)


def test_a_picture_as_thin_as_a_line_stands():
    assert reencoded(stored(Image.new("RGB", (9_000, 1)), "PNG")).height == 1


def test_a_second_file_hidden_in_the_first_is_lost():
    page = b"<script>alert(1)</script>PK\x03\x04"
    picture = reencoded(stored(patches(1), comment=page) + page)

    assert page[:20] not in picture.data + picture.small + picture.blurred


def test_transparent_parts_are_white():
    clear = reencoded(stored(Image.new("RGBA", (90, 90), (0, 0, 0, 0)), "PNG"))

    assert parsed(clear.data).getpixel((45, 45)) == (255, 255, 255)


def test_a_picture_lying_on_its_side_is_turned_upright():
    lying = Image.new("RGB", (90, 60), "red")
    exif = Image.Exif()
    exif[0x0112] = 6

    picture = reencoded(stored(lying, exif=exif))

    assert (picture.width, picture.height) == (60, 90)


def test_what_is_blurred_holds_no_detail():
    """Two people in the same light are one blur: what tells them apart is not in the file."""
    stripes = Image.new("L", (320, 320))
    stripes.putdata([255 * (x % 4 < 2) for _y in range(320) for x in range(320)])

    blur = parsed(reencoded(stored(stripes, "PNG")).blurred).convert("L")

    levels = blur.tobytes()
    assert max(levels) - min(levels) <= 32


def with_everything(seed: int, kind: str) -> bytes:
    """A file that tells where it was taken, by what, and carries a small copy of itself."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x8298] = exif[0x0131] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    exif.get_ifd(0x8769)[0xA431] = CANARY.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told: dict = {"exif": exif.tobytes(), "icc_profile": profile, "xmp": b"<x>" + CANARY + b"</x>"}
    if kind == "JPEG":
        told["comment"] = CANARY
    if kind == "PNG":
        told.pop("xmp")
        told["pnginfo"] = PngImagePlugin.PngInfo()
        told["pnginfo"].add_text("Comment", CANARY.decode())
    return stored(patches(seed, width=120 + seed, height=90), kind, **told)


def chunks(webp: bytes) -> set[bytes]:
    """The names of the parts of a WebP file (RFC 9649, section 2.3): pixels are `VP8 ` alone."""
    assert webp[:4] == b"RIFF"
    assert struct.unpack("<I", webp[4:8])[0] + 8 == len(webp)
    names, at = set(), 12
    while at < len(webp):
        names.add(webp[at : at + 4])
        at += 8 + (size := struct.unpack("<I", webp[at + 4 : at + 8])[0]) + size % 2
    return names


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_of_what_a_file_told_about_itself(kind):
    for seed in range(4):
        data = with_everything(seed, kind)
        assert CANARY in data

        picture = reencoded(data)

        for derivative in (picture.data, picture.small, picture.blurred):
            assert chunks(derivative) == {b"VP8 "}
            assert CANARY not in derivative
            assert dict(parsed(derivative).getexif()) == {}


def test_colours_of_a_wide_profile_are_translated_and_a_broken_one_is_ignored():
    odd = reencoded(stored(Image.new("RGB", (60, 60), (200, 40, 40)), icc_profile=b"no profile"))

    assert max(parsed(odd.data).tobytes()) > 180


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_out_of_damaged_files_comes_a_picture_or_a_sentence(kind):
    whole, damage, answers = stored(patches(5), kind), random.Random(kind), set()
    for _ in range(5):
        data = bytearray(whole)
        for _ in range(8):
            data[damage.randrange(len(data))] = damage.randrange(256)

        try:
            answers.add(str(reencoded(bytes(data)).width))
        except PictureRefused as refused:
            answers.add(refused.reason)

    assert answers <= {"400", *images.SENTENCES}


def test_many_at_once_are_all_answered():
    answers: list[int] = []
    data = stored(patches(3))
    threads = [threading.Thread(target=lambda: answers.append(reencoded(data).width)) for _ in range(5)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [400] * 5


class Everything:
    def has(self, looks: bytes) -> bool:
        return len(looks) == 32


def test_a_listed_picture_is_refused_without_saying_what_it_is(settings):
    settings.PICTURE_LIST = f"{__name__}.Everything"

    with pytest.raises(PictureRefused, match="cannot be used here"):
        reencoded(stored(patches(1)))


def test_an_empty_wall_is_on_no_list(settings):
    settings.PICTURE_LIST = f"{__name__}.Everything"

    assert reencoded(stored(Image.new("RGB", (90, 90), "white"))).quality == 0


def test_a_list_in_a_file_knows_a_smaller_copy(settings, tmp_path):
    settings.DATA, settings.PICTURE_LIST = tmp_path, "positivesocials.core.images.ListInFile"
    (tmp_path / "pictures.pdq").write_text("00" * 32 + "\n")
    original = reencoded(stored(patches(7)))
    (tmp_path / "pictures.pdq").write_text(f"{'00' * 32}\n{original.looks.hex()}\n")

    assert reencoded(stored(patches(8)))
    with pytest.raises(PictureRefused):
        reencoded(stored(patches(7).resize((200, 150)), quality=40))


def test_limits_are_set_before_anything_is_decoded():
    """The child starts from a file of ours, and gives up opening, writing and starting first."""
    code = images.CHILD.read_text()
    main = code[code.index("def main()") :]

    assert main.index("lock()") < main.index("parts(data)")
    for limit in ("CPU", "AS", "FSIZE", "NPROC", "NOFILE", "CORE"):
        assert f"resource.RLIMIT_{limit}, (" in code
