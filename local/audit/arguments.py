"""What `bluelamp audit` may be told; what a command needs is read in when it is given."""

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from local.audit.typed_values import moment, seconds
from shared.months.retention import RetentionError, Schedule, read_schedule

FORMATS = ("jsonl", "csv", "html", "court", "foi", "activities")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Every room of it."""
    parser.description = "Ask sealed months of the record log, copied into a folder."
    parser.epilog = "Exit codes: 0 held, 1 something is wrong, 2 wrong use."
    rooms = parser.add_subparsers(dest="room", required=True, metavar="WHAT")
    _verify(rooms.add_parser("verify", help="check months to the last byte"))
    _search(rooms.add_parser("search", help="find posts by their words, or leaves of a kind"))
    _questions(rooms.add_parser("questions", help="ask for what must not be"))
    _show(rooms.add_parser("show", help="show the whole life of a post"))
    _prove(rooms.add_parser("prove", help="hand out a record with its proof and a certificate"))
    _export(rooms.add_parser("export", help="hand out many records"))
    _person(rooms.add_parser("person", help="hand out what speaks of one person"))
    _sample(rooms.add_parser("sample", help="draw a dip sample again and compare"))
    _reveal(rooms.add_parser("reveal", help="check what is said to open a withheld field"))


def _verify(room: argparse.ArgumentParser) -> None:
    room.description = "Run verify.py, as it lies in every month, and stands on its own."
    room.add_argument("paths", nargs="+", metavar="BAG|FOLDER", help="months, or the archive")
    _add_key(room)
    room.add_argument("--commit", metavar="DIR", help="where the months’ notes lie, if elsewhere")
    room.add_argument("--json", action="store_true", help="answer in JSON")
    room.set_defaults(run=_later("verify"))


def _search(room: argparse.ArgumentParser) -> None:
    room.description = (
        "Find versions of posts as they stood last, or, with --kind or --post, leaves. All has to "
        "be so. Capitals and accents make no difference, and a word may stand within a longer one."
    )
    room.add_argument("words", nargs="*", metavar="WORD", help="all of them occur in the text")
    room.add_argument("--phrase", metavar="TEXT", help="these words in this order")
    room.add_argument("--regex", metavar="PATTERN", help="a regular expression (RE2)")
    room.add_argument("--account", help="of this account")
    room.add_argument("--author", metavar="PERSON", help="written, or with --kind done, by them")
    room.add_argument("--approver", metavar="PERSON", help="approved by this person")
    room.add_argument("--platform", help="for this platform")
    room.add_argument("--state", help="that stood so last, such as published")
    room.add_argument("--rule", help="in which the policy check found this")
    room.add_argument("--kind", metavar="BEGINNING", help="leaves of this type, such as deletion.")
    room.add_argument("--post", metavar="ID", help="the whole life of this post, leaf by leaf")
    room.add_argument("--since", metavar="TIME", help="written or done at or after it")
    room.add_argument("--until", metavar="TIME", help="written or done before it")
    room.add_argument(
        "--as-of", metavar="TIME|SIZE", help="what was known then, or at this size of the log"
    )
    _add_archive(room)
    _add_answer(room)
    room.add_argument(
        "--most-months", type=int, default=24, metavar="N", help="widest range to search (24)"
    )
    room.set_defaults(run=_later("search"))


def _questions(room: argparse.ArgumentParser) -> None:
    room.description = (
        "Ask one of the fixed questions, such as own_approvals; without a name, list them. Each "
        "asks for what must not be. Read earlier months too: they say who may do what."
    )
    room.epilog = "Exit codes: 0 found nothing, 1 found something, or a bad month, 2 wrong use."
    room.add_argument("question", nargs="?", metavar="NAME", help="which question")
    room.add_argument("--since", metavar="TIME", help="done at or after it (all that is read)")
    room.add_argument("--until", metavar="TIME", help="done before it")
    room.add_argument(
        "--given", action="append", default=[], metavar="NAME=NUMBER", help="such as seconds=10"
    )
    _add_archive(room)
    _add_answer(room)
    room.set_defaults(run=_later("questions"))


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


def add_retention(deed: argparse.ArgumentParser) -> None:
    """What `bluelamp archive retention` may be told: it reads months as auditing does."""
    deed.description = "Which sealed months are past their time, and why the others stay."
    deed.epilog = "It disposes of nothing."
    _add_archive(deed)
    deed.add_argument(
        *("--schedule",),
        action="append",
        type=schedule,
        default=[],
        metavar="[TIME] YEARS",
        help="posts=7,consents=3; with a time before it, what is so since then",
    )
    deed.add_argument("--at", type=moment, metavar="TIME", help="how it stands then (now)")
    deed.add_argument("--json", action="store_true", help="answer in canonical JSON")


def _person(room: argparse.ArgumentParser) -> None:
    room.description = "Everything about one person, with what speaks of others withheld."
    room.add_argument("names", nargs="+", metavar="NAME", help="their id, address, name, handle")
    _add_archive(room)
    _add_out(room)
    room.add_argument("--others", type=Path, metavar="FILE", help="names to withhold, one a line")
    room.add_argument("--ground", default="", help="why the others’ data is withheld")
    room.add_argument("--secret", type=Path, metavar="FILE", help="made if not there (OUT.secret)")
    room.add_argument("--kept", type=Path, metavar="FILE", help="what opens it (OUT.kept)")
    room.add_argument("--reference", default="", help="of the request")
    room.set_defaults(run=_later("person"))


def _sample(room: argparse.ArgumentParser) -> None:
    room.description = (
        "Draw the dip sample of an account and month again, from the sealed month alone, and say "
        "whether it is the one on record."
    )
    room.add_argument("month", metavar="YYYY-MM", help="the month it was drawn from")
    room.add_argument("account", metavar="ACCOUNT", help="the account’s id")
    room.add_argument("--archive", type=Path, default=Path(), metavar="FOLDER", help="(.)")
    room.add_argument("--to", dest="last", metavar="YYYY-MM", help="the last month to read")
    _add_key(room)
    room.add_argument(
        "--rule", default="", metavar="RULE", help="share=10,least=2,most=10, if none is on record"
    )
    room.add_argument("--json", action="store_true", help="answer in canonical JSON")
    room.set_defaults(run=_later("sample"))


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


def _add_answer(room: argparse.ArgumentParser) -> None:
    """What every question that is asked of a copy may be told."""
    room.add_argument("--copy", type=Path, metavar="FOLDER", help="of the copy (ARCHIVE/.copy)")
    room.add_argument("--after", type=int, metavar="LEAF", help="the page behind this leaf")
    room.add_argument("--limit", type=int, default=100, metavar="N", help="rows of a page (100)")
    room.add_argument("--seconds", type=seconds, default=60.0, help="when it is given up (60)")
    room.add_argument("--json", action="store_true", help="answer in canonical JSON")


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


def schedule(typed: str) -> Schedule:
    """A retention schedule, as posts=7, or since a moment, as 2027-01-01T00:00Z posts=10."""
    first, _, rest = typed.strip().partition(" ")
    try:
        is_since = bool(rest) and "=" not in first
        return read_schedule(rest, moment(first)) if is_since else read_schedule(typed)
    except RetentionError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _later(name: str) -> Callable[[argparse.Namespace], int]:
    def run(given: argparse.Namespace) -> int:
        ran: int = import_module(f"local.audit.{name}").run(given)
        return ran

    return run
