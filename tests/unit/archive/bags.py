"""Whole archives, built from shared/months alone; and what a forger does to one.

An `Archive` is what the bucket holds, path by path, however it came there: everything that is
done to it here can as well be done to one that the real closing of months has made.
"""

import base64
import hashlib
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from shared.months import bag
from shared.months.lines import entity_of, line_of, type_of
from shared.months.logslice import Cut, bundles_of, tiles_of
from shared.months.month import Month, read_month
from shared.months.note import Sealed, sign_month
from shared.recordlog.canonical import canonical_json
from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.leaf import Act, Leaf
from shared.recordlog.note import LocalSigner
from shared.recordlog.tiles import Edge, TileNodes, grow
from shared.recordlog.tree import EMPTY_ROOT, prove_consistency
from shared.records.pen import Pen
from tests.unit.recordlog.witnesses import Witness

ORIGIN = "force.example/record-log"
LOG = LocalSigner(ORIGIN, bytes(range(32)))
ARCHIVE = LocalSigner("force.example/archive", bytes(range(32, 64)))
WITNESS = Witness("witness.example")
FORGED_LOG = LocalSigner(LOG.key.name, b"f" * 32)
FORGED_ARCHIVE = LocalSigner(ARCHIVE.key.name, b"g" * 32)

BAGGED = Path(__file__).parents[3] / "functions" / "archive" / "bagged"
TYPES = ("post.submitted", "approval.approved", "post.published", "person.entered", "review.made")


def chance(words):
    return Random(words)  # noqa: S311 - chance that can be had again


@dataclass
class Archive:
    """`objects` as they lie in the bucket; `keys` are the vkeys that the force has published."""

    objects: dict[str, bytes]
    keys: tuple[str, ...] = (str(LOG.key), str(ARCHIVE.key))

    def copy(self):
        return replace(self, objects=dict(self.objects))

    @property
    def months(self):
        return sorted({path[6:13] for path in self.objects if path.startswith("month=")})

    def bag(self, month):
        """The files of a month's bag, by their names in it."""
        prefix = f"month={month}/"
        mine = [path for path in self.objects if path.startswith(prefix)]
        return {path.removeprefix(prefix): self.objects[path] for path in sorted(mine)}

    def put(self, month, files):
        """These files instead of the month's."""
        self.take_away(month)
        self.objects.update({f"month={month}/{path}": data for path, data in files.items()})

    def take_away(self, month):
        for path in self.bag(month):
            del self.objects[f"month={month}/{path}"]

    def write(self, folder):
        """As files below the folder."""
        for path, data in self.objects.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        return folder


# ── building ──────────────────────────────────────────────────────────────────


@dataclass
class Story:
    """What is logged, and how much of it before the end of each month."""

    leaves: list[Leaf] = field(default_factory=list)
    months: list[tuple[Month, int]] = field(default_factory=list)
    erased: frozenset[int] = frozenset()


def a_story(*counts, first="2026-09", erased=(), words="leaves"):
    """So many leaves in each of the months from `first` on."""
    source, story, month = chance(words), Story(erased=frozenset(erased)), read_month(first)
    pen = Pen(source.randbytes)
    for count in counts:
        for number in range(count):
            at = datetime(month.year, month.number, 5, tzinfo=UTC) + timedelta(seconds=number)
            story.leaves.append(pen.leaf(an_act(at, len(story.leaves))))
        story.months.append((month, len(story.leaves)))
        month = month.next
    return story


def an_act(at, number):
    kind = TYPES[number % len(TYPES)]
    return Act(
        type=kind,
        account="riverside",
        subject=f"post:01POST{number:05}#000001",
        at=at,
        actor="pc-okafor",
        approver=None,
        reason=None,
        payload={
            "number": number,
            "text": '“Closed”: the road at Rudyard. £5 \U0001f6a7 \\ "leaf_index":1',
        },
        personal={"text": "I saw him."} if kind == "review.made" else {},
    )


