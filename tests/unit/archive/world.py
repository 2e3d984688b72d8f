"""A cloud in memory for the sequencer, which can die at every call it makes."""

import hashlib
import threading
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache

from archive.bucket import ObjectTakenError, Stored
from archive.sequencing.sequence import Sequencer, drain
from shared.recordlog.note import LocalSigner
from shared.recordlog.places import find_place
from shared.recordlog.reader import Log, verify_log
from shared.records.errors import HeadMovedError
from shared.records.loghead import Head
from shared.records.outbox import Pending

ORIGIN = "log.example/force"
SIGNER = LocalSigner(ORIGIN, bytes(range(32)))


class KilledError(Exception):
    """The process died here."""


class Wire:
    """What every external call passes through: kills at the call with this number, before or
    after it took effect; `None` never kills."""

    def __init__(self, kill_at=None, *, after=False):
        self.calls = 0
        self._kill_at = kill_at
        self._after = after

    def pass_through(self, effect, *arguments):
        number, self.calls = self.calls, self.calls + 1
        if number == self._kill_at and not self._after:
            raise KilledError
        try:
            return effect(*arguments)
        finally:
            if number == self._kill_at:  # whatever the answer was, nobody heard it
                raise KilledError


@dataclass
class World:
    """What outlives every process: the head, the outbox, the bucket; and what was promised."""

    heads: dict[str, Head] = field(default_factory=dict)
    waiting: dict[str, bytes] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)
    published: list[int] = field(default_factory=list)

    def accept(self, count):
        """Leaves come in, as a business transaction would write them."""
        for _ in range(count):
            number = len(self.accepted)
            leaf_id = f"01JD{number // 100:02d}{number:020d}"
            self.accepted.append(leaf_id)
            self.waiting[leaf_id] = entry_of(leaf_id)

    def get_head(self, origin):
        return self.heads.get(origin)

    def swap(self, old, new):
        found = self.heads.get(new.origin)
        expected = None if old is None else (old.size, old.root)
        if expected != (None if found is None else (found.size, found.root)) and found != new:
            raise HeadMovedError(new.origin, found)
        self.heads[new.origin] = new

    def pending(self, limit):
        return tuple(Pending(*item) for item in sorted(self.waiting.items())[:limit])

    def drop(self, leaf_ids):
        for leaf_id in leaf_ids:
            self.waiting.pop(leaf_id, None)

    def read(self, path):
        data = self.objects.get(path)
        return None if data is None else Stored(data, etag(data))

    def create(self, path, data):
        self.replace(path, data, None)

    def replace(self, path, data, seen):
        found = self.read(path)
        if (found and found.etag) != (seen and seen.etag):
            raise ObjectTakenError(path)
        self.put(path, data)

    def put(self, path, data):
        self.objects[path] = data
        if path == "checkpoint":
            self.published.append(int(data.split(b"\n")[1]))

    def sequencer(self, wire=None):
        """A fresh process; everything it says to the world goes through the wire."""
        wire = wire or Wire()
        return Sequencer(
            ORIGIN,
            heads=Side(wire, get=self.get_head, swap=self.swap),
            outbox=Side(wire, pending=self.pending, drop=self.drop),
            objects=Side(
                wire, read=self.read, create=self.create, replace=self.replace, put=self.put
            ),
            signers=[Side(wire, sign=SIGNER.sign, key=SIGNER.key)],
            known=[SIGNER.key],
        )

    def entries(self):
        """The log as published, every leaf, tile and signature checked; empty before the first."""
        if "checkpoint" not in self.objects:
            return []
        verify_log(self.objects.get, [SIGNER.key], ORIGIN)
        log = Log(self.objects.get, [SIGNER.key], ORIGIN)
        return [entry for bundle in log.bundles() for entry in bundle]

    def require_sound(self):
        """What must hold after every single call, whoever has just died."""
        entries = self.entries()
        assert entries == self.order()[: len(entries)], "a published leaf moved or came twice"
        assert self.published == sorted(self.published), "the checkpoint went back"
        kept = {*entries, *self.waiting.values()}
        assert kept >= set(map(entry_of, self.accepted)), "neither published nor waiting"

    def require_finished(self):
        """What must hold when a sequencer has come to its end undisturbed."""
        entries = self.entries()
        assert sorted(entries) == sorted(map(entry_of, self.accepted)), "not every leaf once"
        assert not self.waiting
        assert self.heads[ORIGIN].staging == ""
        assert self.heads[ORIGIN].note.encode() == self.objects["checkpoint"]
        for index, entry in enumerate(entries):
            assert find_place(id_of(entry), self.paths_under, self.objects.get) == index

    def order(self):
        """The entries in the order the log first showed them, remembered from call to call."""
        seen = self.__dict__.setdefault("_order", [])
        seen.extend(self.entries()[len(seen) :])
        return seen

    def paths_under(self, folder):
        return [path for path in self.objects if path.startswith(folder)]


def a_world(logged=0, waiting=0):
    """A log with so many leaves, and so many that wait."""
    world = deepcopy(a_world_at_rest(logged))
    world.accept(waiting)
    return world


@cache
def a_world_at_rest(logged):
    world = World()
    if logged:
        world.accept(logged)
        drain(world.sequencer())
    return world


class Side:
    """One collaborator of the sequencer, its methods behind the wire."""

    def __init__(self, wire, **methods):
        for name, method in methods.items():
            value = method if not callable(method) else self._behind(wire, method)
            setattr(self, name, value)

    @staticmethod
    def _behind(wire, method):
        return lambda *arguments: wire.pass_through(method, *arguments)


class Actor:
    """A sequencer that makes one external call each time it is told to: for interleavings."""

    def __init__(self, world):
        self._world = world
        self._go, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._killed = False
        self.error = None
        self.over = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._stopped.acquire()

    def pass_through(self, effect, *arguments):
        self._stopped.release()
        self._go.acquire()
        if self._killed:
            raise KilledError
        return effect(*arguments)

    def step(self):
        """Make the next call, and stop before the one after it."""
        if not self.over:
            self._go.release()
            self._stopped.acquire()

    def kill(self):
        self._killed = True
        self.step()

    def finish(self):
        while not self.over:
            self.step()

    def _run(self):
        try:
            self._world.sequencer(self).run()
        except (KilledError, HeadMovedError) as error:
            self.error = error
        except BaseException as error:  # noqa: BLE001 - told to the test, which fails on it
            self.error = error
        self.over = True
        self._stopped.release()


def entry_of(leaf_id):
    return f"envelope of {leaf_id}".encode()


def id_of(entry):
    return entry.decode().removeprefix("envelope of ")


def etag(data):
    return hashlib.sha256(data).hexdigest()
