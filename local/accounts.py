"""`bluelamp accounts`: the registry's accounts from and to a CSV file.

Import is all or nothing: every line is looked at first, against the others and against the
registry, and every fault is told by its line. `--dry-run` stops there. Cut short, it is finished
by running the same file again (see `shared.records.importing`). Export writes the same table.
Exit codes: 0 held, 1 something is wrong with the file, 2 wrong use or no registry to reach.
"""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from local.reach import LOCAL, OutOfReachError, Reached, reach
from shared.accounts.batch import Batch
from shared.accounts.errors import Fault
from shared.accounts.registry import PersonStatus, Role
from shared.accounts.sheet import Row, SheetError, rows_in, sheet_of
from shared.posts.names import PersonId
from shared.records.accounts import Accounts
from shared.records.errors import NotFoundError, RecordsError
from shared.records.holdings import held_by
from shared.records.importing import Importing, Order
from shared.records.pen import Pen
from shared.records.people import People

HELD, FOUND, WRONG_USE = 0, 1, 2

MOST_BYTES = 64 * 1024 * 1024


class NotARegistrarError(Exception):
    """Only the web team opens accounts."""


@dataclass(frozen=True)
class Told:
    """What came of an import."""

    accounts: int
    written: int
    faults: tuple[tuple[int, Fault], ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `bluelamp accounts` may be told."""
    parser.description = "Bring the registry's accounts in from a CSV file, or write them to one."
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    bring = deeds.add_parser("import", help="open every account of a file, or none")
    bring.add_argument("file", type=Path, metavar="FILE.csv")
    bring.add_argument("--dry-run", action="store_true", help="tell every fault, write nothing")
    bring.add_argument(
        "--as", dest="by", default="p-registrar", metavar="PERSON", help="the registrar's id"
    )
    bring.add_argument("--json", action="store_true", help="tell it as one JSON object")
    bring.set_defaults(run=_import)
    write = deeds.add_parser("export", help="write every account")
    write.add_argument("file", nargs="?", default="-", metavar="FILE.csv", help="- is output (-)")
    write.set_defaults(run=_export)
    for deed in (bring, write):
        deed.add_argument("--stack", default=LOCAL, help=f"the force's stack ({LOCAL})")
        deed.add_argument("--port", type=int, default=8080, help="of the force that runs here")
        deed.add_argument("--domain", help="the force's e-mail domain, where it is not the local")


def bring_in(reached: Reached, file: Path, by: PersonId, *, dry_run: bool) -> Told:
    """Import a file; SheetError, NotARegistrarError, RecordsError."""
    pen = Pen(secrets.token_bytes)
    _require_registrar(reached, pen, by)
    rows, end = _read(file)
    batch = Batch(rows, reached.force, held_by)
    order = Order(batch.accounts, file.name, by)
    importing = Importing(reached.tables, pen, lambda: datetime.now(UTC))
    standing = importing.standing(order)
    faults = (*batch.faults(standing), *end)
    if faults or dry_run:
        return Told(len(rows), 0, faults)
    return Told(len(rows), importing.write(order, standing, _progress(len(rows))), ())


def _require_registrar(reached: Reached, pen: Pen, by: PersonId) -> None:
    try:
        person = People(reached.tables, pen).get(by)
    except NotFoundError as error:
        raise NotARegistrarError(f"There is no person {by}; name a registrar with --as.") from error
    if person.role is not Role.REGISTRAR or person.status is not PersonStatus.ACTIVE:
        raise NotARegistrarError(f"{by} is no active registrar; only the web team opens accounts.")


def _read(file: Path) -> tuple[tuple[Row, ...], tuple[tuple[int, Fault], ...]]:
    """Every line that can be told apart, and what ended the reading before the end."""
    if file.stat().st_size > MOST_BYTES:
        raise SheetError(1, f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")
    rows: list[Row] = []
    with file.open("rb") as lines:
        try:
            rows.extend(rows_in(lines))
        except SheetError as error:
            if not rows:
                raise
            return tuple(rows), ((error.line, Fault("line", str(error))),)
    return tuple(rows), ()


def _progress(of: int) -> "Progress":
    return Progress(of, is_shown=sys.stderr.isatty())


@dataclass(frozen=True)
class Progress:
    """Says on a terminal how far it is."""

    of: int
    is_shown: bool

    def __call__(self, written: int) -> None:
        if self.is_shown:
            end = "\n" if written >= self.of else ""
            print(f"\r{written} of {self.of}", end=end, file=sys.stderr, flush=True)


def _import(given: argparse.Namespace) -> int:
    try:
        reached = reach(given.stack, given.port, given.domain)
        told = bring_in(reached, given.file, PersonId(given.by), dry_run=given.dry_run)
    except SheetError as error:
        told = Told(0, 0, ((error.line, Fault("line", str(error))),))
    except (OSError, OutOfReachError, NotARegistrarError, RecordsError) as error:
        return _refuse(str(error))
    print(*(_as_json(told) if given.json else _as_text(told, given)), sep="\n")
    return FOUND if told.faults else HELD


def _as_json(told: Told) -> Iterator[str]:
    faults = [{"line": n, "field": f.field, "message": f.sentence} for n, f in told.faults]
    yield json.dumps({"accounts": told.accounts, "written": told.written, "faults": faults})


def _as_text(told: Told, given: argparse.Namespace) -> Iterator[str]:
    for line, fault in told.faults:
        yield f"line {line}: {fault.field}: {fault.sentence}"
    if told.faults:
        lines = len({line for line, _ in told.faults})
        yield f"{len(told.faults)} faults on {lines} of {told.accounts} lines; nothing was written."
    elif given.dry_run:
        yield f"{told.accounts} accounts, no fault; nothing was written, as asked."
    else:
        there = told.accounts - told.written
        yield f"{told.written} accounts opened, {there} were there already."


def _export(given: argparse.Namespace) -> int:
    try:
        reached = reach(given.stack, given.port, given.domain)
        lines = sheet_of(Accounts(reached.tables, Pen(secrets.token_bytes)).all())
        _write(given.file, lines)
    except BrokenPipeError:  # whoever read the table left before the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG_USE
    except (OSError, OutOfReachError, RecordsError) as error:
        return _refuse(str(error))
    return HELD


def _write(file: str, lines: Iterable[str]) -> None:
    if file == "-":
        for line in lines:
            sys.stdout.buffer.write(line.encode())
        sys.stdout.flush()
        return
    with Path(file).open("w", encoding="utf-8", newline="") as table:
        table.writelines(lines)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG_USE