def an_archive(*counts, log=(LOG,), seal=(ARCHIVE,), attested=True, **story):
    """An archive of so many leaves in each month."""
    return build(a_story(*counts, **story), log=log, seal=seal, attested=attested)


def build(story, log=(LOG,), seal=(ARCHIVE,), *, attested=False):
    return build_changing(story, [(log, seal)] * len(story.months), attested=attested)


def build_changing(story, signers, *, attested=False):
    """As `build`, with signers of the log and of the archive for each month."""
    archive, previous, start, known = Archive({}), None, None, ()
    entries = [leaf.envelope for leaf in story.leaves]
    for (month, size), (log, seal) in zip(story.months, signers, strict=True):
        growth = grow(Edge(), entries[:size])
        end = Checkpoint(ORIGIN, size, growth.edge.root())
        files = a_bag(month, story, start, end, growth.objects, log)
        if start and start.size:
            files[bag.START] = archive.bag(month.previous)[bag.END]
        # A bag brings what opens its first checkpoint as well, which the month before has signed.
        brought = dict.fromkeys((*known, *log, *seal))
        files[bag.KEYS] = "".join(f"{each.key}\n" for each in brought).encode()
        if attested:
            files |= attestations(files[bag.END])
        archive.put(month, files)
        seal_bag(archive, month, cuts_of(start, end), previous, seal)
        previous = bag.digest(archive.bag(month)[bag.TAG_MANIFEST])
        start, known = end, (*log, *seal)
    return archive


def a_bag(month, story, start, end, objects, log):
    """Its payload, but for the keys and what others say of it."""
    first = start.size if start else 0
    files = records_of(story, first, end.size)
    counts = counts_of(files, month, story, first, end.size)
    proof = prove_consistency(first, end.size, TileNodes(end.size, tiles_in(objects)))
    spelt = [base64.b64encode(each).decode() for each in proof]
    for path in sorted(BAGGED.rglob("*.*")):
        if path.suffix in {".py", ".txt", ".json"}:
            files[bag.DATA + path.relative_to(BAGGED).as_posix()] = path.read_bytes()
    files[bag.COUNTS] = canonical_json(counts)
    files[bag.RECONCILIATION] = canonical_json(
        {"month": str(month), "source": "none", "why": "there was no export"}
    )
    files[bag.CONSISTENCY] = canonical_json({"end": end.size, "proof": spelt, "start": first})
    files[bag.END] = sign_checkpoint(end, log)
    slices = (*tiles_of(first, end.size), *bundles_of(first, end.size))
    return files | {bag.LOG + each.path: objects[each.path] for each in slices}


def records_of(story, first, after):
    lines = {}
    for part in bag.parts_of(first, after):
        for index in range(part.first, part.after):
            leaf = story.leaves[index]
            salt = None if index in story.erased else leaf.salt
            path = bag.records_path(entity_of(leaf.envelope), part.number)
            lines.setdefault(path, []).append(line_of(index, leaf.envelope, leaf.payload, salt))
    return {path: pack(mine) for path, mine in lines.items()}


def counts_of(files, month, story, first, after):
    mine = story.leaves[first:after]
    leaves = Counter(entity_of(leaf.envelope) for leaf in mine)
    parts = Counter(path.split("/")[2] for path in files)
    return {
        "entities": {each: {"leaves": leaves[each], "parts": parts[each]} for each in leaves},
        "erased": sum(index in story.erased for index in range(first, after)),
        "leaves": len(mine),
        "month": str(month),
        "types": dict(Counter(type_of(leaf.envelope) for leaf in mine)),
    }


def tiles_in(objects):
    return lambda level, index, width: objects[f"tile/{level}/{index:03}" + partial(width)]


def partial(width):
    return "" if width == 256 else f".p/{width}"


def cuts_of(start, end):
    before = Cut(start.size, start.root) if start else Cut(0, EMPTY_ROOT)
    return before, Cut(end.size, end.root)


def pack(lines):
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(b"".join(lines)) + packer.flush()


