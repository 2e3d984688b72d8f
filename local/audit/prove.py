"""`bluelamp audit prove`: one record in a folder, with its proof, certificate and month's seal.

<label>.tlog-proof  leaf.json  payload.json  salted-payload
certificate.{json,html,pdf}  README.txt  month/…  about.json  SHA256SUMS
"""

import argparse

from archive.exporting.export_court import add_certificate, add_exhibit, add_month, exhibits_of
from archive.exporting.parcel import parcel_at
from archive.reading.find_leaf import find_leaf
from local.audit.asked import HELD, answered, months_asked
from local.audit.certify import certified
from local.audit.plain import plain
from local.audit.progress import Progress


def run(given: argparse.Namespace) -> int:
    """Hand it out."""
    return answered(_prove, given)


def _prove(given: argparse.Namespace) -> int:
    with Progress() as progress:
        reading = months_asked(given, progress)
        record = find_leaf(reading, given.leaf)
        [exhibit] = exhibits_of([record], given.exhibit, given.number)
        question = f"prove {given.leaf}"
        certificate = certified(given, reading, (exhibit,), question, progress)
        with parcel_at(given.out) as parcel:
            add_certificate(certificate, parcel)
            add_exhibit(exhibit, parcel)
            add_month(record.bag, parcel, "month/")
            about = {"prove": {"leaf": given.leaf}, "read": reading.as_json()}
            digest = parcel.finish(about)
    print(f"Leaf {record.index}, hash {record.leaf_hash}")
    print(f"{plain(record.envelope.type)}, {plain(record.envelope.subject)}")
    print(f"Proved under {exhibit.label}, of {record.bag.month}, bag {record.bag.sealed.bag}")
    print(f"Certificate: SHA-256 {certificate.sha256}")
    print(f"{given.out}: SHA-256 of about.json {digest}")
    return HELD
