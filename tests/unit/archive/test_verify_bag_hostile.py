"""What a clever forger might try: odd paths, odd files, odd JSON, odd notes. Each is a sentence."""

import gzip
import io
import os
import zlib
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.months import bag
from shared.months.lines import read_line
from tests.unit.archive import bags
from tests.unit.archive.bags import ARCHIVE
from tests.unit.archive.verifier import ask, judge

MONTH, NOTE = "2026-09", "commit/2026-09.note"
POSTS = "data/records/post/part-00000.jsonl.gz"
FOLLOWERS = "data/records/followers/part-00000.jsonl.gz"


@cache
def whole():
    return bags.an_archive(7, erased=(4,))


@pytest.fixture
def archive():
    return whole().copy()


@pytest.fixture
def wrong(archive, tmp_path):
    """What is said to be wrong with the archive, after these files of its bag were replaced and it
    was sealed again with the force's own keys: so only what is in the file can be wrong."""

    def say(files=None, *, reseal=True):
        for path, data in (files or {}).items():
            archive.objects[f"month={MONTH}/{path}"] = data
        if reseal:
            bags.reseal(archive, MONTH, [ARCHIVE])
        archive.write(tmp_path)
        verdict = judge(tmp_path, keys=archive.keys)
        assert verdict.code == 1
        return verdict.sentence

    return say


def text_of(archive, path):
    return archive.objects[f"month={MONTH}/{path}"].decode()


# ── paths ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path",
    [
        "../commit/2026-09.note",
        "data/../bagit.txt",
        "data/./README.txt",
        "data//README.txt",
        "./data/README.txt",
        "/etc/passwd",
        "data/%2e%2e/%2e%2e/etc/passwd",
        "data/README%0A.txt",
        "data\\README.txt",
        "C:/data/README.txt",
        "data/README.txt:stream",
        "~/data",
        "bagit.txt",
        "data/",
        "data/..",
    ],
)
def test_a_manifest_names_nothing_but_files_of_the_bag(path, archive, wrong):
    named = text_of(archive, bag.MANIFEST)

    said = wrong({bag.MANIFEST: f"{'0' * 64}  {path}\n{named}".encode()}, reseal=False)

    assert said == (
        f"month={MONTH}/manifest-sha256.txt, line 1: “{path.replace(chr(92), chr(92))}” is no path "
        "that it could name."
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text + text.splitlines(keepends=True)[-1], "there twice"),
        (lambda text: "".join(reversed(text.splitlines(keepends=True))), "not in order"),
        (lambda text: text.replace("\n", "\r\n"), "no line of a manifest"),
        (lambda text: text[:-1], "no line of a manifest"),
        (lambda text: "\ufeff" + text, "no line of a manifest"),
        (lambda text: text.replace("  ", " *"), "no line of a manifest"),
        (lambda text: text.replace("  ", " "), "no line of a manifest"),
        (lambda text: text.upper(), "no line of a manifest"),
        (lambda text: "\n" + text, "no line of a manifest"),
        (lambda text: text.replace("README", "R\u0415ADME"), "no line of a manifest"),
        (lambda _: "\n" * 1_000_000, "no line of a manifest"),
        (lambda _: "", "it does not name data/README.txt, which is there"),
        (lambda _: "x" * 40_000_000, "larger than"),
    ],
)
def test_a_manifest_is_written_as_we_write_it(change, why, archive, wrong):
    assert why in wrong(
        {bag.MANIFEST: change(text_of(archive, bag.MANIFEST)).encode()}, reseal=False
    )


@pytest.mark.parametrize(
    "path", ["fetch.txt", "manifest-md5.txt", "data/log/more", "x/y", ".DS_Store"]
)
def test_a_file_that_nothing_names_is_named(path, wrong):
    assert wrong({path: b"hello"}, reseal=False).startswith(f"month={MONTH}/{path}: it is there")


@pytest.mark.parametrize(
    "path",
    ["data/more.txt", "data/records/post/part-0.jsonl.gz", "data/schema/x.py", "data/log/x"],
)
def test_a_file_that_does_not_belong_is_named_though_a_manifest_names_it(path, wrong):
    assert wrong({path: b"hello"}).startswith(f"month={MONTH}/{path}: no such file belongs")


