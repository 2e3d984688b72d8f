"""Forms with files in them: read whole, or refused with a sentence."""

import random

import pytest

from shared.http.multipart import MOST_PARTS, Sent, multipart
from shared.http.problems import BadRequestError, UnsupportedTypeError

KIND = "multipart/form-data; boundary=B7"


def part(name, value, more=b""):
    head = b'\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n' % (name, more)
    return b"--B7" + head + value + b"\r\n"


def body(*parts):
    return b"".join(parts) + b"--B7--\r\n"


def test_texts_and_files_are_told_apart_and_nothing_is_changed():
    data = bytes(range(256)) * 40 + b"\r\n--B6\r\n--B\r\n\n"
    file = part(b"picture", data, b'; filename="../../a.php"\r\nContent-Type: text/html')

    sent = multipart(KIND, body(part(b"shows", b"nobody"), file, part(b"shows", "é\n".encode())))

    assert sent == Sent({"shows": ["nobody", "é\n"]}, {"picture": data})


@pytest.mark.parametrize(
    "kind",
    [
        'multipart/form-data; boundary="B7"',
        "multipart/form-data;charset=utf-8;boundary=B7",
        "Multipart/Form-Data; Boundary=B7",
    ],
)
def test_a_boundary_may_be_told_in_several_ways(kind):
    assert multipart(kind, body(part(b"a", b"b"))).texts == {"a": ["b"]}


def test_of_two_files_of_one_name_the_first_counts():
    files = (part(b"picture", data, b'; filename="x"') for data in (b"one", b"two"))

    assert multipart(KIND, body(*files)).files == {"picture": b"one"}


def test_a_form_with_nothing_in_it_is_empty():
    assert multipart(KIND, b"--B7--") == Sent()


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary="]
)
def test_another_type_is_refused(kind):
    with pytest.raises(UnsupportedTypeError):
        multipart(kind, body(part(b"a", b"b")))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"--B7",
        body(part(b"a", b"b"))[:-8],
        b"before" + body(part(b"a", b"b")),
        part(b"a", b"b"),
        body(b"--B7\r\n\r\nno head\r\n"),
        body(b'--B7\r\nContent-Disposition: form-data; name="a"\r\n'),
        body(b"--B7\r\nContent-Disposition: form-data\r\n\r\nb\r\n"),
        body(part(b"a" * 101, b"b")),
        body(part(b"a", b"\xff")),
        body(part(b"a", b"b", b"; x=" + b"y" * 3000)),
        body(*[part(b"a", b"b")] * (MOST_PARTS + 1)),
    ],
    ids=range(12),
)
def test_what_cannot_be_read_is_refused(broken):
    with pytest.raises(BadRequestError):
        multipart(KIND, broken)


def test_no_bytes_whatever_break_it():
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    whole = body(part(b"a", b"b"), part(b"picture", bytes(200), b'; filename="x"'))

    for _ in range(400):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 9)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        try:
            multipart(KIND, bytes(hurt))
        except BadRequestError:
            continue
