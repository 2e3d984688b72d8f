"""Sealed months that somebody touched: no answer is given from them, and the place is named."""

import gzip
import os
from random import Random

import pytest

from archive.exporting.prove_leaf import prove_leaf
from archive.reading.as_sealed import BagError, BrokenChainError, NoMonthError, UntrueBagError
from archive.reading.bags import Bags
from archive.reading.find_leaf import find_leaf
from archive.reading.find_life import find_life
from archive.reading.known_keys import Keys, read_keys
from local.audit.folders import FolderShelf, TooLargeError
from shared.months.bag import digest, manifest
from shared.months.note import open_month, sign_month
from shared.posts.names import LeafId
from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.errors import MalformedError
from shared.recordlog.leaf import Act, commitment, leaf
from shared.recordlog.note import LocalSigner
from shared.recordlog.tiles import grow
from shared.records.payloads import Kept
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import (
    ARCHIVE_SIGNER,
    LOG_SIGNER,
    ORIGIN,
    SEPTEMBER,
    Archived,
    close,
    on,
)
from tests.unit.recordlog import logs

POST_LINES = "month=2026-09/data/records/post/part-00000.jsonl.gz"
NOTE = "commit/2026-09.note"
WHOLE = find_life(made.WRONG, made.a_reading()).answer


def life_in(objects, keys=made.KEYS):
    return find_life(made.WRONG, made.a_reading(keys, objects)).answer


def september_in(objects):
    """Alone: October would already refuse to continue another September."""
    return find_life(made.WRONG, made.bags_of(objects=objects).between(last=SEPTEMBER)).answer


def spoilt(path, change):
    objects = dict(made.archive_made().objects)
    objects[path] = change(objects[path])
    return objects


@pytest.mark.parametrize("seed", range(200))
def test_a_changed_bit_never_changes_an_answer(seed):
    chance = Random(seed)  # noqa: S311 - chance that can be had again
    path = chance.choice(sorted(made.archive_made().objects))
    objects = spoilt(path, lambda data: logs.flip(data, chance.randrange(len(data) * 8)))

    try:
        answer = life_in(objects)
    except BagError:
        return

    assert answer == WHOLE, path


READ = [
    path
    for path in made.archive_made().objects
    if "/records/" in path or "manifest" in path or path.endswith(("note", "checkpoint.end"))
]