@pytest.mark.parametrize(
    "path",
    [POSTS.replace("00000", "00001"), POSTS.replace("post", "nobody"), "data/log/tile/0/001.p/3"],
)
def test_more_records_and_tiles_than_there_are_leaves_for_are_named(path, archive, wrong):
    said = wrong({path: archive.objects[f"month={MONTH}/{POSTS}"]})

    assert said.startswith(f"month={MONTH}/{path}: ")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("data/readme.txt", "only capitals tell it from"),
        ("data/\x1b[2J\x1b[31mheld", "nothing in a bag has such a name"),
        ("data/RE\u0410DME.txt", "nothing in a bag has such a name"),
        ("data/a\nWRONG", "nothing in a bag has such a name"),
        ("data/\u202etxt.exe", "nothing in a bag has such a name"),
    ],
)
def test_names_that_deceive_are_refused_and_shown_without_their_tricks(
    name, why, archive, tmp_path
):
    archive.write(tmp_path)
    (tmp_path / f"month={MONTH}" / name).write_bytes(b"")

    code, out, err = ask(tmp_path)

    assert (code, err) == (1, "")
    assert why in out
    assert out.isascii() or "“" in out
    assert all(each.isprintable() for each in out.replace("\n", ""))
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize("path", ["data/README.txt", POSTS, "data/log", "data"])
def test_a_link_is_no_file_of_a_bag(path, archive, tmp_path):
    archive.write(tmp_path)
    place = tmp_path / f"month={MONTH}" / path
    elsewhere = place.rename(tmp_path / "elsewhere")
    place.symlink_to(elsewhere)

    verdict = judge(tmp_path, keys=archive.keys)

    assert verdict.sentence == (
        f"month={MONTH}/{path}: it is a link or a device, and a bag holds files only."
    )


@pytest.mark.parametrize("path", [f"month={MONTH}/data/README.txt", NOTE])
def test_a_pipe_is_not_waited_for(path, archive, tmp_path):
    archive.write(tmp_path)
    (tmp_path / path).unlink()
    os.mkfifo(tmp_path / path)

    assert judge(tmp_path, keys=archive.keys).wrong["file"] == path


@pytest.mark.parametrize("path", [f"month={MONTH}/data/README.txt", NOTE, f"month={MONTH}/{POSTS}"])
def test_a_folder_in_the_place_of_a_file_is_named(path, archive, tmp_path):
    archive.write(tmp_path)
    (tmp_path / path).unlink()
    (tmp_path / path).mkdir()

    assert judge(tmp_path, keys=archive.keys).wrong["file"] == path


# ── gzip ──────────────────────────────────────────────────────────────────────


def a_bomb():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packer.compress(bytes(1 << 20)) for _ in range(64)]
    return b"".join(pieces) + packer.flush()


def named_gzip(data):
    held = io.BytesIO()
    with gzip.GzipFile("secret", "wb", fileobj=held, mtime=0) as file:
        file.write(data)
    return held.getvalue()


GZIP = {
    "two members": (lambda lines: bags.pack(lines[:1]) + bags.pack(lines[1:]), "behind its end"),
    "an empty second": (lambda lines: bags.pack(lines) + bags.pack([]), "behind its end"),
    "bytes behind": (lambda lines: bags.pack(lines) + b"\0" * 512, "behind its end"),
    "a name": (lambda lines: named_gzip(b"".join(lines)), "not gzip, written as"),
    "a time": (lambda lines: gzip.compress(b"".join(lines), mtime=1), "not gzip, written as"),
    "no gzip": (b"".join, "not gzip, written as"),
    "zlib": (lambda lines: zlib.compress(b"".join(lines)), "not gzip, written as"),
    "nothing": (lambda _: b"", "not gzip, written as"),
    "no lines": (lambda _: bags.pack([]), "no more lines"),
    "a bomb": (lambda _: a_bomb(), "longer than a line can be"),
    "cut off": (lambda lines: bags.pack(lines)[:-1], "not the sum"),
    "half": (lambda lines: bags.pack(lines)[:200], "line 1: the file ends here"),
    "broken off": (lambda lines: bags.pack(lines)[:-9], "line 4: the file ends here"),
    "garbage": (lambda lines: bags.pack(lines)[:-30] + b"\xff" * 30, "line 3"),
    "another sum": (lambda lines: bags.pack(lines)[:-8] + bytes(8), "not the sum"),
    "no sum": (lambda lines: bags.pack(lines)[:-8], "not the sum"),
    "another length": (lambda lines: bags.pack(lines)[:-4] + bytes(4), "not the sum"),
    "no newline": (lambda lines: bags.pack([b"".join(lines)[:-1]]), "the last line does not end"),
    "carriage returns": (
        lambda lines: bags.pack([x.replace(b"\n", b"\r\n") for x in lines]),
        "salt",
    ),
    "an empty line": (lambda lines: bags.pack([b"\n", *lines]), "line 1, leaf 0: it is not writ"),
    "a line too many": (lambda lines: bags.pack([*lines, lines[0]]), "a line too many"),
    "a line twice": (lambda lines: bags.pack([lines[0], *lines]), "leaf 0 stands here"),
}


