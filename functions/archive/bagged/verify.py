#!/usr/bin/env python3
"""Says whether months of a police force's record log are whole, and names the first thing wrong.

    python3 -I verify.py month=2026-10                     one month, which is a bag (RFC 8493)
    python3 -I verify.py FOLDER                            every month in a folder, and between them
    python3 -I verify.py FOLDER --key force.vkey           by keys that somebody else gave you
    python3 -I verify.py FOLDER --seen checkpoint          and a checkpoint you have kept is in it

It needs Python 3.9 or newer and nothing else: no library, no network, nothing of the system that
made the bag. A bag brings a copy of it, which could have been changed together with the bag; use a
copy that you were given some other way, or compare its SHA-256. The same goes for the keys.

The answer is 0 if everything holds, 1 if something is wrong (one sentence says what, in which file,
at which line and leaf), 2 if it was called in a way it does not understand.

The order of the story is the order in which one thing proves the next. A checkpoint is signed; the
checkpoint's root proves the tiles; the tiles prove the entries; the entries prove the lines, and
each line's payload. So whatever is blamed is to blame. Beside this, the note of a month is signed,
and proves every byte of the bag: note, tag manifest, manifest, file. If both find something, what
is said is the one that can say where.

Nothing in a bag is believed before it is proved: every file may come from whoever would like it to
be accepted. What cannot be read is something wrong; it is never a crash.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import stat
import struct
import sys
import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
WIDTH, HEIGHT = 256, 8
"""Hashes of a full tile, and levels of the tree within it."""

PART = 65_536
"""Leaves whose lines are kept in one file for each entity."""

GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0"
"""Of gzip without a name, a time or anything else that could hide in a head."""

CHUNK = 1 << 17
"""Bytes that are read or unpacked at once, so that no file is ever in memory as a whole."""

MAX_LINE, MAX_SMALL, MAX_MANIFEST, MAX_BUNDLE = 1 << 22, 1 << 20, 1 << 25, WIDTH * (2 + 65_535)
"""Bytes beyond which a line and a file cannot be what they should be, and are not read."""

MAX_SHOWN, MAX_ALSO = 200, 5
PROGRESS = 8192
"""Leaves after which a terminal hears again how far it is."""

BAGIT, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LOG, RECORDS, COSIGNATURES = "data/log/", "data/records/", "data/cosignatures/"
START, END = LOG + "checkpoint.start", LOG + "checkpoint.end"
CONSISTENCY, KEYS = LOG + "consistency.json", LOG + "pubkeys.vkey"
COUNTS, RECONCILIATION = "data/counts.json", "data/reconciliation.json"
TIMESTAMP = "data/timestamp.tsr"
REQUIRED = ("data/README.txt", COUNTS, END, CONSISTENCY, KEYS, "data/verify.py")
BELONGS = re.compile(
    r"data/(?:README\.txt|verify\.py|counts\.json|reconciliation\.json|timestamp\.tsr"
    r"|schema/[a-z_]+\.schema\.json|cosignatures/[^/]+|records/[a-z_]+/part-[0-9]{5,}\.jsonl\.gz"
    r"|log/(?:checkpoint\.start|checkpoint\.end|consistency\.json|pubkeys\.vkey|tile/.+))"
)
PATH = re.compile(r"(?!\.\.?(?:/|$))[A-Za-z0-9._=-]+(?:/(?!\.\.?(?:/|$))[A-Za-z0-9._=-]+)*")
NAMED = re.compile(rb"([0-9a-f]{64})  ([!-~]+)\n")
MONTH = re.compile("20[0-9]{2}-(?:0[1-9]|1[0-2])")
NUMBER = re.compile("0|[1-9][0-9]{0,17}")
HASH = re.compile("[0-9a-f]{64}")
TYPE = re.compile(rb',"type":"([a-z][a-z_]{0,39})\.([a-z][a-z_]{0,59})","v":1}')


# ── what is said ──────────────────────────────────────────────────────────────────────────────────


class BagError(Exception):
    """Something is wrong: in which file, why, and where there are such, at which line and leaf."""

    def __init__(
        self, path: str, why: str, *, line: int | None = None, leaf: int | None = None
    ) -> None:
        self.path, self.why, self.line, self.leaf = shown(path), why, line, leaf
        self.also: list[str] = []
        places = [f"line {line}"] * (line is not None) + [f"leaf {leaf}"] * (leaf is not None)
        super().__init__(f"{', '.join([self.path, *places])}: {why}.")


class MalformedError(Exception):
    """These bytes are not what they should be, wherever they were read from; says why."""


class UseError(Exception):
    """It was called in a way it does not understand; says what to do instead."""


def shown(text: str) -> str:
    """What stands in a bag, fit to be printed: no control of a terminal, no letter that only looks
    like another, not more than a line."""
    plain = text.encode("ascii", "backslashreplace").decode()
    plain = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in plain)
    return plain if len(plain) <= MAX_SHOWN else plain[:MAX_SHOWN] + "..."


# ── Ed25519 (RFC 8032), as strictly as it can be checked ──────────────────────────────────────────

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
"""X, Y, Z and T with x = X/Z, y = Y/Z, xy = T/Z."""

NEUTRAL: Point = (0, 1, 1, 0)


def add(a: Point, b: Point) -> Point:
    """RFC 8032 §5.1.4, for any two points, equal ones too."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def is_same(a: Point, b: Point) -> bool:
    """Whether both are the same point."""
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(data: bytes) -> Point | None:
    """The point that 32 bytes spell, if they spell one in the one way it may be spelt."""
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x + u) % P == 0:
        x = x * ROOT_OF_MINUS_1 % P
    if (v * x * x - u) % P != 0 or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


def has_small_order(point: Point) -> bool:
    """Whether it is one of the eight points with which many signatures fit many texts."""
    for _ in range(3):
        point = add(point, point)
    return is_same(point, NEUTRAL)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or NEUTRAL


@lru_cache(maxsize=256)
def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of this key (32 bytes) made this signature (64) of this message. Keys and
    signatures that are spelt in a second way, or are of small order, are no keys and signatures."""
    if len(public) != HASH_BYTES or len(signature) != 2 * HASH_BYTES:
        return False
    key, nonce = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or s >= ORDER:
        return False
    if has_small_order(key) or has_small_order(nonce):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    # s·B = nonce + k·key, written as s·B + k·(−key) = nonce, so that one row of doublings does.
    minus = (P - key[0], key[1], 1, P - key[3])
    both, found = add(BASE, minus), NEUTRAL
    for place in reversed(range(253)):
        found = add(found, found)
        choice = (s >> place & 1) + 2 * (k >> place & 1)
        if choice:
            found = add(found, (BASE, minus, both)[choice - 1])
    return is_same(found, nonce)


# ── signed notes (C2SP signed-note), and the keys that sign them ──────────────────────────────────

ED25519, COSIGNATURE = 1, 4
"""Kinds of keys: of those who sign notes; of witnesses, who sign a checkpoint and the time."""

KEY_ID_BYTES = 4
MAX_SIGNATURES = 100
DASH = "\N{EM DASH} "


class Key(NamedTuple):
    """A public key (32 bytes) under its owner's name; `spelt` is the vkey it was read from."""

    name: str
    key_id: bytes
    kind: int
    public: bytes
    spelt: str


class Signature(NamedTuple):
    """One line below a note."""

    name: str
    key_id: bytes
    value: bytes


class Note(NamedTuple):
    """A text, ending in a newline, and the signatures below it, checked or not."""

    text: str
    signatures: tuple[Signature, ...]


def read_base64(text: str) -> bytes:
    """Standard base64 in its one canonical form; MalformedError."""
    try:
        raw = a2b_base64(text.encode("ascii"))
    except ValueError as error:
        raise MalformedError("it holds something that is not base64") from error
    if b2a_base64(raw, newline=False).decode() != text:
        raise MalformedError("its base64 is not in canonical form")
    return raw


def read_number(text: str) -> int:
    """A count in plain digits; MalformedError."""
    if not NUMBER.fullmatch(text):
        raise MalformedError("a number in it is not a plain one")
    return int(text)


def read_key(spelt: str) -> Key:
    """A vkey, `name+id+base64(kind, key)`; MalformedError."""
    name, _, rest = spelt.partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = read_base64(encoded)
    if len(raw) != 1 + HASH_BYTES or raw[0] not in (ED25519, COSIGNATURE):
        raise MalformedError("it is not a key, written name+id+key")
    found = sha256(name.encode("utf-8", "surrogatepass") + b"\n" + raw).digest()[:KEY_ID_BYTES]
    if not is_name(name) or found.hex() != key_id:
        raise MalformedError("the id of a key in it is not the one that this name and key have")
    return Key(name, found, raw[0], raw[1:], spelt)


