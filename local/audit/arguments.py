"""What `bluelamp audit` may be told; what a command needs is read in when it is given."""

import argparse
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

FORMATS = ("jsonl", "csv", "html", "court", "foi", "activities")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Every room of it."""
    parser.description = "Ask sealed months of the record log, copied into a folder."
    parser.epilog = "Exit codes: 0 held, 1 something is wrong, 2 wrong use."
    rooms = parser.add_subparsers(dest="room", required=True, metavar="WHAT")
    _verify(rooms.add_parser("verify", help="check months to the last byte"))
    _show(rooms.add_parser("show", help="show the whole life of a post"))
    _prove(rooms.add_parser("prove", help="hand out a record with its proof and a certificate"))
    _export(rooms.add_parser("export", help="hand out many records"))
    _reveal(rooms.add_parser("reveal", help="check what is said to open a withheld field"))


def _verify(room: argparse.ArgumentParser) -> None:
    room.description = "Run verify.py, as it lies in every month, and stands on its own."
    room.add_argument("paths", nargs="+", metavar="BAG|FOLDER", help="months, or the archive")
    _add_key(room)
    room.add_argument("--commit", metavar="DIR", help="where the months’ notes lie, if elsewhere")
    room.add_argument("--json", action="store_true", help="answer in JSON")
    room.set_defaults(run=_later("verify"))


def _show(room: argparse.ArgumentParser) -> None:
    room.description = "Every leaf about a post, in the order of the log, with index and hash."
    room.add_argument("post", metavar="POST", help="its id; a version’s name does as well")
    _add_archive(room)
    room.add_argument("--json", action="store_true", help="answer in canonical JSON")
    room.set_defaults(run=_later("show"))


def _prove(room: argparse.ArgumentParser) -> None:
    room.description = "Write a .tlog-proof, a one-page certificate, and what checks them."
    room.add_argument("leaf", metavar="LEAF", help="its index in the log, or its id")
    _add_archive(room)
    _add_out(room)
    _add_certificate(room, required=True)
    room.set_defaults(run=_later("prove"))


def _export(room: argparse.ArgumentParser) -> None:
    room.description = "Write records into a folder, with about.json: what was asked and read."
    room.add_argument("format", choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
    _add_archive(room)
    _add_out(room)
    which = room.add_argument_group("which records (all, where nothing is said)")
    which.add_argument("--post", help="the whole life of this post")
    which.add_argument("--account", help="about this account")
    which.add_argument("--who", metavar="PERSON", help="done or approved by this person")
    which.add_argument("--type", action="append", default=[], metavar="BEGINNING")
    which.add_argument("--since", type=moment, metavar="TIME", help="done at or after it")
    which.add_argument("--until", type=moment, metavar="TIME", help="done before it")
    which.add_argument("--leaves", metavar="FILE", help="one leaf a line: an index, or JSON; - too")
    _add_certificate(room.add_argument_group("court"), required=False)
    foi = room.add_argument_group("foi")
    foi.add_argument("--redactions", type=Path, metavar="FILE", help="which fields, on what ground")
    foi.add_argument("--secret", type=Path, metavar="FILE", help="made if it is not there")
    foi.add_argument(
        "--kept", type=Path, metavar="FILE", help="what opens them; for the force only"
    )
    foi.add_argument("--reference", default="", help="of the request")
    foi.add_argument("--may-stand", action="store_true", help="withheld words may stand elsewhere")
    activities = room.add_argument_group("activities")
    activities.add_argument("--every-platform", action="store_true", help="the sandbox as well")
    room.set_defaults(run=_later("export"))


def _reveal(room: argparse.ArgumentParser) -> None:
    room.description = "Show that what opens a withheld field is what the pack committed to."
    room.add_argument("pack", type=Path, metavar="PACK", help="the folder that was given out")
    room.add_argument("openings", type=Path, metavar="OPENINGS", help="the file the force kept")
    room.add_argument("--leaf", type=int, help="only this leaf")
    room.add_argument("--field", help="only this field, such as /payload/text")
    room.add_argument("--archive", type=Path, metavar="FOLDER", help="compare with the record too")
    _add_key(room)
    room.set_defaults(run=_later("reveal"))


def _add_archive(room: argparse.ArgumentParser) -> None:
    room.add_argument(
        *("--archive",), type=Path, default=Path(), metavar="FOLDER", help="with months in it (.)"
    )
    room.add_argument("--from", dest="first", metavar="YYYY-MM", help="the first month to read")
    room.add_argument("--to", dest="last", metavar="YYYY-MM", help="the last month to read")
    _add_key(room)


def _add_key(room: argparse.ArgumentParser) -> None:
    room.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="VKEY|FILE",
        help="a key the force published; without any, those in the bags are believed",
    )


def _add_out(room: argparse.ArgumentParser) -> None:
    room.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="made; must be new")


def _add_certificate(room: "argparse._ActionsContainer", *, required: bool) -> None:
    room.add_argument("--maker", required=required, metavar="NAME", help="who produces it")
    room.add_argument("--role", required=required, help="what they are in the force")
    room.add_argument("--operator", metavar="NAME", help="who asked, if somebody else")
    room.add_argument(
        "--exhibit", default="BL", metavar="INITIALS", help="label, as BL in BL1 (BL)"
    )
    room.add_argument("--number", type=int, default=1, help="of the first exhibit (1)")
    room.add_argument("--declaration", type=Path, metavar="FILE", help="the solicitor’s words")
    room.add_argument("--at", type=moment, metavar="TIME", help="when it was asked (now)")
    room.add_argument("--unverified", action="store_true", help="do not run verify.py as well")


def moment(typed: str) -> datetime:
    """A time with its zone, as 2026-11-20T09:00:00Z."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"write a time as 2026-11-20T09:00Z, not {typed!r}"
        ) from error
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{typed!r} does not say its time zone; write Z for UTC")
    return at


def _later(name: str) -> Callable[[argparse.Namespace], int]:
    def run(given: argparse.Namespace) -> int:
        ran: int = import_module(f"local.audit.{name}").run(given)
        return ran

    return run
