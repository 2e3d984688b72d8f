"""One deed of the archive, measured in a process of its own: `python -m local.million.deeds`.

    WHAT FOLDER [MORE]     prints {"seconds": processor time, "megabytes": peak, …} as JSON

So that a peak is that deed's peak, and nothing that ran before it is still in memory.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from local.million.lines import MONTH
from local.million.world import ARCHIVE_SIGNER, Folder, desk

KB_A_MB = 1024


def spent(work: Callable[[], object]) -> float:
    """Processor seconds that `work` takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def peak() -> float:
    """The most megabytes this process ever had. Not `ru_maxrss`: that begins with what the process
    had that started it."""
    status = Path("/proc/self/status")
    if not status.exists():  # not Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_A_MB
    [line] = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / KB_A_MB


def read_lines(folder: Path) -> dict[str, Any]:
    """The yardstick: every line as JSON."""

    def work() -> None:
        with (folder / "lines.jsonl").open("rb") as lines:
            for line in lines:
                json.loads(line)

    return {"seconds": spent(work)}


def seal(folder: Path) -> dict[str, Any]:
    """The bag, from log and rows to the note, everything read back."""
    from archive.sealing.begin_month import begin_month
    from archive.sealing.closing import Seal
    from archive.sealing.seal_month import seal_month
    from archive.sealing.write_part import write_part

    closing = desk(folder)

    def write() -> None:
        begun = begin_month(MONTH, closing, MONTH.ends + timedelta(hours=2))
        for part in begun.parts:
            write_part(MONTH, part, closing)

    written = spent(write)
    sealed = spent(lambda: seal_month(MONTH, closing, Seal([ARCHIVE_SIGNER])))
    return {"written": written, "sealed": sealed}


def copy(folder: Path) -> dict[str, Any]:
    """Parquet of the sealed month."""
    from archive.questions.derive import derive_month
    from archive.reading.bags import Bags

    scratch, kept = folder / "scratch", Folder(folder / "copy")
    scratch.mkdir()
    bag = Bags(Folder(folder / "archive")).bag(MONTH)
    return {"seconds": spent(lambda: derive_month(bag, scratch, kept.put))}


def audit(folder: Path) -> dict[str, Any]:
    """The sealed month by the program that lies in it, run as an auditor runs it. Its peak is never
    less than that of the process that starts it, which is this one."""
    bag = folder / "archive" / f"month={MONTH}"
    program = [sys.executable, "-I", str(bag / "data" / "verify.py"), str(bag)]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL) as running:
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, program)
    return {
        "seconds": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss / KB_A_MB,
    }


def ask(folder: Path, question: str, *given: str) -> dict[str, Any]:
    """One question, asked first thing of a fresh engine; what is given is called a, b, c."""
    from archive.questions.index import Index

    values = dict(zip("abc", given, strict=False))
    with Index(folder / "copy") as index:
        rows: list[object] = []
        seconds = spent(lambda: rows.extend(index.ask(question, values).rows))
    return {"seconds": seconds, "rows": len(rows), "first": str(rows[:1])}


def scan(folder: Path, sought: str) -> dict[str, Any]:
    """The same engine through the packed lines themselves, for how many of them hold a text."""
    from archive.questions.derive import BUFFER, LONGEST_LINE
    from archive.questions.engine import start

    engine = start(folder)
    packed = folder / "archive" / f"month={MONTH}" / "data/records/*/*.gz"
    given = {"path": str(packed), "sought": sought}
    question = f"""SELECT count(*) FROM read_csv($path, columns = {{'line': 'VARCHAR'}},
      auto_detect = false, header = false, delim = '\x01', quote = '', escape = '',
      new_line = '\\n', compression = 'gzip', max_line_size = {LONGEST_LINE},
      buffer_size = {BUFFER}) WHERE contains(line, $sought)"""  # noqa: S608 - numbers of ours
    return {"seconds": spent(lambda: engine.execute(question, given).fetchall())}


DEEDS: dict[str, Callable[..., dict[str, Any]]] = {
    each.__name__: each for each in (read_lines, seal, copy, audit, ask, scan)
}


def main() -> None:
    """Do it, and tell what it took."""
    what, folder, *more = sys.argv[1:]
    told = DEEDS[what](Path(folder), *more)
    print(json.dumps({"megabytes": peak(), **told}))


if __name__ == "__main__":
    main()
