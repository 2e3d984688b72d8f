"""Sealed months that can be asked without AWS: their copy in a dict, questions in another."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count

from archive.auditing.ask_question import AuditDesk
from archive.auditing.fetch_copy import CopyShelf
from archive.questions.columns import EDITION
from archive.questions.copy_months import note_of
from shared.months.logslice import Cut
from shared.months.month import Month, month_of
from shared.months.note import Sealed
from tests.builders import a_pen, a_person
from tests.unit.archive.copying import MORNING, Told, lay_copy

ORIGIN = "moorshire.example/record-log"
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
DAY = 86_400
NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
AUDITOR = a_person("p-auditor")


@dataclass
class Shelved:
    """The bucket of the copy; notes which files were read."""

    objects: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def read(self, path):
        if not path.startswith("copied/"):
            self.fetched.append(path)
        return self.objects.get(path)

    def etags(self):
        return {path: sha256(data).hexdigest() for path, data in self.objects.items()}


class Kept:
    """Where questions are kept."""

    def __init__(self):
        self.asked = {}

    def record(self, question):
        self.asked[question.question_id] = question


class World:
    """Months that were told act by act, sealed and copied."""

    def __init__(self, folder):
        self.folder, self.told = folder, Told()
        self.bucket, self.kept, self.sealed = Shelved(), Kept(), []
        self.ticks = count()
        (folder / "kept").mkdir()

    def again(self, folder):
        """The same months in another folder."""
        other = World(folder)
        other.told, other.sealed = self.told, list(self.sealed)
        other.bucket.objects |= self.bucket.objects
        return other

    def seal(self):
        """Every month that something was told of, and whatever lies between, is sealed."""
        by_month = {}
        for leaf, line in zip(self.told.leaves, self.told.lines(), strict=True):
            at = datetime.fromisoformat(json.loads(leaf.envelope)["at"])
            by_month.setdefault(month_of(at), []).append(line)
        begun = 0
        for month, lines in sorted(by_month.items()):
            self.close(month, lines, begun)
            begun += len(lines)
        return self

    def close(self, month, lines, begun):
        """One month is sealed, its bag called by its name; and copied."""
        bag = sha256(str(month).encode()).hexdigest()
        root = sha256(b"root").digest()
        cuts = Cut(begun, root), Cut(begun + len(lines), root)
        previous = self.sealed[-1].bag if self.sealed else None
        self.sealed.append(Sealed(ORIGIN, month, bag, *cuts, previous))
        self.copy(month, lines, bag)

    def copy(self, month, lines, bag, edition=EDITION):
        place = self.folder / f"copy-{month}-{len(self.bucket.objects)}"
        place.mkdir()
        lay_copy(place, lines, str(month))
        files = []
        for path in sorted(place.glob("*/month=*/*.parquet")):
            name = path.relative_to(place).as_posix()
            self.bucket.objects[name] = path.read_bytes()
            files.append({"path": name, "octets": path.stat().st_size, "leaves": 1})
        note = {"bag": bag, "edition": edition, "files": files}
        self.bucket.objects[note_of(month)] = json.dumps(note).encode()

    def desk(self, stopwatch=lambda: 0.0, most=10**9):
        """A desk of a process that was started just now."""
        place = self.folder / "kept" / str(next(self.ticks))
        place.mkdir()
        shelf = CopyShelf(self.bucket, place, most)
        months = lambda: tuple(self.sealed)  # noqa: E731 - as short as what it stands for
        return AuditDesk(
            self.kept, months, self.bucket.read, shelf, self.folder, a_pen(), stopwatch
        )


def seconds_to(day, month=10):
    """From nine o'clock on the fifth of October to nine on another day of 2026."""
    return int((datetime(2026, month, day, 9, tzinfo=UTC) - MORNING).total_seconds())