def read_keys(data: bytes) -> tuple[Key, ...]:
    """One vkey a line; MalformedError."""
    try:
        lines = data.decode().split("\n")
    except ValueError as error:
        raise MalformedError("it is not UTF-8") from error
    if lines.pop() or not lines:
        raise MalformedError("it is not one key a line")
    return tuple(read_key(line) for line in lines)


def is_name(name: str) -> bool:
    """Whether a key can be called so."""
    return bool(name) and not any(
        each.isspace() or each < " " or each == "+" or "\ud800" <= each <= "\udfff" for each in name
    )


def read_note(data: bytes) -> Note:
    """A note taken apart, proving nothing; MalformedError unless it is written as notes are."""
    try:
        text, blank, block = data.decode().rpartition("\n\n")
    except ValueError as error:
        raise MalformedError("it is not UTF-8") from error
    if not blank or not block.endswith("\n"):
        raise MalformedError("it is no text with signatures below a blank line")
    if any(each < " " and each != "\n" for each in text):
        raise MalformedError("it holds a control character")
    lines = block[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise MalformedError(f"it has more than {MAX_SIGNATURES} signatures")
    return Note(text + "\n", tuple(_read_signature(line) for line in lines))


def _read_signature(line: str) -> Signature:
    name, space, encoded = line[len(DASH) :].partition(" ")
    if not line.startswith(DASH) or not space or not is_name(name):
        raise MalformedError("a signature line is not dash, name, signature")
    raw = read_base64(encoded)
    if len(raw) <= KEY_ID_BYTES:
        raise MalformedError("a signature in it is too short")
    return Signature(name, raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:])


def require_signed(note: Note, keys: Iterable[Key], whose: str) -> None:
    """MalformedError unless at least one of the keys signed the note, and none of them is said to
    have signed it that did not."""
    known = {(key.name, key.key_id): key for key in keys}
    carried = False
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        if not is_signed(key.public, note.text.encode(), line.value):
            raise MalformedError(f"the signature by {shown(key.name)} does not fit its text")
        carried = True
    if not carried:
        raise MalformedError(f"it is signed by no key of {whose} that is known here")


# ── what is signed: checkpoints, and notes of months ──────────────────────────────────────────────


class Cut(NamedTuple):
    """The log at one size; `root` has 32 bytes."""

    size: int
    root: bytes


class Checkpoint(NamedTuple):
    """What a log says of itself."""

    origin: str
    cut: Cut


class Sealed(NamedTuple):
    """What the note of a month says; `bag` and `previous` are SHA-256 in hexadecimal."""

    origin: str
    month: str
    bag: str
    start: Cut
    end: Cut
    previous: str


NOTHING = Cut(0, EMPTY_ROOT)


def read_checkpoint(text: str) -> Checkpoint:
    """A checkpoint (C2SP tlog-checkpoint), proving nothing; MalformedError."""
    try:
        origin, size, root, *rest = text.split("\n")
    except ValueError as error:
        raise MalformedError("it is not three full lines: a name, a size, a root") from error
    if not origin or not rest or rest[-1] or not all(rest[:-1]):
        raise MalformedError("a line in it is empty")
    return Checkpoint(origin, _read_cut(size, root))


def read_sealed(text: str) -> Sealed:
    """The note of a month, proving nothing; MalformedError."""
    names = ("month ", "bag ", "start ", "end ", "previous ")
    try:
        kind, origin, *lines, rest = text.split("\n")
        month, bag, start, end, previous = (
            line[len(name) :] for line, name in zip(lines, names) if line.startswith(name)
        )
    except ValueError as error:
        raise MalformedError("its lines are not the ones of a month's note") from error
    if kind != "bluelamp-month/v1" or len(lines) != len(names) or rest:
        raise MalformedError("its lines are not the ones of a month's note")
    if not MONTH.fullmatch(month) or not HASH.fullmatch(bag):
        raise MalformedError("it does not name a month and a bag")
    if previous != "none" and not HASH.fullmatch(previous):
        raise MalformedError("it does not name the bag of the month before, or none")
    cuts = [_read_cut(*line.partition(" ")[::2]) for line in (start, end)]
    return Sealed(origin, month, bag, cuts[0], cuts[1], previous)


def _read_cut(size: str, root: str) -> Cut:
    cut = Cut(read_number(size), read_base64(root))
    if len(cut.root) != HASH_BYTES or (cut.size == 0 and cut.root != EMPTY_ROOT):
        raise MalformedError("it does not say a size and the root that goes with it")
    return cut


def log_keys(keys: Iterable[Key], origin: str) -> list[Key]:
    """Those that may sign checkpoints of this log."""
    return [key for key in keys if key.kind == ED25519 and key.name == origin]


def archive_keys(keys: Iterable[Key], origin: str) -> list[Key]:
    """Those that may sign notes of months of this log: its force's, and not the log's own."""
    force = origin.partition("/")[0] + "/"
    signing = [key for key in keys if key.kind == ED25519 and key.name != origin]
    return [key for key in signing if key.name.startswith(force)]


# ── the tree (RFC 6962, RFC 9162), and its tiles (C2SP tlog-tiles) ────────────────────────────────


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 §2.1."""
    return sha256(b"\x01" + left + right).digest()


def subtree(hashes: bytes) -> bytes:
    """The root over a row of 2ⁿ hashes, concatenated."""
    while len(hashes) > HASH_BYTES:
        pairs = range(0, len(hashes), 2 * HASH_BYTES)
        hashes = b"".join([sha256(b"\x01" + hashes[at : at + 64]).digest() for at in pairs])
    return hashes


def root_of(edge: Iterable[bytes]) -> bytes:
    """The root of a log, from the hashes in the unfinished tile of each level, the lowest first:
    folded from right to left, as the smallest complete subtrees stand last."""
    found = b""
    for row in edge:
        count = len(row) // HASH_BYTES
        while count:
            before = count & (count - 1)
            whole = subtree(row[before * HASH_BYTES : count * HASH_BYTES])
            found = node_hash(whole, found) if found else whole
            count = before
    return found or EMPTY_ROOT


def is_grown(old: Cut, new: Cut, proof: list[bytes]) -> bool:
    """RFC 9162 §2.1.4.2: whether the proof shows the old tree to be the beginning of the new."""
    if old.size in (0, new.size):
        return not proof and old.root == (EMPTY_ROOT if old.size == 0 else new.root)
    path = [old.root, *proof] if old.size & (old.size - 1) == 0 else proof
    if not path:
        return False
    place, last = old.size - 1, new.size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    found_old = found_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            found_old, found_new = node_hash(sibling, found_old), node_hash(sibling, found_new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found_new = node_hash(found_new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and (found_old, found_new) == (old.root, new.root)


@dataclass(frozen=True)
class Tile:
    """The hashes of one tile, `width` of them."""

    level: int
    index: int
    width: int

    @property
    def path(self) -> str:
        """Where it lies in a bag."""
        return f"{LOG}tile/{self.level}/{self._place}"

    @property
    def entries_path(self) -> str:
        """Where the bundle of the entries below it lies, if it is of level 0."""
        return f"{LOG}tile/entries/{self._place}"

    @property
    def _place(self) -> str:
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        name = "/".join([*("x" + group for group in groups[:-1]), groups[-1]])
        return name if self.width == WIDTH else f"{name}.p/{self.width}"


def tile_at(size: int, level: int, index: int) -> Tile:
    """That tile as it is in a log of so many leaves."""
    return Tile(level, index, min(WIDTH, (size >> HEIGHT * level) - index * WIDTH))


def tiles_of(start: int, end: int) -> Iterator[Tile]:
    """The tiles of the leaves from `start` to before `end`, the lowest level first."""
    level = 0
    while count := end >> HEIGHT * level:
        for index in range((start >> HEIGHT * level) // WIDTH, -(-count // WIDTH)):
            yield tile_at(end, level, index)
        level += 1


# ── the files of a bag (RFC 8493) ─────────────────────────────────────────────────────────────────


class Bag:
    """A folder that should be a month's bag. Only what a walk through it has found is ever opened,
    so no path that is written in it leads anywhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.resolve().name
        self.files = self._walk()
        self.differs: dict[str, BagError] = {}
        """Files that are not the ones that a manifest names: what to say of each."""

    def wrong(
        self, path: str, why: str, *, line: int | None = None, leaf: int | None = None
    ) -> BagError:
        """Something is wrong with that file of the bag."""
        return BagError(f"{self.name}/{path}", why, line=line, leaf=leaf)

    def read(self, path: str, most: int = MAX_SMALL) -> bytes:
        """A file that is not larger than such a file can be."""
        if path not in self.files:
            raise self.wrong(path, "it is missing")
        size = self.files[path]
        if size > most:
            raise self.wrong(path, "it is larger than such a file can be")
        with (self.folder / path).open("rb") as file:
            data = file.read(size + 1)
        if len(data) != size:
            raise self.wrong(path, "it changes while it is read")
        return data

    def digest(self, path: str) -> str:
        """The SHA-256 of a file of any size."""
        found = sha256()
        with (self.folder / path).open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
        return found.hexdigest()

    def below(self, prefix: str) -> list[str]:
        """The files below a folder, in the order of their names."""
        return sorted(path for path in self.files if path.startswith(prefix))

    def _walk(self) -> dict[str, int]:
        found: dict[str, int] = {}
        seen: dict[str, str] = {}
        waiting = [(self.folder, "")]
        while waiting:
            folder, prefix = waiting.pop()
            for entry in sorted(folder.iterdir()):
                path, status = prefix + entry.name, entry.lstat()
                twin = seen.setdefault(path.lower(), path)
                if not PATH.fullmatch(path):
                    raise self.wrong(path, "nothing in a bag has such a name")
                if twin != path:
                    raise self.wrong(path, f"only capitals tell it from {shown(twin)}")
                if stat.S_ISDIR(status.st_mode):
                    waiting.append((entry, path + "/"))
                elif stat.S_ISREG(status.st_mode):
                    found[path] = status.st_size
                else:
                    raise self.wrong(path, "it is a link or a device, and a bag holds files only")
        return found


