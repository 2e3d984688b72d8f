"""What `bluelamp archive` may be told; what a command needs is read in when it is given."""

import argparse

from local.audit.arguments import add_retention
from local.reach import LOCAL
from shared.months.errors import BadMonthError
from shared.months.month import Month, read_month

WAIT_MINUTES = 60.0
"""A month of a large force, its export among it, takes about half an hour."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Every deed of it."""
    parser.description = "Keep the archive of sealed months."
    parser.epilog = "Exit codes: 0 held, 1 something is wrong, 2 wrong use."
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    _close(deeds.add_parser("close", help="have a month sealed now, and see it sealed"))
    _retention(deeds.add_parser("retention", help="which months may go, and why the others stay"))


def _close(deed: argparse.ArgumentParser) -> None:
    deed.description = (
        "Start the state machine that seals months, as every night does, and follow it. Months are "
        "sealed the oldest first. Whatever this command meets, nothing has to be cleared away."
    )
    deed.add_argument("--month", type=_month, required=True, metavar="YYYY-MM")
    deed.add_argument(
        "--wait",
        type=float,
        default=WAIT_MINUTES,
        metavar="MINUTES",
        help=f"how long to follow it ({WAIT_MINUTES:g}); it goes on without us",
    )
    deed.add_argument("--json", action="store_true", help="answer as one JSON object")
    deed.add_argument("--stack", default=LOCAL, help=f"the force's stack ({LOCAL})")
    deed.add_argument("--port", type=int, default=8080, help="of the force that runs here")
    deed.add_argument("--domain", help="the force's e-mail domain, where it is not the local")
    deed.set_defaults(run=_run_close)


def _run_close(given: argparse.Namespace) -> int:
    from local.archive import close

    return close.run(given)


def _retention(deed: argparse.ArgumentParser) -> None:
    add_retention(deed)
    deed.set_defaults(run=_run_retention)


def _run_retention(given: argparse.Namespace) -> int:
    from local.archive import retention

    return retention.run(given)


def _month(typed: str) -> Month:
    try:
        return read_month(typed)
    except BadMonthError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
