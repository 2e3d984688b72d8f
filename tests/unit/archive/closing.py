"""A log with months behind it, its tables and its archive in memory; whoever closes may die."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from archive.bucket import ObjectTakenError
from archive.sealing.begin_month import begin_month
from archive.sealing.closing import Desk, Seal
from archive.sealing.seal_month import seal_month
from archive.sealing.write_part import write_part
from shared.months.month import Month, read_month
from shared.posts.names import LeafId
from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from shared.recordlog.leaf import Act
from shared.recordlog.note import LocalSigner
from shared.recordlog.tiles import Edge, grow
from shared.records.payloads import Kept
from shared.records.pen import Pen
from tests.unit.archive.world import Wire

ORIGIN = "force.example/record-log"
LOG_SIGNER = LocalSigner(ORIGIN, bytes(range(32)))
ARCHIVE_SIGNER = LocalSigner("force.example/archive", bytes(range(32, 64)))
SEPTEMBER, OCTOBER, NOVEMBER = (read_month(f"2026-{each}") for each in ("09", "10", "11"))
TYPES = ("post.submitted", "approval.approved", "publication.sent", "person.entered")


def a_seed(words):
    return Random(words)  # noqa: S311 - chance that can be had again


@dataclass
class Archived:
    """What outlives every process."""

    live: dict[str, bytes] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    rows: dict[LeafId, Kept] = field(default_factory=dict)
    history: list[tuple[datetime, bytes]] = field(default_factory=list)
    edge: Edge = field(default_factory=Edge)

    def __post_init__(self):
        self.pen = Pen(a_seed("leaves").randbytes)
        self.publish(datetime(2026, 9, 1, tzinfo=UTC))

    def log(self, count, at):
        """So many acts enter the log at once, and a checkpoint says so."""
        entries = []
        for number in range(count):
            act = an_act(at + timedelta(seconds=number), TYPES[number % len(TYPES)], number)
            leaf = self.pen.leaf(act)
            self.rows[LeafId(leaf.leaf_id)] = Kept(leaf.payload, leaf.salt)
            entries.append(leaf.envelope)
        growth = grow(self.edge, entries)
        self.live.update(growth.objects)
        self.edge = growth.edge
        self.publish(at)

    def publish(self, at):
        checkpoint = Checkpoint(ORIGIN, self.edge.size, self.edge.root())
        self.live["checkpoint"] = sign_checkpoint(checkpoint, [LOG_SIGNER])
        self.history.append((at, self.live["checkpoint"]))

    def stood_at(self, moment):
        return [note for at, note in self.history if at < moment][-1]

    def create(self, path, data):
        if path in self.objects:
            raise ObjectTakenError(path)
        self.objects[path] = data

    def paths(self, prefix):
        return [path for path in sorted(self.objects) if path.startswith(prefix)]

    def several(self, leaf_ids):
        return {each: self.rows[each] for each in leaf_ids if each in self.rows}

    def desk(self, wire=None):
        wire = wire or Wire()
        return Desk(
            origin=ORIGIN,
            read=partial(wire.pass_through, self.live.get),
            stood_at=partial(wire.pass_through, self.stood_at),
            shelf=Through(wire, read=self.objects.get, create=self.create, paths=self.paths),
            payloads=Through(wire, several=self.several),
            log_keys=[LOG_SIGNER.key],
            archive_keys=[ARCHIVE_SIGNER.key],
        )

    def bag(self, month):
        """The files of a month's bag, by their name in it."""
        prefix = f"month={month}/"
        named = {path: data for path, data in self.objects.items() if path.startswith(prefix)}
        return {path.removeprefix(prefix): data for path, data in named.items()}

    def lay_out(self, folder):
        """The whole archive as files."""
        for path, data in self.objects.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        return folder


class Through:
    """One side of the world, every call through the wire."""

    def __init__(self, wire, **calls):
        for name, call in calls.items():
            setattr(self, name, partial(wire.pass_through, call))


def an_act(at, kind="post.submitted", number=0):
    return Act(
        type=kind,
        account="riverside",
        subject=f"post:01POST{number:05}#000001",
        at=at,
        actor="pc-okafor",
        approver=None,
        reason=None,
        payload={"number": number, "text": "The road at Rudyard is open. £5, “quoted”, \U0001f6a7"},
        personal={"text": "I saw him."} if kind == "person.entered" else {},
    )


def close(world, month, wire=None, now=None, **said):
    """The whole way, as the state machine goes it."""
    desk = world.desk(wire)
    signer = Through(wire or Wire(), sign=ARCHIVE_SIGNER.sign)
    signer.key = ARCHIVE_SIGNER.key
    begun = begin_month(month, desk, now or month.ends + timedelta(hours=2), **said)
    for part in begun.parts:
        write_part(month, part, desk)
    return seal_month(month, desk, Seal([signer]))


def on(month: Month, day: int, hour: int = 12):
    return datetime(month.year, month.number, day, hour, tzinfo=UTC)


def a_world(september=0, october=0, november=0):
    """So many leaves in each of these months."""
    world = Archived()
    counts = ((SEPTEMBER, september), (OCTOBER, october), (NOVEMBER, november))
    for month, count in counts:
        if count:
            world.log(count, on(month, 5))
    return world