@pytest.mark.parametrize("what", GZIP)
def test_lines_are_packed_in_one_way(what, archive, wrong):
    change, why = GZIP[what]
    lines = bags.unpack(archive.objects[f"month={MONTH}/{POSTS}"])

    said = wrong({POSTS: change(lines)})

    assert said.startswith(f"month={MONTH}/{POSTS}"), said
    assert why in said


# ── lines ─────────────────────────────────────────────────────────────────────


def relined(archive, path, change):
    lines = bags.unpack(archive.objects[f"month={MONTH}/{path}"])
    return {path: bags.pack([change(lines[0]), *lines[1:]])}


SALTED = [
    (lambda line: line.replace(b'"leaf_index":0', b'"leaf_index":00'), "not a plain number"),
    (lambda line: line.replace(b'"leaf_index":0', b'"leaf_index": 0'), "not a plain number"),
    (lambda line: line.replace(b'"leaf_index":0', b'"leaf_index":0.0'), "not a plain number"),
    (lambda line: line.replace(b'"leaf_index":0', b'"leaf_index":-0'), "not a plain number"),
    (lambda line: line.replace(b'"leaf_index":0', b'"leaf_index":' + b"9" * 5000), "plain number"),
    (lambda line: line.replace(b'"leaf_index":0', '"leaf_index":٠'.encode()), "not a plain"),
    (lambda line: line.replace(b'"leaf_index":0', b'"leaf_index":7'), "says that it is leaf 7"),
    (
        lambda line: line.replace(b"pc-okafor", "pc-\u043ekafor".encode()),
        "not the one that was logged",
    ),
    (lambda line: line.replace(b"{", b"{ ", 1), "not written as"),
    (lambda line: b'{"envelope":{},' + line[1:], "not the one that was logged"),
    (lambda line: line.replace(b',"payload":{', b',"payload":{"x":1,'), "commits to"),
    (lambda line: line.replace(b"}\n", b',"salt":null}\n'), "its salt is gone|cannot be read"),
    (lambda line: line.replace(b"}\n", b',"payload":{}}\n'), "salt of 32 bytes"),
    (lambda line: line[:-3] + b'=="}\n', "salt of 32 bytes"),
    (lambda line: line[:-5] + bytes([line[-5] + 1]) + line[-4:], "salt of 32 bytes|commits to"),
    (lambda line: line[:-48] + b"'" + line[-47:], "salt of 32 bytes"),
    (lambda line: line[:-47] + b"A" + line[-46:], "commits to"),
    (lambda line: line.replace(b'="}', b' "}'), "salt of 32 bytes"),
    (lambda line: line[:-3] + b"'}\n", "salt of 32 bytes"),
    (lambda _: b"\n", "not written as"),
    (lambda line: b"\xff\xfe" + line, "not written as"),
    (lambda line: line[:-1] + b" \n", "salt of 32 bytes"),
]


@pytest.mark.parametrize(("change", "why"), SALTED)
def test_a_line_is_what_was_logged_to_the_byte(change, why, archive, wrong):
    said = wrong(relined(archive, POSTS, change))

    assert said.startswith(f"month={MONTH}/{POSTS}, line 1, leaf 0: "), said
    assert any(each in said for each in why.split("|")), said


def deep(count):
    return b'{"sealed":' + b"[" * count + b"]" * count + b"}"


