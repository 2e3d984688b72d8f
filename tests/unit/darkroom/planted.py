"""Pictures with a marker planted in every place a file format has for what cannot be seen.

Each marker is a word of its own, in plain bytes and once more as UTF-16, so that it can be looked
for in whatever comes out. Nothing here leans on Pillow to write metadata: chunks and segments are
laid by hand, the unlawful ones too.
"""

import io
import struct
import zlib

from PIL import Image, ImageCms

WORD = "MARKER-{}"
XMP_NAME = b"http://ns.adobe.com/xap/1.0/\x00"


def word(kind):
    """The marker of one kind of metadata."""
    return WORD.format(kind).encode()


def both(kind):
    """The marker as the places with text of both widths hold it."""
    return word(kind) + b" " + word(kind).decode().encode("utf-16-le")


def scene(size=(320, 200), mode="RGB"):
    """Something with many colours."""
    gradient = Image.linear_gradient("L").resize(size)
    turned = gradient.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    picture = Image.merge("RGB", (gradient, turned, Image.radial_gradient("L").resize(size)))
    return picture.convert(mode)


def saved(picture, name, **how):
    out = io.BytesIO()
    picture.save(out, name, **how)
    return out.getvalue()


def exif(orientation=1):
    """A TIFF block: description, artist, user comment, a GPS directory, and a preview in IFD1."""
    preview = saved(scene((16, 16)), "JPEG", comment=both("preview"))
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = word("exif-description").decode()
    made[0x013B] = word("exif-artist").decode()
    made[0x9C9B] = word("exif-xptitle").decode().encode("utf-16-le")
    made.get_ifd(0x8769)[0x9286] = b"ASCII\x00\x00\x00" + both("exif-comment")
    made.get_ifd(0x8769)[0x927C] = both("exif-maker-note")
    gps = made.get_ifd(0x8825)
    gps[1], gps[2] = "N", (52.0, 48.0, 23.25)
    gps[0x1D] = word("gps-date").decode()
    gps[0x1B] = b"ASCII\x00\x00\x00" + both("gps-method")
    return made.tobytes() + preview


def icc():
    """A good sRGB profile with the marker behind its last tag."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile += both("icc")
    profile[0:4] = struct.pack(">I", len(profile))
    return bytes(profile)


def xmp():
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + both("xmp") + b"</x:xmpmeta>"


def segment(number, payload):
    return bytes((0xFF, number)) + struct.pack(">H", len(payload) + 2) + payload


def jpeg(mode="RGB", orientation=1):
    """Every application segment there is a use for, a comment, a second picture, and a tail."""
    plain = saved(scene(mode=mode), "JPEG", quality=95)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", 60) + both("iptc").ljust(60)
    planted = b"".join(
        [
            segment(0xE1, b"Exif\x00\x00" + exif(orientation).removeprefix(b"Exif\x00\x00")),
            segment(0xE1, XMP_NAME + xmp()),
            segment(0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + both("xmp-extension")),
            segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + icc()),
            segment(0xE2, b"MPF\x00" + both("mpf")),
            segment(0xE3, both("app3")),
            segment(0xEB, both("c2pa")),
            segment(0xED, iptc),
            segment(0xEF, both("app15")),
            segment(0xFE, both("comment")),
        ]
    )
    second = saved(scene((64, 64)), "JPEG", comment=both("second-picture"))
    return plain[:2] + planted + plain[2:] + second + both("tail")


def chunk(name, payload):
    return (
        struct.pack(">I", len(payload))
        + name
        + payload
        + struct.pack(">I", zlib.crc32(name + payload))
    )


def png(mode="RGB"):
    """Every ancillary chunk that holds words, packed ones too, private ones, and a tail."""
    plain = saved(scene(mode=mode), "PNG")
    head = plain[:33]  # signature and IHDR
    before = b"".join(
        [
            chunk(b"iCCP", b"p\x00\x00" + zlib.compress(icc())),
            chunk(b"tEXt", b"Comment\x00" + word("text")),
            chunk(b"tEXt", b"Raw profile type iptc\x00" + word("raw-iptc")),
            chunk(b"zTXt", b"Title\x00\x00" + zlib.compress(word("packed-text"))),
            chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + xmp()),
            chunk(b"iTXt", b"Author\x00\x01\x00\x00\x00" + zlib.compress(word("packed-unicode"))),
            chunk(b"eXIf", exif().removeprefix(b"Exif\x00\x00")),
            chunk(b"tIME", struct.pack(">HBBBBB", 2026, 11, 20, 9, 0, 0)),
            chunk(b"prVt", both("private")),
        ]
    )
    end = plain.rindex(b"IEND") - 4
    after = chunk(b"tEXt", b"Late\x00" + word("text-after"))
    return head + before + plain[33:end] + after + plain[end:] + both("tail")


def webp(mode="RGB"):
    """Profile, EXIF, XMP, a chunk nobody knows, and a tail."""
    plain = saved(scene(mode=mode), "WEBP", exif=exif(), xmp=xmp(), icc_profile=icc())
    unknown = b"junk" + struct.pack("<I", len(both("unknown"))) + both("unknown")
    unknown += b"\x00" * (len(unknown) % 2)
    body = plain[8:] + unknown
    return b"RIFF" + struct.pack("<I", len(body)) + body + both("tail")


def gif(mode="P"):
    """A comment, an application's own block with XMP, words to be drawn over it, and a tail."""
    plain = saved(scene(mode=mode), "GIF", comment=both("comment"))
    blocks = _blocks(b"\x21\xff\x0bXMP DataXMP", xmp())
    blocks += _blocks(b"\x21\xff\x0bMARKER-app1", both("application"))
    words = b"\x21\x01\x0c" + struct.pack("<HHHHBBBB", 0, 0, 9, 9, 8, 8, 1, 0)
    blocks += _blocks(words, word("plain-text"))
    return plain[:-1] + blocks + b";" + both("tail")


def _blocks(head, payload):
    pieces = [payload[at : at + 255] for at in range(0, len(payload), 255)]
    return head + b"".join(bytes((len(p),)) + p for p in pieces) + b"\x00"
