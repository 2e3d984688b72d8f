"""The darkroom: nothing comes through but what can be seen, and nothing hostile is opened."""

import base64
import io
import random
import struct
import warnings
import zlib

import pytest
from PIL import Image, ImageCms

from darkroom import app
from darkroom.app import SpoiltError, develop, kind_of, remade
from tests.unit.darkroom import planted
from tests.unit.darkroom.planted import chunk, saved, scene, segment

PLANTED = {
    "jpeg": planted.jpeg(),
    "jpeg of a printer": planted.jpeg("CMYK"),
    "grey jpeg": planted.jpeg("L"),
    "turned jpeg": planted.jpeg(orientation=6),
    "png": planted.png(),
    "see-through png": planted.png("RGBA"),
    "png with a palette": planted.png("P"),
    "webp": planted.webp(),
    "see-through webp": planted.webp("RGBA"),
    "gif": planted.gif(),
}
MARKERS = {
    "jpeg": 17,
    "png": 14,
    "webp": 10,
    "gif": 4,
}


def segments(data):
    """The segments of a JPEG up to its data, and what follows its end."""
    found, at = [], 2
    while data[at + 1] != 0xDA:
        found.append(data[at + 1])
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return found, data[data.rindex(b"\xff\xd9") + 2 :]


def chunks(data):
    """The chunks of a PNG, and what follows the last."""
    found, at = [], 8
    while not found or found[-1] != b"IEND":
        length = struct.unpack(">I", data[at : at + 4])[0]
        found.append(data[at + 4 : at + 8])
        at += 12 + length
    return found, data[at:]


def seen(developed):
    return Image.open(io.BytesIO(developed.data))


@pytest.mark.parametrize("kind", PLANTED)
def test_no_marker_survives(kind):
    assert b"MARKER" in PLANTED[kind]

    new = remade(PLANTED[kind])

    assert b"MARKER" not in new.data
    assert "MARKER".encode("utf-16-le") not in new.data
    assert b"MARKER" not in repr(seen(new).info).encode()


@pytest.mark.parametrize("kind", PLANTED)
def test_nothing_is_written_but_what_draws_the_picture(kind):
    new = remade(PLANTED[kind])

    if new.content_type == "image/jpeg":
        found, tail = segments(new.data)
        assert set(found) <= {0xE0, 0xDB, 0xC2, 0xC4}
        assert found.count(0xE0) == 1
    else:
        found, tail = chunks(new.data)
        assert set(found) <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
    assert tail == b""


@pytest.mark.parametrize(("kind", "many"), MARKERS.items())
def test_the_planted_files_hold_as_many_markers_as_they_are_meant_to(kind, many):
    data = PLANTED[kind]
    if kind == "png":
        _, data = PLANTED[kind], PLANTED[kind] + b"".join(unpacked(PLANTED[kind]))

    found = {data[at : at + 24].split(b" ")[0] for at in places(data, b"MARKER-")}

    assert len(found) >= many


def places(data, what):
    at = data.find(what)
    while at >= 0:
        yield at
        at = data.find(what, at + 1)


def unpacked(data):
    """What is packed in the chunks of a PNG."""
    for at in places(data, b"\x78\x9c"):
        try:
            yield zlib.decompressobj().decompress(data[at:])
        except zlib.error:
            continue


