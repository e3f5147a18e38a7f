"""The only code that decodes pictures from strangers. Run as a process by core/images.py, never imported.

It reads one file from its input, and writes one line of JSON and then the bytes that the line measures.
Limits are set here rather than by the parent, which runs threads and must not run code between fork and
exec. Before the first byte is decoded it can open no file, start no process and write to no disk any more.
"""

import io
import json
import resource
import sys
import zlib

from PIL import Image, ImageCms, ImageFilter, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin
from PIL import WebPImagePlugin as WebP

SECONDS, MEMORY = 10, 1024**3
LONGEST_SIDE, MOST_PIXELS = 20_000, 50_000_000
FULL, SMALL, BLURRED, BRIGHTNESS = 1600, 480, 320, 512
# What is left of a blurred picture: colours of a few patches, no face.
PATCHES = 12
FORMATS = ("JPEG", "PNG", "WEBP")
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebP)
SRGB = ImageCms.createProfile("sRGB")


class No(Exception):
    """Names why the file is not taken: a key of core.images.SENTENCES."""


def lock() -> None:
    """Give up what decoding does not need. What is imported so far is all that there will be."""
    Image.preinit()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise No("large") from None
    except Exception:
        raise No("unknown") from None
    width, height = picture.size
    if width < 1 or height < 1:
        raise No("broken")
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise No("large")
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise No("animated")
    return picture


def clean(picture: Image.Image) -> Image.Image:
    """The pixels alone: upright, sRGB, on white where they were transparent, at most `FULL` a side."""
    profile = picture.info.get("icc_profile")
    picture.draft("RGB", (FULL, FULL))  # JPEG decodes straight to a smaller size.
    picture.load()
    if picture.mode in ("RGB", "RGBA", "L"):
        picture.thumbnail((FULL, FULL))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith(("I", "F")):
        picture = picture.point(lambda level: level / 256).convert("L")
    picture = in_srgb(picture, profile).convert("RGBA")
    picture.thumbnail((FULL, FULL))
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.getchannel("A"))
    return page


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return picture


def shrunk(picture: Image.Image, side: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((side, side))
    return copy


def blurred(picture: Image.Image) -> Image.Image:
    size = shrunk(picture, BLURRED).size
    patches = shrunk(picture, PATCHES)
    return patches.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(12))


def webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def parts(data: bytes) -> tuple[dict[str, object], list[bytes]]:
    try:
        picture = clean(opened(data))
    except MemoryError:
        raise No("large") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError, zlib.error):
        raise No("broken") from None
    brightness = picture.convert("L").resize((BRIGHTNESS, BRIGHTNESS), Image.Resampling.BOX).tobytes()
    made = [webp(picture, 82), webp(shrunk(picture, SMALL), 78), webp(blurred(picture), 60), brightness]
    return {"width": picture.width, "height": picture.height, "sizes": [len(part) for part in made]}, made


def main() -> None:
    data = sys.stdin.buffer.read()
    lock()
    try:
        told, made = parts(data)
    except No as no:
        told, made = {"no": str(no)}, []
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(made))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
