"""Values on the command line of `bluelamp audit`, each read or refused with a sentence."""

import argparse
from datetime import datetime

LONGEST_WAIT = 3_600
"""Seconds."""


def seconds(typed: str) -> float:
    """How long somebody waits for an answer."""
    try:
        wait = float(typed)
    except ValueError:
        wait = 0.0
    if 0 < wait <= LONGEST_WAIT:  # nan is neither
        return wait
    raise argparse.ArgumentTypeError(
        f"write seconds as a number up to {LONGEST_WAIT}, such as 60, not {typed!r}"
    )


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