def test_decoders_read_the_planted_files_as_any_viewer_would():
    for kind, data in PLANTED.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data))
            picture.load()
            assert picture.size == (320, 200), kind


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_comes_out_the_way_up_it_was_taken(orientation):
    quarters = Image.new("RGB", (64, 32), "white")
    quarters.paste("red", (0, 0, 32, 16))
    turned = {  # how a camera that was held so lays the rows down
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    laid = quarters.transpose(turned) if turned is not None else quarters
    exif = Image.Exif()
    exif[0x0112] = orientation

    new = seen(remade(saved(laid, "PNG", exif=exif))).convert("RGB")

    assert new.size == (64, 32)
    assert new.getpixel((8, 8)) == (255, 0, 0)
    assert new.getpixel((56, 24)) == (255, 255, 255)


def test_exif_that_cannot_be_read_turns_nothing():
    broken = segment(0xE1, b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff" + bytes(range(200)))
    plain = saved(scene(), "JPEG")

    assert remade(plain[:2] + broken + plain[2:]).width == 320


def test_colours_are_what_their_profile_means():
    # A profile whose red is green and whose green is red, as no screen has it.
    lab = ImageCms.createProfile("LAB")
    picture = ImageCms.profileToProfile(
        Image.new("RGB", (8, 8), (200, 30, 30)), app.RGB, lab, outputMode="LAB"
    )
    assert app._by_profile(picture, ImageCms.ImageCmsProfile(lab).tobytes()) is not None

    wrong = remade(saved(Image.new("RGB", (8, 8), (200, 30, 30)), "PNG", icc_profile=b"nonsense"))

    assert seen(wrong).convert("RGB").getpixel((4, 4)) == (200, 30, 30)


def test_what_is_see_through_stays_so_and_hides_nothing():
    picture = Image.new("RGBA", (64, 64), (10, 20, 30, 255))
    picture.paste((200, 0, 0, 0), (0, 0, 32, 64))  # rubbed out, and still there
    picture.paste((0, 0, 200, 128), (32, 0, 48, 64))

    new = seen(remade(saved(picture, "PNG"))).convert("RGBA")

    assert new.getpixel((4, 4)) == (0, 0, 0, 0)
    assert new.getpixel((40, 4)) == (0, 0, 200, 128)
    assert new.getpixel((60, 4)) == (10, 20, 30, 255)


def test_a_drawing_stays_a_png_and_a_photograph_becomes_a_jpeg():
    drawing = Image.new("RGB", (400, 300), "white")
    drawing.paste("navy", (50, 50, 200, 200))

    assert remade(saved(drawing, "PNG")).content_type == "image/png"
    assert remade(saved(scene((400, 300)), "PNG")).content_type == "image/jpeg"


def test_grey_of_sixteen_bits_stays_grey():
    deep = Image.new("I;16", (40, 40), 257 * 128)

    new = seen(remade(saved(deep, "PNG"))).convert("RGB")

    assert new.getpixel((20, 20)) == (128, 128, 128)


def noise(size):
    chance = random.Random(6)  # noqa: S311 - the same noise every time
    return Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3))


@pytest.mark.thorough
def test_the_worst_of_pictures_fits_every_platform():
    new = remade(saved(noise((3000, 2000)), "JPEG", quality=95))

    assert max(new.width, new.height) <= 2048
    assert len(new.data) <= 1_000_000
    assert new.width / new.height == pytest.approx(1.5, abs=0.01)


@pytest.mark.thorough
def test_the_worst_of_see_through_pictures_fits_too():
    picture = noise((1400, 1400)).convert("RGBA")
    picture.putalpha(scene((1400, 1400), "L"))

    assert len(remade(saved(picture, "PNG", compress_level=1)).data) <= 1_000_000


def test_the_same_file_gives_the_same_picture():
    assert remade(PLANTED["jpeg"]) == remade(PLANTED["jpeg"])


