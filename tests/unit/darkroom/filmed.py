"""MP4s made for tests, box by box, with a marker in every place where a camera writes something."""

import struct

MARKER = b"MARKER"
SCALE = 1_000


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def long_box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4sQ", 1, kind, 16 + len(body)) + body


def full(kind, *parts, version=0, flags=0):
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def numbers(*values):
    return struct.pack(f">{len(values)}I", *values)


WHEN = b"MARK"
"""As long as a moment is."""

MATRIX = numbers(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def mvhd(seconds=2, version=0):
    if version:
        times = WHEN * 4 + numbers(SCALE) + struct.pack(">Q", seconds * SCALE)
    else:
        times = WHEN * 2 + numbers(SCALE, seconds * SCALE)
    rest = numbers(0x10000) + b"\1\0" + b"MARKERMARK" + MATRIX + MARKER * 4 + numbers(9)
    return full(b"mvhd", times, rest, version=version)


def tkhd(number=1, seconds=2, version=0):
    if version:
        times = WHEN * 4 + numbers(number) + WHEN + struct.pack(">Q", seconds * SCALE)
    else:
        times = WHEN * 2 + numbers(number) + WHEN + numbers(seconds * SCALE)
    rest = b"MARKMARK" + b"\0\0\0\0\1\0" + b"MA" + MATRIX + numbers(640 << 16, 360 << 16)
    return full(b"tkhd", times, rest, version=version, flags=3)


def mdhd(seconds=2, version=0):
    if version:
        times = WHEN * 4 + numbers(SCALE) + struct.pack(">Q", seconds * SCALE)
    else:
        times = WHEN * 2 + numbers(SCALE, seconds * SCALE)
    return full(b"mdhd", times, b"\x15\xc7MA", version=version)


def hdlr(kind, name=b"MARKER of a camera\0"):
    return full(b"hdlr", WHEN, kind, b"MARKERMARKER", name)


DREF = full(b"dref", numbers(1), full(b"url ", flags=1))
AVCC = box(b"avcC", b"\x01\x42\xc0\x1e\xff\xe1\x00\x04\x67\x42\xc0\x1e\x01\x00\x02\x68\xce")


def visual(*inside, kind=b"avc1", size=(640, 360)):
    head = b"MARKER" + b"\0\1" + b"MARKER" * 2 + b"MARK" + struct.pack(">HH", *size)
    head += numbers(0x480000, 0x480000) + b"MARK" + b"\0\1" + b"MARKER compressor".ljust(32, b"\0")
    head += b"\0\x18\xff\xff"
    return box(kind, head, *(inside or (AVCC, box(b"pasp", numbers(1, 1)))))


def esds(kind=0x40, flags=0):
    config = bytes([kind, 0x15]) + bytes(11) + b"\x05\x02\x11\x90"
    told = b"\0\1" + bytes([flags]) + b"\x04" + bytes([len(config)]) + config + b"\x06\x01\x02"
    return full(b"esds", b"\x03", bytes([len(told)]), told)


def sound(*inside, version=b"\0\0"):
    head = (
        b"MARKER" + b"\0\1" + version + b"MARKER" + b"\0\2\0\x10" + b"MARK" + numbers(48_000 << 16)
    )
    return box(b"mp4a", head, *(inside or (esds(),)))


def stbl(entry, sizes, chunks, *more, wide=False, delta=None):
    """One sample a chunk; `chunks` is where each stands."""
    delta = delta or 2 * SCALE // len(sizes)
    where = struct.pack(f">{len(chunks)}{'Q' if wide else 'I'}", *chunks)
    return box(
        b"stbl",
        full(b"stsd", numbers(1), entry),
        full(b"stts", numbers(1, len(sizes), delta)),
        full(b"stsz", numbers(0, len(sizes), *sizes)),
        full(b"stsc", numbers(1, 1, 1, 1)),
        full(b"co64" if wide else b"stco", numbers(len(chunks)), where),
        *more,
    )


def trak(kind, media, *more, number=1, version=0, dref=DREF):
    head = {b"vide": full(b"vmhd", bytes(8), flags=1), b"soun": full(b"smhd", b"\0\0MA")}
    minf = box(b"minf", head.get(kind, full(b"nmhd")), box(b"dinf", dref), media)
    mdia = box(b"mdia", mdhd(version=version), hdlr(kind), minf)
    edts = box(b"edts", full(b"elst", numbers(1, 2 * SCALE, 0, 0x10000)))
    return box(b"trak", tkhd(number, version=version), edts, mdia, *more)


def udta():
    return box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7MARKER+51.5-0.1/"), box(b"loci", b"MARKER"))


def meta():
    keys = full(b"keys", numbers(1), box(b"mdta", b"MARKER.location"))
    ilst = box(b"ilst", box(b"\xa9day", box(b"data", b"MARKER 2026")))
    return full(b"meta", hdlr(b"mdta"), keys, ilst)


def unit(kind, *parts):
    """A unit of H.264 with its length before it."""
    body = bytes([kind]) + b"".join(parts)
    return struct.pack(">I", len(body)) + body


def message(kind, content):
    return bytes([kind, len(content)]) + content


CAPTIONS = message(4, b"\xb5\x00\x31GA94 WORDS")
SEI = unit(
    6,
    message(5, bytes(16) + b"MARKER of place and time"),
    CAPTIONS,
    message(4, b"\xb5\x00\x40MARKER of a maker"),
    b"\x80",
)
"""What an encoder writes before a frame; only captions may stay."""

PICTURES = tuple(unit(0x65, b"picture %d seen." % number) for number in range(4))
SOUNDS = tuple(b"sound %d heard." % number for number in range(4))
GPS = (b"GPS MARKER 51.5, -0.1", b"GPS MARKER 51.6, -0.1")

FTYP = box(b"ftyp", b"mp42", WHEN, b"isom", b"MARK", b"mp42")


def film(
    *,
    ftyp=FTYP,
    pictures=visual,
    sounds=sound,
    more=(),
    version=0,
    wide=False,
    gps=b"meta",
    long_store=False,
    behind=b"",
    delta=None,
    index_first=True,
):
    """A video of two seconds with sound, a track of GPS, and every kind of words in it."""
    shows = (SEI + PICTURES[0], *PICTURES[1:])
    samples = [each for both in zip(shows, SOUNDS, strict=True) for each in both]
    store = b"MARKER before".join(samples + list(GPS)) + b"MARKER at the end"

    def index(start):
        def at(these):
            return [start + store.index(each) for each in these]

        def lengths(these):
            return [len(each) for each in these]

        shown = stbl(pictures(), lengths(shows), at(shows), udta(), wide=wide, delta=delta)
        heard = stbl(sounds(), lengths(SOUNDS), at(SOUNDS)) if sounds else None
        where = stbl(box(gps, b"MARKER"), lengths(GPS), at(GPS))
        return box(
            b"moov",
            mvhd(version=version),
            trak(b"vide", shown, udta(), meta(), version=version),
            *([trak(b"soun", heard, box(b"tref", b"MARKER"), number=2)] if heard else ()),
            trak(gps, where, number=3),
            udta(),
            meta(),
            box(b"uuid", bytes(16), b"MARKER"),
            box(b"free", b"MARKER"),
            *more,
        )

    front = [ftyp, box(b"free", b"MARKER"), box(b"uuid", bytes(16), b"MARKER")]
    made = (long_box if long_store else box)(b"mdat", store)
    offset = sum(map(len, front)) + (16 if long_store else 8)
    if index_first:
        offset += len(index(0))
        parts = [*front, index(offset), made]
    else:
        parts = [*front, made, index(offset)]
    return b"".join(parts) + behind
