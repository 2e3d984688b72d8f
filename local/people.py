"""`bluelamp people leavers`: who is in human resources' leaver file has no access any more.

The file is read whole before anything happens; `--dry-run` stops there and tells what would. Run
again, it finishes what was cut short (see `register.leavers`).
Exit codes: 0 held, 1 something is wrong with the file, 2 wrong use or no registry to reach.
"""

import argparse
import json
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from local.reach import LOCAL, OutOfReachError, Reached, reach
from register.leavers import Desk, LeaverFileError, Outcome, leave
from shared.accounts.rights import Right, may
from shared.posts.names import PersonId
from shared.records.accounts import Accounts
from shared.records.errors import NotFoundError, RecordsError
from shared.records.pen import Pen
from shared.records.people import People

HELD, FOUND, WRONG_USE = 0, 1, 2

MOST_BYTES = 16 * 1024 * 1024


class WrongUseError(Exception):
    """What was asked for cannot be done; `str()` says what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `bluelamp people` may be told."""
    parser.description = "Keep the registry's people."
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    leavers = deeds.add_parser("leavers", help="take the access of everybody in a leaver file")
    leavers.add_argument("file", type=Path, metavar="FILE.csv", help="columns email and last_day")
    leavers.add_argument("--dry-run", action="store_true", help="tell what would be, do nothing")
    leavers.add_argument(
        "--as", dest="by", default="p-registrar", metavar="PERSON", help="the registrar's id"
    )
    leavers.add_argument("--json", action="store_true", help="tell it as one JSON object")
    leavers.add_argument("--stack", default=LOCAL, help=f"the force's stack ({LOCAL})")
    leavers.add_argument("--port", type=int, default=8080, help="of the force that runs here")
    leavers.add_argument("--domain", help="the force's e-mail domain, where it is not the local")
    leavers.set_defaults(run=_leavers)


def read_in(reached: Reached, file: Path, by: PersonId, *, dry_run: bool) -> Outcome:
    """Read a leaver file in; LeaverFileError, WrongUseError, RecordsError."""
    pen = Pen(secrets.token_bytes)
    people = People(reached.tables, pen)
    try:
        registrar = people.get(by)
    except NotFoundError as error:
        raise WrongUseError(f"There is no person {by}; name a registrar with --as.") from error
    able = may(registrar, Right.KEEP_PEOPLE)
    if not able.allowed:
        raise WrongUseError(f"{by}: {able.reason}")
    desk = Desk(people, Accounts(reached.tables, pen))
    return leave(_text(file), registrar, desk, datetime.now(UTC), dry_run=dry_run)


def _text(file: Path) -> str:
    if file.stat().st_size > MOST_BYTES:
        raise WrongUseError(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUseError("Save the file as UTF-8.") from error


def _leavers(given: argparse.Namespace) -> int:
    try:
        reached = reach(given.stack, given.port, given.domain)
        outcome = read_in(reached, given.file, PersonId(given.by), dry_run=given.dry_run)
    except LeaverFileError as error:
        print(*(_faults_as_json(error) if given.json else _faults_as_text(error)), sep="\n")
        return FOUND
    except (OSError, OutOfReachError, WrongUseError, RecordsError) as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    print(*(_as_json(outcome, given) if given.json else _as_text(outcome, given)), sep="\n")
    return HELD


def _faults_as_json(error: LeaverFileError) -> Iterator[str]:
    yield json.dumps({"faults": [vars(fault) for fault in error.faults]})


def _faults_as_text(error: LeaverFileError) -> Iterator[str]:
    for fault in error.faults:
        yield f"line {fault.line}: {fault.sentence}"
    yield f"{len(error.faults)} faults; nobody's access was changed."


def _as_json(outcome: Outcome, given: argparse.Namespace) -> Iterator[str]:
    told = {
        "dry_run": given.dry_run,
        "left": [who.person_id for who in outcome.left],
        "left_before": [who.person_id for who in outcome.left_before],
        "not_yet": [who.person_id for who in outcome.not_yet],
        "not_ours": outcome.not_ours,
        "without_cover": list(outcome.without_cover),
    }
    yield json.dumps(told)


def _as_text(outcome: Outcome, given: argparse.Namespace) -> Iterator[str]:
    for who in outcome.left:
        yield f"line {who.line}: {who.person_id} {'would be' if given.dry_run else 'is'} out."
    for who in outcome.left_before:
        yield f"line {who.line}: {who.person_id} was out already."
    for who in outcome.not_yet:
        yield f"line {who.line}: {who.person_id} stays until {who.last_day}; send the file again."
    for account in outcome.without_cover:
        yield f"{account} has nobody left; hand it over."
    yield f"{len(outcome.left)} out, {outcome.not_ours} in the file are not ours."