def check_files(bag: Bag) -> str:
    """Every file is named by a manifest and every name has its file. What differs from its hash is
    written down in the bag: whether that is all that can be said is seen later. The bag's hash."""
    for path in (BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST):
        if path not in bag.files:
            raise bag.wrong(path, "it is missing, and without it this is no bag")
    tags = _read_manifest(bag, TAG_MANIFEST)
    if list(tags) != [BAG_INFO, BAGIT, MANIFEST]:
        raise bag.wrong(TAG_MANIFEST, "it does not name bag-info.txt, bagit.txt and the manifest")
    # If the manifest itself was changed, it is not the files that are to blame.
    is_true = bag.digest(MANIFEST) == tags[MANIFEST]
    named = _read_manifest(bag, MANIFEST, is_true=is_true)
    _require_paths(bag, named, {TAG_MANIFEST, *tags}, is_true=is_true)
    for manifest, hashes in ((TAG_MANIFEST, tags), (MANIFEST, named)):
        for path, expected in hashes.items():
            found = bag.digest(path)
            if found != expected:
                why = f"it is not the file that {manifest} names: its SHA-256 is {found}"
                bag.differs[path] = bag.wrong(path, why)
    if bag.read(BAGIT) != DECLARATION:
        raise bag.wrong(BAGIT, "it does not declare a bag of BagIt 1.0 in UTF-8")
    return bag.digest(TAG_MANIFEST)


def _require_paths(bag: Bag, named: Iterable[str], tags: set[str], *, is_true: bool) -> None:
    for path in sorted(bag.files):
        if path not in named and path not in tags:
            if path.startswith("data/") and not is_true:
                raise bag.wrong(MANIFEST, f"it does not name {path}, which is there")
            raise bag.wrong(path, f"it is there, and {MANIFEST} does not name it")
    for path in named:
        if not BELONGS.fullmatch(path):
            raise bag.wrong(path, "no such file belongs in a month's bag")
    for path in REQUIRED:
        if path not in named:
            raise bag.wrong(path, "it is missing")


def _read_manifest(bag: Bag, name: str, *, is_true: bool = False) -> dict[str, str]:
    """Hashes by path, in the order of the paths. Of a path that leads to nothing the manifest is to
    blame, unless it is known to be the true one."""
    hashes: dict[str, str] = {}
    before = ""
    # One line after the other: however many there are, the first that names no file ends it.
    for number, line in enumerate(BytesIO(bag.read(name, MAX_MANIFEST)), 1):
        match = NAMED.fullmatch(line)
        if match is None:
            raise bag.wrong(name, "it is no line of a manifest", line=number)
        path = match[2].decode()
        if not PATH.fullmatch(path) or path.startswith("data/") != (name == MANIFEST):
            why = f"“{shown(path)}” is no path that it could name"
            raise bag.wrong(name, why, line=number)
        if path <= before:
            raise bag.wrong(name, "its paths are not in order, or one is there twice", line=number)
        if path not in bag.files:
            if not is_true:
                raise bag.wrong(name, f"it names {path}, which is not there", line=number)
            raise bag.wrong(path, f"it is missing; {name} names it in line {number}")
        hashes[path], before = match[1].decode(), path
    return hashes


def read_info(bag: Bag) -> dict[str, str]:
    """What the bag says of itself, each thing once."""
    try:
        lines = bag.read(BAG_INFO).decode().split("\n")
    except ValueError as error:
        raise bag.wrong(BAG_INFO, "it is not UTF-8") from error
    said: dict[str, str] = {}
    for number, line in enumerate(lines[:-1], 1):
        name, colon, value = line.partition(": ")
        if not colon or name in said:
            raise bag.wrong(BAG_INFO, "it is not a name and a value, each name once", line=number)
        said[name] = value
    if lines[-1] or not MONTH.fullmatch(said.get("Bluelamp-Month", "")):
        raise bag.wrong(BAG_INFO, "it does not say whose month this is")
    return said


def check_info(bag: Bag, origin: str, previous: str | None) -> None:
    """What the bag says of itself is so; `previous` as its note says it, None without a note."""
    said = read_info(bag)
    month = said["Bluelamp-Month"]
    payload = bag.below("data/")
    expected = {
        "Source-Organization": origin.partition("/")[0],
        "External-Identifier": f"{origin}/{month}",
        "Bagging-Date": f"{month_after(month)}-01",
        "Payload-Oxum": f"{sum(bag.files[path] for path in payload)}.{len(payload)}",
        "Bluelamp-Month": month,
        "Bluelamp-Origin": origin,
        "Bluelamp-Previous": previous or said.get("Bluelamp-Previous", ""),
    }
    for name, value in expected.items():
        if said.get(name) != value:
            found = shown(said.get(name, "nothing"))
            raise bag.wrong(BAG_INFO, f"it says {found} as {name}, and it is {shown(value)}")


# ── the log within a bag ──────────────────────────────────────────────────────────────────────────


def check_checkpoint(bag: Bag, path: str, keys: Iterable[Key]) -> Checkpoint:
    """A checkpoint that a key of its log has signed."""
    try:
        note = read_note(bag.read(path))
        checkpoint = read_checkpoint(note.text)
        require_signed(note, log_keys(keys, checkpoint.origin), f"“{shown(checkpoint.origin)}”")
    except MalformedError as error:
        raise bag.wrong(path, str(error)) from error
    return checkpoint


def read_tile(bag: Bag, tile: Tile) -> bytes:
    """The hashes of a tile, concatenated."""
    data = bag.read(tile.path)
    if len(data) != tile.width * HASH_BYTES:
        raise bag.wrong(tile.path, f"it does not hold {tile.width} hashes")
    return data


def edge_at(bag: Bag, size: int, end: int) -> Iterator[bytes]:
    """The hashes in the unfinished tile of each level of the log at `size`, from a bag that reaches
    to `end`: tiles may have grown since."""
    level = 0
    while count := size >> HEIGHT * level:
        index, width = divmod(count, WIDTH)
        row = read_tile(bag, tile_at(end, level, index)) if width else b""
        yield row[: width * HASH_BYTES]
        level += 1