def unpack(data):
    return zlib.decompress(data, 31).splitlines(keepends=True)


# ── sealing, truly or not ─────────────────────────────────────────────────────


def name_files(archive, month, previous):
    """The manifests and what the bag says of itself, made anew of whatever is in it."""
    tags = {bag.BAGIT, bag.BAG_INFO, bag.MANIFEST, bag.TAG_MANIFEST}
    files = {path: data for path, data in archive.bag(month).items() if path not in tags}
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    octets = sum(map(len, payload.values()))
    when = read_month(str(month))
    info = bag.bag_info(when, ORIGIN, previous=previous, octets=octets, files=len(payload))
    named = bag.manifest({path: bag.digest(data) for path, data in payload.items()})
    written = {bag.BAGIT: bag.DECLARATION, bag.BAG_INFO: info, bag.MANIFEST: named}
    sums = {path: bag.digest(data) for path, data in written.items()}
    archive.put(month, {**files, **written, bag.TAG_MANIFEST: bag.manifest(sums)})


def seal_bag(archive, month, cuts, previous, signers):
    name_files(archive, month, previous)
    digest = bag.digest(archive.bag(month)[bag.TAG_MANIFEST])
    sealed = Sealed(ORIGIN, read_month(str(month)), digest, *cuts, previous)
    archive.objects[bag.note_path(month)] = sign_month(sealed, signers)


def note_of(archive, month):
    """What a month's note says, as name and value."""
    lines = archive.objects[f"commit/{month}.note"].decode().split("\n")
    return dict(line.split(" ", 1) for line in lines[2:7])


def remake(archive, month):
    """As a forger would who has the bucket and no key: every hash is right again, but for the one
    that the note signs."""
    previous = note_of(archive, month)["previous"]
    name_files(archive, month, None if previous == "none" else previous)


def reseal(archive, month, signers: Sequence[LocalSigner] = (FORGED_ARCHIVE,)):
    """As a forger would who signs with a key of his own as well."""
    said = note_of(archive, month)
    remake(archive, month)
    cuts = []
    for name in ("start", "end"):
        size, root = said[name].split(" ")
        cuts.append(Cut(int(size), base64.b64decode(root)))
    previous = None if said["previous"] == "none" else said["previous"]
    seal_bag(archive, month, cuts, previous, signers)


# ── what others say of a month ────────────────────────────────────────────────


def attestations(note):
    """A witness's signature and an authority's timestamp."""
    return {
        f"{bag.COSIGNATURES}{WITNESS.key.name}": note + WITNESS.sign(note),
        bag.TIMESTAMP: a_timestamp(note),
    }


def der(tag, *inner):
    data = b"".join(inner)
    if len(data) < 0x80:
        return bytes((tag, len(data))) + data
    return bytes((tag, 0x82)) + struct.pack(">H", len(data)) + data


@cache
def a_timestamp(data, moment=b"20261101020005Z", algorithm=1, status=b"\0"):
    """An answer of an authority (RFC 3161), without the certificates nobody here looks at."""
    kind = der(0x06, bytes.fromhex("6086480165030402"), bytes((algorithm,)))
    name = {1: "sha256", 2: "sha384", 3: "sha512"}[algorithm]
    imprint = der(0x30, der(0x30, kind, der(5)), der(4, hashlib.new(name, data).digest()))
    policy, one = der(0x06, b"\x2a\x03"), der(2, b"\1")
    info = der(0x30, one, policy, imprint, der(2, b"\x07"), der(0x18, moment))
    info_kind = der(0x06, bytes.fromhex("2a864886f70d0109100104"))
    held = der(0x30, info_kind, der(0xA0, der(4, info)))
    signed = der(0x30, der(2, b"\3"), der(0x31), held, der(0x31))
    signed_kind = der(0x06, bytes.fromhex("2a864886f70d010702"))
    return der(0x30, der(0x30, der(2, status)), der(0x30, signed_kind, der(0xA0, signed)))
