"""Certificates ready made, and what a reader of PDF that is not ours finds on them."""

import io
import re
from datetime import UTC, datetime

from pypdf import PdfReader

from archive.exporting.certificate import Asked, Certificate, Maker, System, Verified
from archive.exporting.export_court import exhibits_of
from archive.reading.find_leaf import find_leaf
from tests.unit.archive import lives_made as made

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MAKER = Maker("Siân Hughes", "records manager")
SYSTEM = System("Bluelamp", "0.1.0", "4c7ef37" + "0" * 33, "ab" * 32)
VERIFIED = Verified(
    "verify.py", "(SHA-256 " + "cd" * 32 + ")", "2026-09 holds: 329 leaves.", held=True
)


def a_certificate(*leaves, reading=None, **changes):
    """Of these leaves; the submission of the wrong post, where none is named."""
    reading = reading or made.a_reading()
    records = [find_leaf(reading, str(each)) for each in leaves or (7,)]
    usual = {
        "maker": MAKER,
        "system": SYSTEM,
        "asked": Asked("prove 7", "S. Hughes", NOW),
        "reading": reading,
        "exhibits": exhibits_of(records, "AB"),
        "verified": (VERIFIED,),
    }
    return Certificate(**{**usual, **changes})


def pages_in(pdf):
    """The text of each page, as a strict reader finds it."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf), strict=True).pages]


def joined(text):
    """Without the places where lines were broken."""
    return re.sub(r"\s+", "", text)