ERASED = [
    (b'{"number":4}', "nothing was sealed in it"),
    (b"{}", "nothing was sealed in it"),
    (b'{"sealed":{},"sealed":{}}', "canonical"),
    (b'{"sealed":{}},"salt":"x","envelope":{"actor":"nobody"}', "canonical"),
    (b'{"sealed":{}},"envelope":{"actor":"nobody"},"payload":{"sealed":1}', "canonical"),
    (b'{"sealed":1.5}', "canonical"),
    (b'{"sealed":1e3}', "canonical"),
    (b'{"sealed":NaN}', "canonical"),
    (b'{"sealed":Infinity}', "canonical"),
    (b'{"sealed":' + b"9" * 20 + b"}", "canonical"),
    (b'{"sealed":' + b"9" * 300_000 + b"}", "canonical"),
    (b'{"sealed":9007199254740992}', "canonical"),
    (b'{"sealed":"\\ud800"}', "canonical"),
    (b'{"sealed":"\xff"}', "canonical"),
    (b'{"sealed":"\\u00e4"}', "canonical"),
    (b'{"sealed":1,"a":2}', "canonical"),
    (b' {"sealed":1}', "canonical"),
    (b'["sealed"]', "canonical"),
    (b"null", "canonical"),
    (b"", "canonical"),
    (b"\xef\xbb\xbf" + b'{"sealed":1}', "canonical"),
    ('{"sealed":1}'.encode("utf-16"), "canonical"),
    (deep(500), "canonical"),
    (deep(200_000), "canonical"),
]


@pytest.mark.parametrize(("payload", "why"), ERASED)
def test_a_payload_whose_salt_is_gone_is_one_object_and_held_something_sealed(
    payload, why, archive, wrong
):
    lines = bags.unpack(archive.objects[f"month={MONTH}/{FOLLOWERS}"])
    line = read_line(lines[0])
    assert line.salt is None
    lines[0] = bags.line_of(line.leaf_index, line.envelope, payload, None)

    said = wrong({FOLLOWERS: bags.pack(lines)})

    assert said.startswith(f"month={MONTH}/{FOLLOWERS}, line 1, leaf 4: "), said[:200]
    assert why in said


def test_a_salt_that_is_taken_away_from_a_line_is_seen(archive, wrong):
    line = read_line(bags.unpack(archive.objects[f"month={MONTH}/{POSTS}"])[0])
    bare = bags.line_of(line.leaf_index, line.envelope, b'{"text":"I never said so."}', None)

    said = wrong(relined(archive, POSTS, lambda _: bare))

    assert "its salt is gone, and nothing was sealed in it that was erased" in said


# ── JSON ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [bag.COUNTS, bag.CONSISTENCY, bag.RECONCILIATION])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("{", "{ ", 1),
        lambda text: text.replace("{", '{"a":1,"a":1,', 1),
        lambda text: text.replace("{", '{"a":1,', 1),
        lambda text: text + "\n",
        lambda text: "\ufeff" + text,
        lambda _: "[" * 100_000,
        lambda _: "",
        lambda _: "{}",
        lambda _: "[]",
        lambda _: "null",
        lambda _: "\x00",
        lambda _: "x" * 2_000_000,
        lambda text: text.replace("0", "0.0", 1) if "0" in text else "0",
        lambda text: text.replace("2026-09", "2026-10") if "2026" in text else '{"end":12}',
    ],
)
def test_json_that_is_not_ours_is_named(path, change, archive, wrong):
    said = wrong({path: change(text_of(archive, path)).encode()})

    if path == bag.RECONCILIATION and "because" in said:
        return
    assert said.startswith(f"month={MONTH}/{path}: "), said[:200]


# ── anything at all ───────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    return whole().copy().write(tmp_path_factory.mktemp("archive"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(whole().objects)), st.data())
def test_whatever_stands_in_a_file_there_is_a_sentence(laid_out, path, data):
    place, true = laid_out / path, whole().objects[path]
    anything = st.binary(max_size=200)
    begin, after = (data.draw(st.integers(0, len(true))) for _ in range(2))
    forged = data.draw(
        st.sampled_from([true[:begin], true[begin:], b"", true + true, true[begin:] + true[:after]])
        | anything
        | anything.map(lambda middle: true[:begin] + middle + true[after:])
    )
    place.write_bytes(forged)
    try:
        verdict = judge(laid_out, keys=whole().keys)
    finally:
        place.write_bytes(true)

    if forged == true:
        assert verdict.code == 0
        return
    assert verdict.code == 1
    assert path in verdict.sentence or path.split("/")[-1] in verdict.sentence
    assert "\n" not in verdict.sentence