def bomb():
    """A few kilobytes that say they are 60,000 by 60,000."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def text_bomb():
    """Text that unpacks to eighty megabytes."""
    plain = saved(scene(), "PNG")
    packed = zlib.compress(b"a" * 80_000_000, 9)
    return plain[:33] + chunk(b"zTXt", b"Title\x00\x00" + packed) + plain[33:]


def moving(name):
    frames = [scene((40, 40)).rotate(turn) for turn in (0, 90, 180)]
    return saved(frames[0], name, save_all=True, append_images=frames[1:], duration=100)


REFUSED = {
    "a bomb of pixels": (bomb(), "vast"),
    "a picture of sixty megapixels": (saved(Image.new("1", (10_000, 6_000)), "PNG"), "vast"),
    "a moving gif": (moving("GIF"), "animation"),
    "a moving png": (moving("PNG"), "animation"),
    "a moving webp": (moving("WEBP"), "animation"),
    "half a jpeg": (saved(scene(), "JPEG")[:3000], "broken"),
    "half a png": (saved(scene(), "PNG")[:9000], "broken"),
    "the beginning of a webp": (saved(scene(), "WEBP")[:40], "broken"),
    "a jpeg in name only": (b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 9, "broken"),
    "a png in name only": (b"\x89PNG\r\n\x1a\n" + bytes(400), "broken"),
    "an iphone's heic": (b"\x00\x00\x00\x18ftypheic" + bytes(400), "heif"),
    "avif": (b"\x00\x00\x00\x18ftypavif" + bytes(400), "avif"),
    "an mp4": (b"\x00\x00\x00\x18ftypisom" + bytes(400), "video"),
    "a quicktime film": (b"\x00\x00\x00\x14ftypqt  " + bytes(400), "video"),
    "a webm": (b"\x1aE\xdf\xa3" + bytes(400), "video"),
    "an avi": (b"RIFF\x00\x00\x00\x00AVI " + bytes(400), "video"),
    "svg with a script": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "unknown"),
    "a pdf with a picture in it": (b"%PDF-1.7\n" + saved(scene(), "JPEG"), "unknown"),
    "a zip": (b"PK\x03\x04" + saved(scene(), "JPEG"), "unknown"),
    "a tiff": (saved(scene(), "TIFF"), "unknown"),
    "a bitmap": (saved(scene(), "BMP"), "unknown"),
    "a jpeg behind a space": (b" " + saved(scene(), "JPEG"), "unknown"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "unknown"),
    "nothing": (b"", "unknown"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_sentence(name):
    data, kind = REFUSED[name]

    with pytest.raises(SpoiltError) as refused:
        remade(data)

    assert refused.value.kind == kind
    assert str(refused.value).endswith(".")


def test_a_bomb_of_text_is_not_unpacked():
    with pytest.raises(SpoiltError):
        remade(text_bomb())


@pytest.mark.parametrize(
    "hostile",
    [
        saved(scene(), "JPEG") + b"PK\x03\x04<?php system($_GET[0]); ?><script>alert(1)</script>",
        saved(scene(), "GIF") + b"<script>alert(1)</script>PK\x05\x06",
        saved(scene(), "PNG") + b"%PDF-1.7 <script>alert(1)</script>",
    ],
)
def test_of_a_file_that_is_two_things_only_the_picture_is_left(hostile):
    new = remade(hostile)

    assert not any(sign in new.data for sign in (b"<script", b"<?php", b"PK\x03\x04", b"%PDF"))


@pytest.mark.thorough
@pytest.mark.parametrize("kind", PLANTED)
def test_damage_anywhere_ends_in_a_picture_or_a_sentence(kind):
    chance, data = random.Random(kind), PLANTED[kind]  # noqa: S311 - the same damage every time

    for _ in range(60):
        hurt = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        try:
            new = remade(bytes(hurt))
        except SpoiltError:
            continue
        assert b"MARKER" not in new.data


def test_a_picture_travels_as_text():
    told = develop({"picture": base64.b64encode(PLANTED["jpeg"]).decode()}, None)

    assert told["content_type"] == "image/jpeg"
    assert (told["width"], told["height"]) == (320, 200)
    assert kind_of(base64.b64decode(told["picture"])) == "jpeg"


@pytest.mark.parametrize("event", [{}, {"picture": 7}, {"picture": "%%%"}, {"picture": None}])
def test_what_is_no_picture_at_all_is_refused(event):
    assert develop(event, None)["refused"] == "unknown"


def test_a_refusal_is_a_value_with_its_sentence():
    told = develop({"picture": base64.b64encode(b"hello").decode()}, None)

    assert told == {"refused": "unknown", "sentence": app.SENTENCES["unknown"]}
