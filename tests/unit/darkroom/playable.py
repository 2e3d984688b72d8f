"""A video that plays, in an MP4 with all that a camera writes besides: H.264 frames of one grey
each, written out sample by sample (I_PCM), so that no encoder is needed.
"""

import struct

from tests.unit.darkroom import filmed
from tests.unit.darkroom.filmed import box, unit

BLOCKS = 2
SIDE = 16 * BLOCKS
GREYS = (60, 120, 180, 235)


class Bits:
    """Bits in the order H.264 writes them."""

    def __init__(self):
        self.text = ""

    def u(self, width, value):
        self.text += f"{value:0{width}b}"
        return self

    def ue(self, *values):
        """Exp-Golomb codes; a signed 0 is the same."""
        for value in values:
            code = f"{value + 1:b}"
            self.text += "0" * (len(code) - 1) + code
        return self

    def aligned(self):
        self.text += "0" * (-len(self.text) % 8)
        return self

    def whole(self, data=b""):
        """The bytes so far and these; begin anew."""
        told = int(self.text or "0", 2).to_bytes(len(self.text) // 8, "big") + data
        self.text = ""
        return told

    def ended(self):
        self.text += "1"
        return self.aligned().whole()


SPS = (
    b"\x67\x42\xc0\x1e"
    + Bits().ue(0, 0, 2, 0).u(1, 0).ue(BLOCKS - 1, BLOCKS - 1).u(4, 0b1100).ended()
)
PPS = b"\x68" + Bits().ue(0, 0).u(2, 0).ue(0, 0, 0).u(3, 0).ue(0, 0, 0).u(3, 0b100).ended()


def frame(number):
    """One grey picture, by itself."""
    bits, data = Bits().ue(0, 7, 0).u(4, 0).ue(number % 2).u(2, 0).ue(0, 1), b""
    for _ in range(BLOCKS * BLOCKS):
        grey = bytes([GREYS[number % len(GREYS)]]) * 256 + b"\x80" * 128
        data += bits.ue(25).aligned().whole(grey)
    return unit(0x65, data + bits.ended())


def avcc():
    told = b"\x01" + SPS[1:4] + b"\xff\xe1" + struct.pack(">H", len(SPS)) + SPS
    return box(b"avcC", told + b"\x01" + struct.pack(">H", len(PPS)) + PPS)


def playable(monkeypatch):
    """Two seconds of it, in four frames, the first with a message of the encoder before it."""
    monkeypatch.setattr(filmed, "PICTURES", tuple(map(frame, range(4))))
    entry = filmed.visual(avcc(), size=(SIDE, SIDE))
    return filmed.film(pictures=lambda: entry, sounds=None)