def check_tiles(bag: Bag, start: Cut, end: Cut) -> None:
    """The tiles are the ones of the log at its signed end, and the signed start is its beginning.
    From the top down, so that whatever a tile is held against was proved before it."""
    tiles = _required_tiles(bag, start.size, end.size)
    if root_of(edge_at(bag, end.size, end.size)) != end.root:
        why = f"the tiles do not lead to the root that was signed for {end.size} leaves"
        raise bag.wrong(END, why)
    above, row = None, b""
    for tile in sorted(tiles, key=lambda each: -each.level):
        if tile.width < WIDTH:
            continue  # the root has proved it
        parent = tile_at(end.size, tile.level + 1, tile.index // WIDTH)
        if parent != above:
            above, row = parent, read_tile(bag, parent)
        at = tile.index % WIDTH * HASH_BYTES
        if subtree(read_tile(bag, tile)) != row[at : at + HASH_BYTES]:
            raise bag.wrong(tile.path, f"its hashes do not lead to their place in {parent.path}")
    if root_of(edge_at(bag, start.size, end.size)) != start.root:
        why = f"the first {start.size} leaves of the log have another root than it says"
        raise bag.wrong(START, why)


def _required_tiles(bag: Bag, start: int, end: int) -> list[Tile]:
    """The tiles of a month, which are all there, with the entries below them, and nothing else."""
    tiles: list[Tile] = []
    paths = set()
    # A size that a forger made up may be any number: the first tile that is missing ends this.
    for tile in tiles_of(start, end):
        tiles.append(tile)
        has_entries = tile.level == 0 and start < end
        for path in (tile.path, *[tile.entries_path] * has_entries):
            if path not in bag.files:
                raise bag.wrong(path, f"it is missing, and a log of {end} leaves has it")
            paths.add(path)
    for path in bag.below(LOG + "tile/"):
        if path not in paths:
            raise bag.wrong(path, "a month of these leaves has no such tile")
    return tiles


def check_consistency(bag: Bag, start: Cut, end: Cut) -> None:
    """The proof that goes along, for whoever has the two checkpoints and nothing else."""
    said = read_json(bag, CONSISTENCY)
    if said.keys() != {"end", "proof", "start"}:
        raise bag.wrong(CONSISTENCY, "it does not say start, end and proof, and nothing else")
    if canonical([said["start"], said["end"]]) != canonical([start.size, end.size]):
        why = f"it is not about the growth from {start.size} to {end.size} leaves"
        raise bag.wrong(CONSISTENCY, why)
    proof = said["proof"]
    if not isinstance(proof, list) or not all(isinstance(each, str) for each in proof):
        raise bag.wrong(CONSISTENCY, "its proof is not a list of hashes")
    try:
        hashes = [read_base64(each) for each in proof]
    except MalformedError as error:
        raise bag.wrong(CONSISTENCY, str(error)) from error
    if any(len(each) != HASH_BYTES for each in hashes) or not is_grown(start, end, hashes):
        raise bag.wrong(CONSISTENCY, "its proof does not lead from the start to the end")


def entries_of(bag: Bag, start: int, end: int) -> Iterator[bytes]:
    """The entries from `start` to before `end`, each held against the hash in its tile."""
    for index in range(start // WIDTH, -(-end // WIDTH) if start < end else 0):
        tile = tile_at(end, 0, index)
        entries, row = _split(bag, tile.entries_path), read_tile(bag, tile)
        found = b"".join([sha256(b"\0" + entry).digest() for entry in entries])
        first = index * WIDTH
        if found != row:
            pairs = enumerate(zip(_hashes(found), _hashes(row)), first)
            leaf = next((place for place, (a, b) in pairs if a != b), None)
            why = f"an entry in it is not the one that was logged, or there are not {tile.width}"
            raise bag.wrong(tile.entries_path, why, leaf=leaf)
        yield from entries[max(start - first, 0) : end - first]


def _split(bag: Bag, path: str) -> list[bytes]:
    data, at = bag.read(path, MAX_BUNDLE), 0
    entries: list[bytes] = []
    while at < len(data) and len(entries) <= WIDTH:
        begin = at + 2
        at = begin + int.from_bytes(data[at:begin], "big")
        entries.append(data[begin:at])
    if at > len(data):
        raise bag.wrong(path, "it ends in the middle of an entry")
    return entries


def _hashes(row: bytes) -> list[bytes]:
    return [row[at : at + HASH_BYTES] for at in range(0, len(row), HASH_BYTES)]


# ── the lines of a month's records ────────────────────────────────────────────────────────────────

INDEX, PAYLOAD = b',"leaf_index":', b',"payload":'
SEALED = "sealed"
NO_SALT, SALT = b',"salt":null}', b',"salt":"'
ENDING = len(SALT) + 44 + len(b'"}')
"""Characters from the seam before a salt to the end of the line."""

REGISTRY = {"account", "accounts", "credential", "person", "server"}
FOLLOWERS = {"review", "follower"}
KEPT, LET_GO = "disposal.refused", {"disposal.approved", "disposal.begun"}


class Disposal(NamedTuple):
    """What two people decided about a sealed month: by which leaf, and whether it may go. `months`
    are month and bag of this one and of all that went before it."""

    disposal_id: str
    months: tuple[tuple[str, str], ...]
    leaf: int
    is_let_go: bool


@dataclass
class Tally:
    """How many leaves of one type there are, and in which folder their lines stand."""

    type: str
    entity: str
    leaves: int = 0


class File:
    """One file of lines, read once from its beginning to its end; `lines` are without their
    newlines, `number` is the line that was taken last."""

    def __init__(self, bag: Bag, entity: str, part: int) -> None:
        self.bag = bag
        self.path = f"{RECORDS}{entity}/part-{part:05}.jsonl.gz"
        self.number = 0
        self.lines = self._read() if self.path in bag.files else iter(())

    def wrong(self, why: str, leaf: int | None = None) -> BagError:
        """Something is wrong with the line that was taken last."""
        return self.bag.wrong(self.path, why, line=self.number, leaf=leaf)

    def _read(self) -> Iterator[bytes]:
        rest = b""
        for piece in self._unpack():
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
            if len(rest) > MAX_LINE:
                raise self.wrong("it is longer than a line can be")
        if rest:
            raise self.wrong("the last line does not end")

    def _unpack(self) -> Iterator[bytes]:
        """One gzip member without name, time or anything else in its head, and nothing behind it;
        never much of it at once, however much it claims to hold."""
        unpacker, crc, size = zlib.decompressobj(-15), 0, 0
        with (self.bag.folder / self.path).open("rb") as file:
            if file.read(10)[:8] != GZIP_HEAD:
                raise self.bag.wrong(self.path, "it is not gzip, written as parts are")
            while not unpacker.eof:
                packed = unpacker.unconsumed_tail or file.read(CHUNK)
                before = unpacker.copy()
                try:
                    piece = unpacker.decompress(packed, CHUNK)
                except zlib.error as error:
                    yield _unpacked_so_far(before, packed)
                    raise self.wrong("it cannot be unpacked any further") from error
                if not piece and not packed:
                    raise self.wrong("the file ends here, in the middle")
                crc, size = zlib.crc32(piece, crc), size + len(piece)
                yield piece
            rest = unpacker.unused_data + file.read(CHUNK)
        ending = struct.pack("<II", crc, size & 0xFFFFFFFF)
        if not rest.startswith(ending):
            raise self.bag.wrong(self.path, "what it holds has not the sum that stands at its end")
        if rest != ending:
            raise self.bag.wrong(self.path, "something stands behind its end")


def _unpacked_so_far(unpacker: Any, packed: bytes) -> bytes:
    """What can be had of a piece that cannot be unpacked whole, so that a line can be named."""
    found = b""
    for at in range(len(packed)):
        try:
            found += unpacker.decompress(packed[at : at + 1], CHUNK)
        except zlib.error:
            break
        if len(found) > CHUNK:
            break
    return found


class Records:
    """The lines of a month, held against the entries of its log as these come along."""

    def __init__(self, bag: Bag) -> None:
        self.bag = bag
        self.erased = 0
        self.used: set[str] = set()
        self.disposals: list[Disposal] = []
        self._tallies: dict[bytes, Tally] = {}

    @property
    def tallies(self) -> list[Tally]:
        """What was counted, by type."""
        return list(self._tallies.values())

    def check_part(self, part: int, entries: Iterable[tuple[int, bytes]]) -> None:
        """The files of one part hold the lines of these leaves, in their order, and no other. The
        line of a leaf is known to the byte up to its payload, so nothing is parsed."""
        files: dict[str, File] = {}
        for leaf, entry in entries:
            ending = entry[entry.rfind(b',"type":"') :]
            tally = self._tallies.get(ending) or self._tally(ending, leaf)
            tally.leaves += 1
            file = files.get(tally.entity) or self._open(files, tally.entity, part)
            file.number += 1
            line = next(file.lines, None)
            head = b'{"envelope":%b,"leaf_index":%d,"payload":' % (entry, leaf)
            if line is None or not line.startswith(head):
                raise _misplaced(file, line, leaf, entry)
            salt = _salt_of(file, line, leaf)
            if salt is None:
                self.erased += 1
                _check_erased(file, line[len(head) : -len(NO_SALT)], leaf)
                continue
            found = sha256(salt + line[len(head) : -ENDING]).hexdigest()
            if b',"payload_sha256":"%b",' % found.encode() not in entry:
                raise file.wrong("its payload is not the one that its envelope commits to", leaf)
            if tally.type == KEPT or tally.type in LET_GO:
                payload = line[len(head) : -ENDING]
                self.disposals.append(_disposal(file, payload, leaf, tally.type))
        for file in files.values():
            file.number += 1
            if next(file.lines, None) is not None:
                raise file.wrong("it is a line too many: no leaf of its part is left")

    def check_rest(self) -> None:
        """No file of records is there that no leaf has asked for."""
        for path in self.bag.below(RECORDS):
            if path not in self.used:
                raise self.bag.wrong(path, "no leaf of the month belongs in it")

    def _open(self, files: dict[str, File], entity: str, part: int) -> File:
        files[entity] = File(self.bag, entity, part)
        self.used.add(files[entity].path)
        return files[entity]

    def _tally(self, ending: bytes, leaf: int) -> Tally:
        match = TYPE.fullmatch(ending)
        if match is None:
            raise self.bag.wrong(LOG + "tile/entries", "its envelope is none of ours", leaf=leaf)
        noun = match[1].decode()
        entity = "registry" if noun in REGISTRY else "followers" if noun in FOLLOWERS else noun
        tally = self._tallies[ending] = Tally(f"{noun}.{match[2].decode()}", entity)
        return tally


def _disposal(file: File, payload: bytes, leaf: int, type_of: str) -> Disposal:
    """What was decided about a sealed month."""
    try:
        said = parse_json(payload)
    except MalformedError as error:
        raise file.wrong(f"its payload cannot be read: {error}", leaf) from error
    named = [said, *said["gone"]] if isinstance(said.get("gone"), list) else [said]
    try:
        months = tuple((str(each["month"]), str(each["bag"])) for each in named)
        return Disposal(str(said["disposal_id"]), months, leaf, type_of in LET_GO)
    except (KeyError, TypeError) as error:
        raise file.wrong("it does not say which month it is about", leaf) from error


def _salt_of(file: File, line: bytes, leaf: int) -> bytes | None:
    """The 32 bytes at the end of a line; None where they were erased."""
    if line.endswith(NO_SALT):
        return None
    spelt = line[-46:-2]
    try:
        salt = a2b_base64(spelt)
    except ValueError:
        salt = b""
    is_spelt = len(salt) == HASH_BYTES and b2a_base64(salt, newline=False) == spelt
    if not is_spelt or line[-2:] != b'"}' or line[-ENDING:-46] != SALT:
        raise file.wrong("it does not end in a salt of 32 bytes, in base64", leaf)
    return salt


def _check_erased(file: File, payload: bytes, leaf: int) -> None:
    """A payload whose salt is gone is one from which something sealed was erased. Nobody can say
    any more that it was committed to; that it is one JSON object and nothing else can be seen."""
    try:
        said = parse_json(payload)
    except MalformedError as error:
        raise file.wrong(f"its payload cannot be read: {error}", leaf) from error
    if SEALED not in said:
        raise file.wrong("its salt is gone, and nothing was sealed in it that was erased", leaf)


def _misplaced(file: File, line: bytes | None, leaf: int, entry: bytes) -> BagError:
    """Why this is not the line of this leaf."""
    if file.path not in file.bag.files:
        return file.bag.wrong(file.path, "it is missing, and this leaf belongs in it", leaf=leaf)
    if line is None:
        return file.wrong("the file has no more lines, and this leaf is missing", leaf)
    middle = line.find(INDEX)
    behind = line.find(PAYLOAD, middle)
    place = shown(line[middle + len(INDEX) : behind].decode("ascii", "backslashreplace"))
    if not line.startswith(b'{"envelope":') or middle < 0 or behind < 0:
        return file.wrong("it is not written as the lines of a month are", leaf)
    if not NUMBER.fullmatch(place):
        return file.wrong("its leaf_index is not a plain number", leaf)
    if line[len(b'{"envelope":') : middle] == entry:
        return file.wrong(f"it says that it is leaf {place}, and it is not", leaf)
    if int(place) != leaf:
        return file.wrong(f"leaf {place} stands here, where this leaf should", leaf)
    return file.wrong("its envelope is not the one that was logged", leaf)


def check_lines(bag: Bag, start: int, end: int, watch: Watch) -> Records:
    """Every leaf of the month has its line in its place, and its payload is what was committed."""
    records = Records(bag)
    entries = watch.passing(enumerate(entries_of(bag, start, end), start), end)
    for part, _ in enumerate(range(start, end, PART)):
        records.check_part(part, islice(entries, PART))
    records.check_rest()
    return records


# ── what else a month says: JSON, counts, and what others have said of it ─────────────────────────

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MAX_EXACT, MAX_DIGITS, MAX_DEPTH = 2**53 - 1, 17, 64


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS or abs(int(digits)) > MAX_EXACT:
        raise ValueError(digits)
    return int(digits)


def _refused(text: str) -> None:
    raise ValueError(text)


def _ordered(value: Any, depth: int = MAX_DEPTH) -> Any:
    if depth == 0:
        raise ValueError(value)
    if isinstance(value, list):
        return [_ordered(each, depth - 1) for each in value]
    if isinstance(value, dict):
        # RFC 8785 §3.2.3 orders by UTF-16 code units.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _ordered(value[key], depth - 1) for key in keys}
    return value


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785) of whole numbers, texts, lists and objects."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def parse_json(data: bytes) -> dict[str, Any]:
    """An object in its canonical form, so no name stands in it twice; MalformedError."""
    try:
        said = json.loads(
            data.decode(), parse_int=_whole, parse_float=_refused, parse_constant=_refused
        )
        if isinstance(said, dict) and canonical(said) == data:
            return said
    except (ValueError, RecursionError):
        pass
    raise MalformedError("it is not a JSON object in its canonical form")


def read_json(bag: Bag, path: str) -> dict[str, Any]:
    """A JSON file of a bag."""
    try:
        return parse_json(bag.read(path))
    except MalformedError as error:
        raise bag.wrong(path, str(error)) from error


def check_counts(bag: Bag, month: str, records: Records) -> None:
    """The numbers of the month are those that were counted."""
    entities: dict[str, Any] = {}
    for tally in records.tallies:
        mine = f"{RECORDS}{tally.entity}/"
        parts = sum(path.startswith(mine) for path in records.used)
        held = entities.setdefault(tally.entity, {"leaves": 0, "parts": parts})
        held["leaves"] += tally.leaves
    types = {tally.type: tally.leaves for tally in records.tallies}
    leaves = sum(types.values())
    counted = {"entities": entities, "erased": records.erased, "leaves": leaves}
    expected = {**counted, "month": month, "types": types}
    said = read_json(bag, COUNTS)
    if canonical(said) != canonical(expected):
        raise bag.wrong(COUNTS, _difference(said, expected, "it"))


def _difference(said: Any, expected: Any, name: str) -> str:
    if isinstance(said, dict) and isinstance(expected, dict):
        for key in sorted({*said, *expected}):
            a, b = said.get(key), expected.get(key)
            if canonical(a) != canonical(b):
                return _difference(a, b, f"{name}, {shown(key)}," if name != "it" else shown(key))
    found, counted = (shown(canonical(each).decode()) for each in (said, expected))
    return f"{name} is {found} by what it says, and {counted} by what was counted"


def check_reconciliation(bag: Bag, month: str, leaves: int) -> str:
    """What the log's comparison with the tables says of this month; the sentence to pass on."""
    if RECONCILIATION not in bag.files:
        return "The bag does not say whether the log was compared with the tables."
    said = read_json(bag, RECONCILIATION)
    if said.get("month") != month or said.get("source") not in ("none", "export"):
        raise bag.wrong(RECONCILIATION, f"it is not about {month}, or does not say how it was made")
    if said["source"] == "none":
        if said.keys() != {"month", "source", "why"}:
            raise bag.wrong(RECONCILIATION, "it does not say why nothing was compared")
        return f"The log was not compared with the tables: {shown(str(said['why']))}."
    lost, strangers = (said.get(name) for name in ("only_in_log", "only_in_table"))
    counted = all(type(said.get(name)) is int for name in ("rows", "only_in_table_count"))
    listed = isinstance(lost, list) and isinstance(strangers, list)
    if not counted or not listed or said.keys() != COMPARED:
        raise bag.wrong(RECONCILIATION, "it does not tell what the comparison found")
    if canonical(said["leaves"]) != canonical(leaves):
        raise bag.wrong(RECONCILIATION, f"it is not about the {leaves} leaves of the month")
    if not lost and not strangers:
        return f"The tables held the same acts as the log on {shown(str(said['exported_at']))}."
    return (
        f"The tables did not hold the same acts as the log: {shown(str(leaves - said['rows']))} "
        f"leaves had no row, and {shown(str(said['only_in_table_count']))} rows no leaf "
        f"({RECONCILIATION} names the first of them)."
    )


COMPARED = {
    "exported_at",
    "leaves",
    "month",
    "only_in_log",
    "only_in_table",
    "only_in_table_count",
    "rows",
    "source",
}

SEQUENCE, INTEGER, OCTETS, NAME, TIME, FIRST = 0x30, 0x02, 0x04, 0x06, 0x18, 0xA0
LONG, LONG_TAG = 0x80, 0x1F
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TIME_STAMP_INFO = bytes.fromhex("2a864886f70d0109100104")
ALGORITHMS = {
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}


class Der(NamedTuple):
    """Values in a row, as DER (X.690) spells them: what each is, and what is in it."""

    values: tuple[tuple[int, bytes], ...]

    def within(self, place: int, tag: int) -> Der:
        """The values that the one in that place is made of."""
        return read_der(self.value(place, tag))

    def value(self, place: int, tag: int) -> bytes:
        """What is in the one in that place."""
        if place >= len(self.values) or self.values[place][0] != tag:
            raise MalformedError("it is no answer of a timestamp authority (RFC 3161)")
        return self.values[place][1]


def read_der(data: bytes) -> Der:
    """Values in a row; MalformedError."""
    values, at = [], 0
    while at < len(data):
        tag, length, begin = data[at], int.from_bytes(data[at + 1 : at + 2], "big"), at + 2
        is_open = length == LONG
        if length & LONG:
            begin += length & ~LONG
            length = int.from_bytes(data[at + 2 : begin], "big")
        at = begin + length
        if is_open or at > len(data) or tag & LONG_TAG == LONG_TAG:
            raise MalformedError("it is not DER")
        values.append((tag, data[begin:at]))
    return Der(tuple(values))


def check_timestamp(bag: Bag) -> str:
    """An authority's timestamp is one of the checkpoint at the end; the sentence to pass on. Whose
    certificate it leads to cannot be seen without knowing whom to trust, and is not looked at."""
    if TIMESTAMP not in bag.files:
        return "Nobody outside has given it a timestamp."
    try:
        answer = read_der(bag.read(TIMESTAMP)).within(0, SEQUENCE)
        content = answer.within(1, SEQUENCE)
        held = content.within(1, FIRST).within(0, SEQUENCE).within(2, SEQUENCE)
        info = held.within(1, FIRST).within(0, OCTETS).within(0, SEQUENCE)
        kinds = (content.value(0, NAME), held.value(0, NAME))
        status = answer.within(0, SEQUENCE).value(0, INTEGER)
        imprint, moment = info.within(2, SEQUENCE), info.value(4, TIME).decode("ascii", "replace")
        algorithm = ALGORITHMS.get(imprint.within(0, SEQUENCE).value(0, NAME), "")
        found = imprint.value(1, OCTETS)
    except MalformedError as error:
        raise bag.wrong(TIMESTAMP, str(error)) from error
    at = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9.]{2,9})Z", moment)
    if kinds != (SIGNED_DATA, TIME_STAMP_INFO) or status not in (b"\0", b"\1") or at is None:
        raise bag.wrong(TIMESTAMP, "it is no timestamp that an authority granted (RFC 3161)")
    if not algorithm or hashlib.new(algorithm, bag.read(END)).digest() != found:
        raise bag.wrong(TIMESTAMP, f"it is a timestamp of something else than {END}")
    when = "{}-{}-{} {}:{}:{} UTC".format(*at.groups())
    return f"{TIMESTAMP} says that its end stood at {when}; who says so was not looked at."


