"""A certificate from the command line: who asks, when, with what; and what verify.py says."""

import argparse
from datetime import UTC, datetime

from archive.exporting.certificate import Asked, Certificate, Exhibit, Maker
from archive.reading.bags import Reading
from local.audit.errors import NoMakerError, NotHeldError
from local.audit.progress import Progress
from local.audit.system import this_system
from local.audit.verify import verified

MOST_DECLARED_BYTES = 20_000


def certified(
    given: argparse.Namespace,
    reading: Reading,
    exhibits: tuple[Exhibit, ...],
    question: str,
    progress: Progress,
) -> Certificate:
    """The certificate of these exhibits; NoMakerError, NotHeldError, CertificateError."""
    if not given.maker or not given.role:
        raise NoMakerError
    at = (given.at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    maker = Maker(given.maker, given.role)
    asked = Asked(question, given.operator or given.maker, at)
    said = []
    if not given.unverified:
        progress.tell("verify.py reads the months of the exhibits")
        months = sorted({str(each.proven.record.bag.month) for each in exhibits})
        said = [verified(reading, months, given.archive, given.key)]
        if not said[0].held:
            raise NotHeldError(said[0].output)
    declaration = ""
    if given.declaration:
        with given.declaration.open("rb") as held:
            declaration = held.read(MOST_DECLARED_BYTES).decode("utf-8").strip()
    return Certificate(maker, this_system(), asked, reading, exhibits, tuple(said), declaration)
