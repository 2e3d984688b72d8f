"""The darkroom for videos: what is seen and heard comes through to the byte, and nothing else."""

import io
import re
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darkroom.videos.boxes import LARGEST, SENTENCES, SpoiltVideoError
from darkroom.videos.mp4 import clean
from darkroom.videos.sei import blank_messages
from tests.unit.darkroom import filmed
from tests.unit.darkroom.filmed import PICTURES, SOUNDS, box, film, full, numbers

BEHIND = box(b"uuid", bytes(16), b"MARKER") + b"MARKER that is no box"

FILMS = {
    "of a telephone": film(),
    "with its index last": film(index_first=False),
    "with long numbers": film(version=1, wide=True, long_store=True),
    "with boxes behind it": film(behind=BEHIND),
    "with half a box behind it": film(behind=b"MARK"),
    "of a GoPro": film(gps=b"gpmd"),
    "of a Pixel": film(gps=b"mett"),
    "without sound": film(sounds=None),
    "with colours described": film(
        pictures=lambda: filmed.visual(
            filmed.AVCC,
            box(b"colr", b"nclx", bytes(7)),
            box(b"colr", b"prof", b"MARKER"),
            box(b"uuid", b"MARKER"),
        )
    ),
}


def cleaned(data):
    file = io.BytesIO(data)
    seen = clean(file)
    return seen, file.getvalue()


def refusal(data):
    with pytest.raises(SpoiltVideoError) as caught:
        cleaned(data)
    assert str(caught.value) == SENTENCES[caught.value.kind]
    return caught.value.kind


def walked(data, start=0, end=None, into=(b"moov", b"trak", b"mdia", b"minf", b"stbl")):
    """Every box with its content, those of the index one by one."""
    end = len(data) if end is None else end
    while start < end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        body = start + 8
        if size == 1:
            size, body = struct.unpack(">Q", data[start + 8 : start + 16])[0], start + 16
        yield kind, data[body : start + size]
        if kind in into:
            yield from walked(data, body, start + size, into)
        start += size
    assert start == end


@pytest.mark.parametrize("name", FILMS)
def test_no_marker_survives(name):
    assert FILMS[name].count(b"MARK") > 20

    seen, new = cleaned(FILMS[name])

    assert b"MARK" not in new
    assert (seen.width, seen.height, seen.milliseconds) == (640, 360, 2000)


@pytest.mark.parametrize("name", FILMS)
def test_what_is_seen_and_heard_stays_where_it_was(name):
    old = FILMS[name]

    _, new = cleaned(old)

    for sample in (*PICTURES, *(SOUNDS if name != "without sound" else ())):
        assert new.index(sample) == old.index(sample)
    assert len(new) == len(old.removesuffix(BEHIND).removesuffix(b"MARK"))


@pytest.mark.parametrize("name", FILMS)
def test_only_boxes_that_players_need_are_left_and_what_is_free_is_empty(name):
    _, new = cleaned(FILMS[name])

    found = list(walked(new))

    assert {kind for kind, _ in found} <= {
        *(b"ftyp", b"moov", b"mdat", b"free", b"mvhd", b"trak", b"tkhd", b"edts", b"mdia"),
        *(b"mdhd", b"hdlr", b"minf", b"vmhd", b"smhd", b"dinf", b"stbl", b"stsd", b"stts"),
        *(b"stsz", b"stsc", b"stco", b"co64"),
    }
    assert all(not any(content) for kind, content in found if kind == b"free")
    for kind, content in found:
        if kind in {b"mvhd", b"tkhd", b"mdhd"}:
            assert not any(content[4:20] if content[0] else content[4:12])
        if kind == b"hdlr":
            assert not any(content[12:])


@pytest.mark.parametrize("name", FILMS)
def test_cleaning_a_clean_video_changes_nothing(name):
    _, new = cleaned(FILMS[name])

    assert cleaned(new)[1] == new


def test_captions_between_the_frames_stay():
    _, new = cleaned(film())

    assert filmed.CAPTIONS in new


def test_what_is_blanked_between_the_frames_begins_nothing_new():
    secret = b"\x00\x00\x03\x01KEY\x00\x00\x03\x00\x00\x03\x02KEY" * 3
    length = len(secret) - secret.count(b"\x00\x00\x03")  # what prevents emulation does not count
    old = filmed.unit(6, bytes([5, length]), secret, b"\x80") + filmed.unit(0x65, b"seen")
    file = io.BytesIO(old)

    blank_messages(file, [(0, len(old))], 4)

    new = file.getvalue()
    assert len(new) == len(old)
    assert b"KEY" not in new
    assert [m.start() for m in re.finditer(b"\x00\x00\x03", new)] == [
        m.start() for m in re.finditer(b"\x00\x00\x03", old)
    ]
    assert re.search(b"\x00\x00[\x00-\x02]", new[4:-9]) is None
    assert new.endswith(old[-9:])
    assert new[:7] == old[:7]


