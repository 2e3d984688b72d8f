"""The darkroom: what somebody uploads is looked at once, painted anew, and forgotten.

The story: `develop` is handed the bytes as they came. What they are is told by their own first
bytes, never by a name. One decoder, the one for that kind, reads them; what it saw is painted on a
fresh canvas in sRGB, the right way up, and the canvas is written as a new JPEG or PNG. Whatever
else was in the file (EXIF, GPS, XMP, IPTC, comments, profiles, previews, bytes after the end) was
never copied, so it cannot come through.

Decoders are where hostile files break in: this function holds no key, reads no table, and reaches
no bucket; it has packages of its own (ADR 0017).

SpoiltError    the file cannot be used; `str()` tells whoever sent it what to do
"""

import base64
import binascii
import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2048
LARGEST = 1_000_000
"""Bytes of a new picture: as many as the strictest platform (Bluesky) takes."""

MOST_PIXELS = 50_000_000
"""A camera's 48 megapixels and a little; more is a mistake or a bomb."""

FEW_COLOURS = 256
OPAQUE = 255
QUALITIES = (90, 85, 75, 65, 50)
SHRINKING = (1.0, 0.75, 0.5, 0.35, 0.25)
RGB = ImageCms.createProfile("sRGB")

DECODERS = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}

SENTENCES = {
    "heif": "This is an iPhone’s own format (HEIC). Choose Settings, Camera, Formats, Most "
    "Compatible, or send the picture as JPEG.",
    "avif": "This is an AVIF picture. Save it as JPEG or PNG and send that.",
    "video": "This is a video. Go back and choose “Add a video”.",
    "animation": "This picture moves. Send one that stands still.",
    "unknown": "This is no picture that can be read here. Send a JPEG, PNG, WebP or GIF.",
    "broken": "This picture is damaged or not whole. Save it anew, as JPEG, and send that.",
    "vast": "This picture has more than 50 million pixels. Save it smaller and send that.",
}

STILL = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
"""Brands of HEIF, whose decoders come under licences that we cannot ship."""


class SpoiltError(Exception):
    """The file cannot be used; `kind` names why, `str()` says what to do."""

    def __init__(self, kind: str) -> None:
        super().__init__(SENTENCES[kind])
        self.kind = kind


@dataclass(frozen=True)
class Developed:
    """A new picture: nothing in it but what can be seen."""

    data: bytes
    content_type: str
    width: int
    height: int


def develop(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The new picture for the bytes in `picture` (base64), or why there is none."""
    try:
        new = remade(base64.b64decode(event["picture"], validate=True))
    except (KeyError, TypeError, binascii.Error):
        return {"refused": "unknown", "sentence": SENTENCES["unknown"]}
    except SpoiltError as spoilt:
        return {"refused": spoilt.kind, "sentence": str(spoilt)}
    return {
        "picture": base64.b64encode(new.data).decode(),
        "content_type": new.content_type,
        "width": new.width,
        "height": new.height,
    }


def remade(data: bytes) -> Developed:
    """The picture painted anew; SpoiltError."""
    kind = kind_of(data)
    if kind not in DECODERS:
        raise SpoiltError(kind)
    canvas = _canvas(data, kind)
    for candidate in _written(canvas):
        if len(candidate.data) <= LARGEST:
            return candidate
    raise SpoiltError("vast")


def kind_of(data: bytes) -> str:
    """What the first bytes say it is: a decoder's name, heif, avif, video or unknown."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"AVI ": "video"}.get(data[8:12], "unknown")
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return "heif" if brand in STILL else "avif" if brand in {b"avif", b"avis"} else "video"
    moves = (b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"OggS", b"FLV")
    return "video" if data.startswith(moves) else "unknown"


def _canvas(data: bytes, kind: str) -> Image.Image:
    """What can be seen, in RGB or RGBA, the right way up, no longer than it may be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # metadata that cannot be read is not wanted either
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _seen(Image.open(io.BytesIO(data), formats=[DECODERS[kind]]), kind)
    except SpoiltError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise SpoiltError("vast") from error
    except UnidentifiedImageError as error:
        raise SpoiltError("broken") from error
    except Exception as error:  # whatever a decoder says of hostile bytes
        raise SpoiltError("broken") from error


def _seen(image: Image.Image, kind: str) -> Image.Image:
    if image.width * image.height > MOST_PIXELS:
        raise SpoiltError("vast")
    # A JPEG with several pictures is one with previews; the first is the one.
    if kind != "jpeg" and getattr(image, "is_animated", False):
        raise SpoiltError("animation")
    image.draft(None, (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
    image.load()
    upright = _upright(image)
    seen = _in_srgb(upright, image.info.get("icc_profile"))
    seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    canvas = Image.new(seen.mode, seen.size)
    canvas.paste(seen, (0, 0))
    return canvas


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - EXIF that nobody can read turns nothing
        return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as sRGB has them; see-through stays see-through."""
    if image.mode.startswith(("I", "F")):  # sixteen bits of grey
        image = image.convert("F").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in {"P", "PA", "1", "LA", "La", "RGBa"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode in {"L", "RGB"} and image.has_transparency_data:
        image = image.convert("RGBA")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if image.mode == "RGBA" else image
    plain = _by_profile(colours, profile) if profile else None
    plain = plain or colours.convert("RGB")
    if alpha is None or alpha.getextrema() == (OPAQUE, OPAQUE):
        return plain
    plain.putalpha(alpha)
    # Under what is wholly see-through a file can still hold what was rubbed out.
    plain.paste((0, 0, 0, 0), mask=alpha.point(lambda value: OPAQUE if value == 0 else 0))
    return plain


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The colours as their own profile means them; None where that says nothing sensible."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, RGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _written(canvas: Image.Image) -> Iterator[Developed]:
    """The canvas as a file, the best one first, each smaller than the one before."""
    clear = canvas.mode == "RGBA"
    if clear or canvas.getcolors(FEW_COLOURS) is not None:
        for factor in SHRINKING[: 3 if clear else 1]:
            yield _file(_shrunk(canvas, factor), "PNG", optimize=True)
    if clear:
        white = Image.new("RGB", canvas.size, "white")
        white.paste(canvas, (0, 0), canvas.getchannel("A"))
        canvas = white
    for factor in SHRINKING:
        smaller = _shrunk(canvas, factor)
        for quality in QUALITIES:
            yield _file(smaller, "JPEG", quality=quality, optimize=True, progressive=True)


def _shrunk(canvas: Image.Image, factor: float) -> Image.Image:
    if factor == 1.0:
        return canvas
    size = tuple(max(1, round(side * factor)) for side in canvas.size)
    return canvas.resize((size[0], size[1]), Image.Resampling.LANCZOS)


def _file(canvas: Image.Image, name: str, **how: Any) -> Developed:
    out = io.BytesIO()
    save: Callable[..., None] = canvas.save
    save(out, name, **how)
    return Developed(out.getvalue(), f"image/{name.lower()}", *canvas.size)