def check_cosignature(bag: Bag, path: str, keys: Iterable[Key], month: Month) -> str:
    """A witness's signature is under a checkpoint of this log; the sentence to pass on."""
    try:
        note = read_note(bag.read(path))
        checkpoint = read_checkpoint(note.text)
    except MalformedError as error:
        raise bag.wrong(path, str(error)) from error
    size = checkpoint.cut.size
    if checkpoint.origin != month.origin or size > month.end.size:
        raise bag.wrong(path, "it is not about this log, or not about this month of it")
    is_held = size >= month.start.size
    if is_held and root_of(edge_at(bag, size, month.end.size)) != checkpoint.cut.root:
        raise bag.wrong(path, f"the first {size} leaves of the log have another root than it says")
    known = {(key.name, key.key_id): key for key in keys}
    said = []
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is None:
            said.append(f"{shown(line.name)}, whose key is not known here")
            continue
        text, value = note.text, line.value
        if key.kind == COSIGNATURE:
            seconds, value = int.from_bytes(value[:8], "big"), value[8:]
            text = f"cosignature/v1\ntime {seconds}\n{text}"
            said.append(f"{shown(line.name)}, checked, on {_moment(seconds)}")
        if not is_signed(key.public, text.encode(), value):
            raise bag.wrong(path, f"the signature by {shown(line.name)} does not fit its text")
    older = "" if is_held else " (before the month, so its root was not compared)"
    return f"{path} is signed at {size} leaves{older} by {'; '.join(said) or 'the log alone'}."