@pytest.mark.parametrize("size", [0, 1, 11, 1 << 31])
def test_units_that_do_not_fill_their_frame_are_refused(size):
    data = film()
    place = data.index(PICTURES[2])
    longer = struct.pack(">I", size) + data[place + 4 : place + len(PICTURES[2])]

    assert refusal(data.replace(PICTURES[2], longer)) == "broken"


REFUSED = [
    ("quicktime", film(ftyp=box(b"ftyp", b"qt  ", bytes(4), b"qt  "))),
    ("quicktime", box(b"wide") + box(b"mdat", b"x" * 40)),
    ("webm", b"\x1aE\xdf\xa3" + bytes(60)),
    ("other", box(b"ftyp", b"3gp5", bytes(4)) + bytes(40)),
    ("other", b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(40)),
    ("picture", b"\xff\xd8\xff\xe0" + bytes(60)),
    ("picture", box(b"ftyp", b"heic", bytes(4)) + bytes(40)),
    ("unknown", b"<script>alert(1)</script>" + bytes(40)),
    ("unknown", b""),
    ("hevc", film(pictures=lambda: filmed.visual(kind=b"hvc1"))),
    ("codec", film(pictures=lambda: filmed.visual(kind=b"vp09"))),
    ("codec", film(pictures=lambda: filmed.visual(kind=b"encv"))),
    ("codec", film(sounds=lambda: filmed.sound(filmed.esds(kind=0x6B)))),
    ("codec", film(sounds=lambda: filmed.sound(filmed.esds(flags=0x40)))),
    ("codec", film(sounds=lambda: filmed.sound(version=b"\0\1"))),
    ("subtitles", film(gps=b"sbtl")),
    ("pieces", film(more=(box(b"mvex", full(b"trex", bytes(20))),))),
    ("pieces", film() + box(b"moof", b"x") + box(b"mdat", b"x")),
    ("long", film(delta=36_000)),
    ("size", film(pictures=lambda: filmed.visual(size=(16, 360)))),
    ("size", film(pictures=lambda: filmed.visual(size=(640, 8_000)))),
    ("broken", film()[:-1]),
    ("broken", film()[:200]),
    ("broken", filmed.FTYP + box(b"mdat", b"x")),
    ("broken", film() + film()[len(filmed.FTYP) :]),
]


@pytest.mark.parametrize(("kind", "data"), REFUSED)
def test_what_cannot_be_sent_is_refused_with_a_sentence(kind, data):
    assert refusal(data) == kind


@pytest.mark.parametrize(("kind", "entry"), [(b"vide", filmed.visual()), (b"soun", filmed.sound())])
def test_two_pictures_or_sounds_to_choose_from_are_refused(kind, entry):
    again = filmed.trak(kind, filmed.stbl(entry, [4], [0]), number=4)

    assert refusal(film(more=(again,))) == "tracks"


def test_what_lies_in_other_files_is_refused():
    away = full(b"dref", numbers(1), full(b"url ", b"https://elsewhere.example/\0"))
    track = filmed.trak(b"soun", filmed.stbl(filmed.sound(), [4], [0]), number=4, dref=away)

    assert refusal(film(sounds=None, more=(track,))) == "elsewhere"


@pytest.mark.parametrize("start", [0, 40, 1 << 31])
def test_samples_that_lie_outside_the_store_are_refused(start):
    track = filmed.trak(b"soun", filmed.stbl(filmed.sound(), [40], [start]), number=4)

    assert refusal(film(sounds=None, more=(track,))) == "broken"


def test_a_table_that_says_it_is_longer_than_its_box_is_refused():
    data = film()
    place = data.index(b"stts") + 8

    assert refusal(data[:place] + b"\xff\xff\xff\xff" + data[place + 4 :]) == "broken"


def test_what_has_more_bytes_than_platforms_are_given_is_refused():
    class Vast(io.BytesIO):
        def seek(self, *_):
            return LARGEST + 1

    with pytest.raises(SpoiltVideoError, match="50 MB"):
        clean(Vast())


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_hostile_bytes_end_in_a_refusal_or_in_a_clean_video(data):
    film_bytes = bytearray(FILMS[data.draw(st.sampled_from(sorted(FILMS)))])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(film_bytes) - 5))
        film_bytes[place : place + 4] = data.draw(
            st.sampled_from([b"\0\0\0\0", b"\0\0\0\1", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"])
            | st.binary(min_size=4, max_size=4)
        )
    cut = data.draw(st.integers(0, 3 * len(film_bytes)))

    try:
        _, new = cleaned(bytes(film_bytes[:cut]))
    except SpoiltVideoError:
        return

    assert cleaned(new)[1] == new


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_good_beginning_are_looked_at(noise):
    assert refusal(filmed.FTYP + noise) in SENTENCES