@pytest.mark.parametrize("path", READ)
def test_a_changed_byte_in_what_is_read_is_named_by_its_file(path):
    with pytest.raises(UntrueBagError) as refused:
        life_in(spoilt(path, lambda data: logs.flip(data, 8 * (len(data) // 2))))

    assert refused.value.path in path
    assert str(refused.value).startswith(f"{refused.value.month}, {refused.value.path}: ")


@pytest.mark.parametrize("path", [path for path in READ if not path.startswith("commit/")])
def test_a_file_that_is_gone_is_named(path):
    objects = dict(made.archive_made().objects)
    del objects[path]

    with pytest.raises(UntrueBagError, match="it is not there"):
        life_in(objects)


def forged(objects, signer, month=SEPTEMBER):
    """Manifests and note made anew around whatever lies in the bag."""
    prefix = f"month={month}/"
    files = {
        path.removeprefix(prefix): digest(data)
        for path, data in objects.items()
        if path.startswith(f"{prefix}data/")
    }
    tags = ("bagit.txt", "bag-info.txt")
    objects[f"{prefix}manifest-sha256.txt"] = manifest(files)
    named = {name: digest(objects[prefix + name]) for name in (*tags, "manifest-sha256.txt")}
    objects[f"{prefix}tagmanifest-sha256.txt"] = manifest(named)
    sealed = open_month(objects[NOTE], [ARCHIVE_SIGNER.key], ORIGIN)
    bag = digest(objects[f"{prefix}tagmanifest-sha256.txt"])
    fields = {**vars(sealed), "bag": bag}
    objects[NOTE] = sign_month(type(sealed)(**fields), [signer])
    return objects


def other_words(data):
    text = gzip.decompress(data).replace(b"is closed", b"is open. ")
    return gzip.compress(text, mtime=0)


def test_other_words_are_refused_with_manifests_and_note_by_a_forger_without_the_key():
    forger = LocalSigner("force.example/archive", b"f" * 32)

    with pytest.raises(UntrueBagError, match=r"commit/2026-09\.note: No signature is by a known"):
        september_in(forged(spoilt(POST_LINES, other_words), forger))


def test_other_words_are_refused_even_if_whoever_seals_months_forged_them():
    objects = forged(spoilt(POST_LINES, other_words), ARCHIVE_SIGNER)

    with pytest.raises(UntrueBagError, match=r"post/part-00000.* The payload is not the one"):
        september_in(objects)


def test_another_record_is_refused_even_if_whoever_seals_months_forged_it():
    def by_another(data):
        text = gzip.decompress(data).replace(b'"actor":"pc-okafor"', b'"actor":"pc-nobody"')
        return gzip.compress(text, mtime=0)

    with pytest.raises(UntrueBagError, match="leaf 7 is another in the log"):
        september_in(forged(spoilt(POST_LINES, by_another), ARCHIVE_SIGNER))


def test_the_key_of_the_log_seals_no_month_and_the_archives_no_log():
    objects = forged(dict(made.archive_made().objects), LOG_SIGNER)

    with pytest.raises(UntrueBagError, match="No signature is by a known key"):
        september_in(objects)
    with pytest.raises(UntrueBagError, match="No signature is by a known key"):
        life_in(None, Keys((ARCHIVE_SIGNER.key,)))


def test_a_note_under_the_name_of_another_month_is_refused():
    objects = dict(made.archive_made().objects)
    for path in list(objects):
        if "2026-09" in path:
            objects[path.replace("2026-09", "2026-08")] = objects[path]

    with pytest.raises(UntrueBagError, match=r"2026-08.*it is the note of 2026-09"):
        made.bags_of(objects=objects).between(last=SEPTEMBER)


OTHER_ENDS = {
    "another size": (made.archive_made().history[1][1], "the note names another one"),
    "the archive's key": (
        sign_checkpoint(Checkpoint(ORIGIN, 329, b"x" * 32), [ARCHIVE_SIGNER]),
        "No signature is by a known key",
    ),
    "another log": (
        sign_checkpoint(Checkpoint("other.example/record-log", 329, b"x" * 32), [LOG_SIGNER]),
        "This is a checkpoint of other.example/record-log",
    ),
}


@pytest.mark.parametrize("which", OTHER_ENDS)
def test_another_checkpoint_is_refused_even_if_whoever_seals_months_forged_it(which):
    note, why = OTHER_ENDS[which]
    objects = forged(
        spoilt("month=2026-09/data/log/checkpoint.end", lambda _: note), ARCHIVE_SIGNER
    )

    with pytest.raises(UntrueBagError, match=f"data/log/checkpoint.end: {why}"):
        september_in(objects)


def test_no_proof_is_made_from_tiles_that_whoever_seals_months_forged():
    tile = "month=2026-09/data/log/tile/0/001.p/73"
    objects = forged(spoilt(tile, lambda data: logs.flip(data, 8 * 32 * 5)), ARCHIVE_SIGNER)
    reading = made.bags_of(objects=objects).between(last=SEPTEMBER)

    with pytest.raises(UntrueBagError, match="does not lead from the leaf to the root"):
        prove_leaf(find_leaf(reading, "320"))
    with pytest.raises(UntrueBagError, match="leaf 261 is another in the log"):
        find_leaf(reading, "261")


def test_keys_that_were_put_into_a_bag_later_are_refused_though_none_was_given():
    more = f"{LocalSigner('force.example/archive', b'f' * 32).key}\n".encode()
    objects = spoilt("month=2026-09/data/log/pubkeys.vkey", lambda data: data + more)

    with pytest.raises(UntrueBagError, match=r"pubkeys\.vkey: it is not the file that was sealed"):
        life_in(objects, None)


@pytest.mark.parametrize(
    "payload",
    [b'{"a": 1}', b'{"a":1,"a":2}', b'{"a":1.5}', b"{x}", b'{"a":"\\u0041"}', b'{"b":1,"a":2}'],
)
def test_a_payload_that_is_not_canonical_json_is_refused_though_the_log_commits_to_it(payload):
    world, salt = Archived(), b"s" * 32
    act = Act("post.submitted", None, "post:x", on(SEPTEMBER, 4), "p", None, None, {})
    envelope = leaf(act, made.an_id(1), salt).envelope
    entry = envelope.replace(commitment(b"{}", salt).encode(), commitment(payload, salt).encode())
    growth = grow(world.edge, [entry])
    world.live.update(growth.objects)
    world.edge = growth.edge
    world.rows[LeafId(made.an_id(1))] = Kept(payload, salt)
    world.publish(on(SEPTEMBER, 4))
    close(world, SEPTEMBER)

    with pytest.raises(UntrueBagError, match="post/part-00000"):
        find_leaf(made.a_reading(objects=world.objects), "0")


def test_a_month_that_does_not_continue_the_one_before_is_refused():
    objects = dict(made.archive_made().objects)
    other = made.archive_with_november().objects
    ours = {path: data for path, data in objects.items() if "2026-09" not in path}
    theirs = {path: data for path, data in other.items() if "2026-09" in path}

    with pytest.raises(BrokenChainError, match="2026-10 does not continue 2026-09"):
        made.a_reading(objects={**ours, **theirs})


@pytest.mark.parametrize(
    "line",
    [
        *(
            "../../etc/passwd",
            "/etc/passwd",
            "data/../../x",
            "data/.hidden",
            "data//x",
            "data\\x",
            "",
        ),
        *("data/a b", "data/\x1b[2J", "./data/x", "data/x/."),
    ],
)
def test_a_manifest_that_leads_elsewhere_is_refused(line):
    objects = dict(made.archive_made().objects)
    path = "month=2026-09/manifest-sha256.txt"
    objects[path] += f"{'ab' * 32}  {line}\n".encode()
    named = {
        name: digest(objects[f"month=2026-09/{name}"])
        for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
    }
    objects["month=2026-09/tagmanifest-sha256.txt"] = manifest(named)
    sealed = open_month(objects[NOTE], [ARCHIVE_SIGNER.key], ORIGIN)
    bag = digest(objects["month=2026-09/tagmanifest-sha256.txt"])
    objects[NOTE] = sign_month(type(sealed)(**{**vars(sealed), "bag": bag}), [ARCHIVE_SIGNER])

    with pytest.raises(UntrueBagError, match="a line of it is not a hash and a path"):
        made.bags_of(objects=objects).bag(SEPTEMBER)


@pytest.mark.parametrize(
    "unpacked", [b"", b"\n", b"{}\n", b"no end", b"\x00" * (1 << 21), b"{" * 9]
)
def test_lines_that_are_none_are_refused_and_never_a_crash(unpacked):
    objects = forged(
        spoilt(POST_LINES, lambda _: gzip.compress(unpacked + made.WRONG.encode(), mtime=0)),
        ARCHIVE_SIGNER,
    )

    with pytest.raises(UntrueBagError, match="post/part-00000"):
        september_in(objects)


def test_a_part_that_unpacks_without_end_is_read_no_further_than_a_line():
    bomb = gzip.compress(b" " * (1 << 26), mtime=0)

    with pytest.raises(UntrueBagError, match="A line of a part does not end"):
        september_in(forged(spoilt(POST_LINES, lambda _: bomb), ARCHIVE_SIGNER))


def test_a_folder_with_nothing_in_it_holds_no_month(tmp_path):
    with pytest.raises(NoMonthError, match="No sealed month here"):
        made.bags_in(tmp_path).between()


def test_links_pipes_and_endless_files_are_not_read(tmp_path, monkeypatch):
    archive = made.archive_in(tmp_path / "archive")
    secret = tmp_path / "secret"
    secret.write_text("not for you")
    shelf = FolderShelf(archive)
    (archive / "commit" / "2027-01.note").symlink_to(secret)
    os.mkfifo(archive / "commit" / "2027-02.note")
    (archive / "commit" / "2027-03.note").symlink_to(archive / "commit" / "2026-09.note")

    assert shelf.read("commit/2027-01.note") is None
    assert shelf.read("commit/2027-02.note") is None
    assert shelf.read("commit/2027-03.note") is None
    assert shelf.read("../secret") is None
    assert shelf.read("commit") is None
    assert shelf.read("a\x00b") is None
    monkeypatch.setattr("local.audit.folders.MOST_BYTES", 10)
    with pytest.raises(TooLargeError):
        shelf.read("commit/2026-09.note")


def test_files_besides_the_notes_are_no_months(tmp_path):
    archive = made.archive_in(tmp_path)
    for name in ("README", "2026-13.note", "2026-9.note", ".note"):
        (archive / "commit" / name).write_text("x")

    assert [str(each) for each in made.bags_in(archive).months] == ["2026-09", "2026-10"]


@pytest.mark.parametrize(
    "text", ["", "\n", "x", "a+b+c", f"{LOG_SIGNER.key}x", "\x00", "k\n" * 101]
)
def test_what_is_no_list_of_keys_is_refused(text):
    with pytest.raises(MalformedError):
        read_keys(text)


def test_keys_that_were_given_and_not_those_in_the_bag_open_it():
    stranger = Keys((LocalSigner(ORIGIN, b"s" * 32).key, ARCHIVE_SIGNER.key))

    with pytest.raises(UntrueBagError, match=r"checkpoint\.end: No signature is by a known key"):
        made.a_reading(keys=stranger)
    assert isinstance(made.bags_of(keys=None), Bags)
    assert read_keys(str(made.KEYS)) == made.KEYS