def _moment(seconds: int) -> str:
    try:
        return f"{EPOCH + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S} UTC"
    except OverflowError:
        return f"second {seconds} of Unix time"


# ── one month, and one month after another ────────────────────────────────────────────────────────


class Month(NamedTuple):
    """A month that holds: `bag` and `previous` as its note says them, `keys` what its bag brought,
    `remarks` what whoever asked should know and nothing here can decide, `disposals` what it says
    of other months. Of one that was disposed of only its note is left, and `let_go` is the leaf."""

    month: str
    origin: str
    start: Cut
    end: Cut
    erased: int
    bag: str
    previous: str
    keys: tuple[Key, ...]
    remarks: tuple[str, ...]
    disposals: tuple[Disposal, ...] = ()
    let_go: int | None = None


def open_seal(bag: Bag, commit: Path, keys: Iterable[Key]) -> Sealed:
    """What the signed note of this month says, of this bag or another."""
    return open_note(read_info(bag)["Bluelamp-Month"], commit, keys)


def open_note(month: str, commit: Path, keys: Iterable[Key]) -> Sealed:
    """What the signed note of a month says."""
    path = note_path(commit, month)
    try:
        note = read_note(_read_beside(commit / f"{month}.note", path))
        sealed = read_sealed(note.text)
        require_signed(note, archive_keys(keys, sealed.origin), "the archive")
    except MalformedError as error:
        raise BagError(path, str(error)) from error
    if sealed.month != month:
        raise BagError(path, f"it is the note of {sealed.month}")
    return sealed


def note_path(commit: Path, month: str) -> str:
    """How the note of a month is called where something is said of it."""
    return f"{commit.resolve().name}/{month}.note"


def _read_beside(file: Path, path: str) -> bytes:
    try:
        is_file = stat.S_ISREG(file.lstat().st_mode)
    except FileNotFoundError as error:
        raise BagError(path, "it is missing, and without it the month is not sealed") from error
    if not is_file:
        raise BagError(path, "it is no file")
    with file.open("rb") as opened:
        data = opened.read(MAX_SMALL + 1)
    if len(data) > MAX_SMALL:
        raise BagError(path, "it is larger than a note can be")
    return data


def check_bag(
    bag: Bag, commit: Path, given: tuple[Key, ...], before: Month | None, watch: Watch
) -> Month:
    """One month holds, whatever was before it; BagError says what does not.

    Of two things that are wrong the one within the log is told first, as it can say where; but
    where files differ from their manifest, what is blamed is one of those.
    """
    digest = check_files(bag)
    unsealed: list[BagError] = []
    try:
        brought = _brought(bag)
        trusted = tuple(key for key in given if key.kind == ED25519)
        sealers = trusted or (before.keys if before else brought)
        sealed = _seal_of(bag, commit, sealers, unsealed)
        if sealed and sealed.bag != digest:
            why = f"it is not the one that {note_path(commit, sealed.month)} seals"
            unsealed.append(bag.wrong(TAG_MANIFEST, f"{why}: its SHA-256 is {digest}"))
        inside = look_inside(bag, trusted or brought, given, watch)
        month = inside._replace(bag=digest, keys=brought)
        if sealed:
            _require_told(bag, sealed, month, note_path(commit, month.month))
            month = month._replace(previous=sealed.previous)
        check_info(bag, month.origin, sealed.previous if sealed else None)
    except BagError as error:
        raise _blamed(bag, error, unsealed) from error
    for wrong in (*unsealed, *bag.differs.values()):
        raise _blamed(bag, wrong, unsealed)
    return month


def _seal_of(
    bag: Bag, commit: Path, keys: Iterable[Key], unsealed: list[BagError]
) -> Sealed | None:
    """What the note says, or None and why not: what is within the bag is looked at all the same."""
    try:
        return open_seal(bag, commit, keys)
    except BagError as error:
        unsealed.append(error)
    return None


def look_inside(bag: Bag, keys: tuple[Key, ...], given: tuple[Key, ...], watch: Watch) -> Month:
    """The log's part of a bag holds, without a look at who sealed it."""
    month = read_info(bag)["Bluelamp-Month"]
    watch.month = month
    end = check_checkpoint(bag, END, keys)
    start = Checkpoint(end.origin, NOTHING)
    if START in bag.files or read_json(bag, CONSISTENCY).get("start", 0) != 0:
        start = check_checkpoint(bag, START, keys)
        if start.origin != end.origin or not 0 < start.cut.size <= end.cut.size:
            raise bag.wrong(START, f"it is no earlier checkpoint of the log that {END} is of")
    check_tiles(bag, start.cut, end.cut)
    check_consistency(bag, start.cut, end.cut)
    records = check_lines(bag, start.cut.size, end.cut.size, watch)
    check_counts(bag, month, records)
    leaves = end.cut.size - start.cut.size
    found = Month(month, end.origin, start.cut, end.cut, records.erased, "", "none", (), ())
    remarks = [check_reconciliation(bag, month, leaves), check_timestamp(bag)]
    known = (*log_keys(keys, end.origin), *given)
    remarks += [check_cosignature(bag, path, known, found) for path in bag.below(COSIGNATURES)]
    return found._replace(remarks=tuple(remarks), disposals=tuple(records.disposals))


def _brought(bag: Bag) -> tuple[Key, ...]:
    try:
        return read_keys(bag.read(KEYS))
    except MalformedError as error:
        raise bag.wrong(KEYS, str(error)) from error


def _require_told(bag: Bag, sealed: Sealed, month: Month, path: str) -> None:
    """The note speaks of the log that is in its bag."""
    if sealed.origin != month.origin:
        raise BagError(path, f"it is of {shown(sealed.origin)}, the bag of {shown(month.origin)}")
    ends = ((START, "starts", sealed.start, month.start), (END, "ends", sealed.end, month.end))
    for file, name, said, found in ends:
        if said.size != found.size:
            why = (
                f"it is of {found.size} leaves; {path} says that the month {name} with {said.size}"
            )
            raise bag.wrong(file, why)
        if said.root != found.root:
            why = f"{path} says that the month {name} with another root of its {said.size} leaves"
            raise bag.wrong(file, why)


def _blamed(bag: Bag, found: BagError, unsealed: list[BagError]) -> BagError:
    """The one of the things that are wrong which is the cause; the others go along."""
    differing = {each.path: each for each in bag.differs.values()}
    cause = found
    if differing and found.path not in differing and found not in unsealed:
        cause = next(iter(differing.values()))
    others = dict.fromkeys((found, *unsealed, *differing.values()))
    cause.also = [str(each) for each in others if each is not cause][:MAX_ALSO]
    return cause


def require_next(month: Month, before: Month, path: str) -> None:
    """A month goes on where the one before it stopped."""
    if month.origin != before.origin:
        why = f"it is of {shown(month.origin)}, and the month before of {shown(before.origin)}"
        raise BagError(path, why)
    if month.start != before.end:
        why = f"it does not start where {before.month} ends, with {before.end.size} leaves"
        raise BagError(path, f"{why} and their root")
    if month.previous != before.bag:
        raise BagError(path, f"it continues another bag of {before.month} than the one here")


def month_after(month: str) -> str:
    """The next month of the calendar."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02}"


class Seen(NamedTuple):
    """A checkpoint that was kept somewhere else, and the name of the file it is in."""

    name: str
    note: Note
    origin: str
    cut: Cut


class Asked(NamedTuple):
    """What is to be checked: bags, or folders of bags; where their notes are, if not beside them;
    the keys to trust, if any were given; and checkpoints from elsewhere."""

    paths: tuple[Path, ...]
    commit: Path | None
    keys: tuple[Key, ...]
    seen: tuple[Seen, ...]


class Found(NamedTuple):
    """A bag that was found, where its note is, and which month it says it is. Where there is a note
    and no bag, `missing` says so."""

    month: str
    folder: Path
    commit: Path
    missing: str = ""


def find_bags(paths: Iterable[Path], commit: Path | None) -> list[Found]:
    """The bags that were named, or are in the folders that were, by month, and the months that have
    a note alone and may have been disposed of; UseError if a path leads to none, BagError if one is
    missing."""
    found: list[Found] = []
    noted: list[Path] = []
    for path in (*paths, *[commit] * (commit is not None)):
        if path is None or not path.is_dir():
            raise UseError(f"There is no folder {shown(str(path))}.")
    for path in dict.fromkeys(each.resolve() for each in paths):
        if _is_bag(path):
            found.append(_found(path, commit or path.parent / "commit"))
            continue
        inside = [each for each in sorted(path.iterdir()) if is_month_folder(each.name)]
        beside = commit or path / "commit"
        found += (_found(each, beside) for each in inside)
        noted.append(beside)
        if not inside:
            raise UseError(f"{shown(str(path))} is no bag, and no month=… lies in it.")
    found.sort(key=lambda each: each.month)
    for before, after in zip(found, found[1:]):
        if before.month == after.month:
            raise BagError(after.folder.name, f"{after.month} is here twice")
    return sorted([*found, *_without_bags(found, noted)], key=lambda each: each.month)


def _without_bags(found: list[Found], noted: Iterable[Path]) -> list[Found]:
    """The months that have no bag here, and a later one may say why; BagError for any other."""
    months = {each.month for each in found}
    gone = {each.month: each for beside in noted for each in _noted_alone(beside, months)}
    for before, after in zip(found, found[1:]):
        month = month_after(before.month)
        while month < after.month:
            why = f"it is missing, between {before.month} and {after.month}"
            if not (after.commit / f"{month}.note").is_file():
                raise BagError(f"month={month}", why)
            gone.setdefault(month, Found(month, after.folder, after.commit, why))
            month = month_after(month)
    for each in gone.values():
        later = (other.folder / RECORDS / "disposal" for other in found if other.month > each.month)
        if not any(folder.is_dir() for folder in later):
            raise BagError(f"month={each.month}", each.missing)
    return list(gone.values())


def _found(folder: Path, commit: Path) -> Found:
    if folder.is_symlink() or not folder.is_dir():
        raise BagError(folder.name, "it is no folder")
    bag = Bag(folder)
    month = read_info(bag)["Bluelamp-Month"]
    if is_month_folder(bag.name) and bag.name != f"month={month}":
        raise bag.wrong(BAG_INFO, f"it says that this is {month}")
    return Found(month, folder, commit)


def is_month_folder(name: str) -> bool:
    """Whether a month's bag is called so, or means to look as if."""
    return name.lower().startswith("month=")


def _is_bag(path: Path) -> bool:
    named = (BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST, "data")
    return is_month_folder(path.name) or any((path / each).exists() for each in named)


def _noted_alone(commit: Path, months: set[str]) -> Iterator[Found]:
    """The months that have a note there, and none of these bags."""
    if not commit.is_dir():
        return
    for note in sorted(commit.iterdir()):
        month = note.name[: -len(".note")]
        if note.name.endswith(".note") and MONTH.fullmatch(month) and month not in months:
            why = f"it is missing, and {note_path(commit, month)} says that it was sealed"
            yield Found(month, commit, commit, why)


def check_months(asked: Asked, watch: Watch, months: list[Month]) -> None:
    """Every month holds and continues the one before it; each is added to `months` as soon as it
    does. UseError, or BagError for the first thing that is wrong."""
    every: list[Month] = []
    bags = find_bags(asked.paths, asked.commit)
    for found in bags:
        before = every[-1] if every else None
        if found.missing:
            month = _month_alone(found, _sealers(asked, before, bags))
        else:
            bag = Bag(found.folder)  # a walk of its own, so that there is one in memory at a time
            month = check_bag(bag, found.commit, asked.keys, before, watch)
            for seen in asked.seen:
                check_seen(seen, bag, month)
            months.append(month)
        if before:
            require_next(month, before, note_path(found.commit, month.month))
        every.append(month)
    _require_let_go(bags, every)
    months[:] = every
    for seen in asked.seen:
        require_reached(seen, months[-1], asked.keys)
        _require_comparable(seen, months)


def _sealers(asked: Asked, before: Month | None, bags: list[Found]) -> tuple[Key, ...]:
    """By whose keys a note without its bag is opened: those given, or of the bag nearest to it."""
    trusted = tuple(key for key in asked.keys if key.kind == ED25519)
    if trusted or before:
        return trusted or (before.keys if before else ())
    return _brought(Bag(next(each.folder for each in bags if not each.missing)))


def _month_alone(found: Found, keys: tuple[Key, ...]) -> Month:
    """A month of which only the note is left."""
    said = open_note(found.month, found.commit, keys)
    return Month(
        said.month, said.origin, said.start, said.end, 0, said.bag, said.previous, keys, ()
    )


def _require_let_go(bags: list[Found], every: list[Month]) -> None:
    """A month without its bag is one that two people let go, by a leaf of a later month that nobody
    took back; BagError for one that is missing."""
    stands: dict[str, Disposal] = {}
    for each in (each for month in every for each in month.disposals):
        if each.is_let_go:
            stands.setdefault(each.disposal_id, each)
        else:
            stands.pop(each.disposal_id, None)
    told: dict[tuple[str, str], int] = {}
    for each in sorted(stands.values(), key=lambda each: each.leaf):
        for named in each.months:
            told.setdefault(named, each.leaf)
    for place, found in enumerate(bags):
        if found.missing:
            month = every[place]
            leaf = told.get((month.month, month.bag))
            if leaf is None or leaf < month.end.size:
                raise BagError(f"month={found.month}", found.missing)
            every[place] = month._replace(let_go=leaf)


def _require_comparable(seen: Seen, months: Iterable[Month]) -> None:
    """What was kept elsewhere is not of the midst of a month that was disposed of."""
    for each in months:
        if each.let_go is not None and each.start.size < seen.cut.size < each.end.size:
            why = f"it is of {each.month}, which was disposed of: nobody can compare it any more"
            raise BagError(seen.name, why)


def check_seen(seen: Seen, bag: Bag, month: Month) -> None:
    """A checkpoint that was kept elsewhere is one of this very log, if the log had its size in this
    month."""
    size = seen.cut.size
    is_here = month.start.size <= size <= month.end.size
    if is_here and root_of(edge_at(bag, size, month.end.size)) != seen.cut.root:
        raise BagError(seen.name, f"its first {size} leaves are not the ones of the log here")


def require_reached(seen: Seen, last: Month, given: Iterable[Key]) -> None:
    """A checkpoint that was kept elsewhere is not of a time that is missing here at the end."""
    if seen.origin != last.origin:
        raise BagError(seen.name, f"it is of {shown(seen.origin)}, not of {shown(last.origin)}")
    if seen.cut.size <= last.end.size:
        return
    try:
        require_signed(seen.note, log_keys((*last.keys, *given), last.origin), "the log")
    except MalformedError as error:
        raise BagError(seen.name, str(error)) from error
    why = f"the log had {seen.cut.size} leaves, and what is here ends with {last.end.size}"
    raise BagError(seen.name, f"{why}: months are missing at the end, or their end is")


# ── the command ───────────────────────────────────────────────────────────────────────────────────


class Watch:
    """Says on a terminal how far it is, and nowhere else."""

    def __init__(self, stream: TextIO) -> None:
        self.month = ""
        self._stream = stream

    def passing(self, leaves: Iterator[tuple[int, bytes]], end: int) -> Iterator[tuple[int, bytes]]:
        """The same leaves, seen as they pass."""
        return self._seen(leaves, end) if self._stream.isatty() else leaves

    def _seen(self, leaves: Iterator[tuple[int, bytes]], end: int) -> Iterator[tuple[int, bytes]]:
        for place, entry in leaves:
            if place % PROGRESS == 0:
                self._stream.write(f"\r{self.month}: leaf {place:,} of {end:,} ")
                self._stream.flush()
            yield place, entry
        self._stream.write("\r" + " " * 60 + "\r")


def keys_in(values: Iterable[str]) -> tuple[Key, ...]:
    """The keys that were given: a vkey each, or a file with one a line; UseError."""
    found: list[Key] = []
    for value in values:
        lines = [value]
        try:
            if "+" not in value or Path(value).is_file():
                lines = _read_beside(Path(value), value).decode().splitlines()
            found += (read_key(line) for line in map(str.strip, lines) if line[:1] not in ("", "#"))
        except (OSError, ValueError, BagError, MalformedError) as error:
            raise UseError(f"{shown(value)} is no key and no file of keys ({error}).") from error
    return tuple(found)


def seen_in(file: Path) -> Seen:
    """A checkpoint from elsewhere; UseError if there is none in the file."""
    try:
        note = read_note(_read_beside(file, str(file)))
        return Seen(file.name, note, *read_checkpoint(note.text))
    except (OSError, BagError, MalformedError) as error:
        raise UseError(f"{shown(str(file))} is no checkpoint ({error}).") from error


def told(months: list[Month], trusted: tuple[Key, ...]) -> str:
    """What is said where everything holds."""
    lines = []
    for each in months:
        if each.let_go is not None:
            lines.append(f"{each.month} was disposed of, by leaf {each.let_go}; bag {each.bag}")
            continue
        leaves = each.end.size - each.start.size
        span = f", {each.start.size} to {each.end.size - 1}" if leaves else ""
        lines.append(f"{each.month} holds: {leaves} leaves{span}; bag {each.bag}")
        if each.erased:
            lines.append(
                f"  {each.erased} of them have no salt any more, as text in them was erased: the "
                "log proves that they are there, and only the bag's hash what their payload is."
            )
        lines.extend(f"  {remark}" for remark in each.remarks)
    first, last = months[0], months[-1]
    root = b2a_base64(last.end.root, newline=False).decode()
    lines += ["", f"Everything holds, from {first.month} to {last.month}, of {shown(last.origin)}."]
    lines.append(f"At the end of {last.month} its log has {last.end.size} leaves, root {root}")
    if first.previous != "none":
        lines.append(f"There are months before {first.month}; they were not looked at.")
    lines += ["", *_told_keys(months, trusted)]
    if any(TIMESTAMP in remark for each in months for remark in each.remarks):
        lines.append("Who gave a timestamp is seen with the authority's root certificate:")
        lines.append(f"  openssl ts -verify -in {TIMESTAMP} -data {END} -CAfile root.pem")
    lines.append(f"SHA-256 of the verify.py that says so: {own_hash()}")
    return "\n".join(lines)


def _told_keys(months: list[Month], trusted: tuple[Key, ...]) -> Iterator[str]:
    if trusted:
        yield "By the keys that were given:"
        yield from (f"  {shown(key.spelt)}" for key in trusted)
        return
    yield "No key was given, so those in the bag were believed. COMPARE THEM with the keys that the"
    yield "force has published: with keys of his own anybody can make a bag that holds."
    yield from (f"  {shown(spelt)}" for spelt in _brought_by(months))


def _brought_by(months: list[Month]) -> list[str]:
    return list(dict.fromkeys(key.spelt for each in months for key in each.keys))


def told_wrong(months: list[Month], wrong: BagError) -> str:
    """What is said where something is wrong: the months before it that hold, and the sentence."""
    lines = [f"{each.month} holds." for each in months]
    lines.append(f"WRONG: {wrong}")
    lines.extend(f"  Also: {each}" for each in wrong.also)
    return "\n".join(lines)


def own_hash() -> str:
    """Which edition of this file it is that speaks."""
    try:
        return sha256(Path(__file__).read_bytes()).hexdigest()
    except (OSError, NameError):  # it was not read from a file, or that is gone
        return "unknown"


def as_json(months: list[Month], trusted: tuple[Key, ...], error: BagError | None) -> str:
    """The same for another program."""

    def cut(each: Cut) -> dict[str, Any]:
        return {"root": b2a_base64(each.root, newline=False).decode(), "size": each.size}

    held = [
        {
            "bag": each.bag,
            "disposed_by_leaf": each.let_go,
            "end": cut(each.end),
            "erased": each.erased,
            "month": each.month,
            "origin": each.origin,
            "previous": each.previous,
            "remarks": each.remarks,
            "start": cut(each.start),
        }
        for each in months
    ]
    wrong = error and {
        "also": error.also,
        "file": error.path,
        "leaf": error.leaf,
        "line": error.line,
        "sentence": str(error),
    }
    said = {
        "held": error is None,
        "keys": [key.spelt for key in trusted] or _brought_by(months),
        "keys_from": "given" if trusted else "the bag",
        "months": held,
        "verifier": own_hash(),
        "wrong": wrong,
    }
    return json.dumps(said, indent=2, sort_keys=True)


def main(arguments: list[str] | None = None) -> int:
    """The command; answers 0, 1 or 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot spell a letter still gets a line
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    months: list[Month] = []
    keys: tuple[Key, ...] = ()
    wrong: BagError | None = None
    try:
        keys = keys_in(options.key)
        seen = tuple(seen_in(Path(each)) for each in options.seen)
        asked = Asked(tuple(options.paths), options.commit, keys, seen)
        check_months(asked, Watch(sys.stderr), months)
    except UseError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("It was stopped, and has decided nothing.\n")
        return 2
    except BagError as error:
        wrong = error
    except OSError as error:
        wrong = BagError(str(error.filename), f"it cannot be read ({error.strerror})")
    trusted = tuple(key for key in keys if key.kind == ED25519)
    if options.json:
        said = as_json(months, trusted, wrong)
    else:
        said = told_wrong(months, wrong) if wrong else told(months, trusted)
    sys.stdout.write(f"{said}\n")
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Says whether months of a police force's record log are whole.",
        epilog="Answers 0 if everything holds, 1 if something is wrong, 2 if called wrongly.",
    )
    several = "a key to trust, of the log, the archive or a witness; several times for several"
    where = "where the months' notes are, if not in “commit” beside the bags"
    seen = "a checkpoint of the log that was kept elsewhere: the months must contain it"
    parser.add_argument("paths", nargs="+", metavar="BAG|FOLDER", type=Path)
    parser.add_argument("--key", action="append", default=[], metavar="VKEY|FILE", help=several)
    parser.add_argument("--commit", type=Path, metavar="DIR", help=where)
    parser.add_argument("--seen", action="append", default=[], metavar="FILE", help=seen)
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
