"""A bundle for court: exhibits numbered, each with its exact bytes and its proof, a certificate, an
index, and what is needed to check all of it with tools that are not ours.

    README.txt  certificate.{json,html,pdf}  index.{csv,html,pdf}  SHA256SUMS
    exhibits/AB1/  AB1.{html,pdf}  leaf.json  payload.json  salted-payload  AB1.tlog-proof
    months/2026-10/  month.note  checkpoint  pubkeys.vkey  manifest-sha256.txt
                     tagmanifest-sha256.txt  timestamp.tsr  cosignatures/…

BundleError
├── BadLabelError        a label that no witness could produce an exhibit under
└── TooManyExhibitsError more exhibits than a court will take; carries how many
"""

import base64
import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from archive.exporting.certificate import Certificate, Exhibit
from archive.exporting.certificate_paper import certificate_paper, exhibit_rows, exhibit_sheet
from archive.exporting.export_tables import safe_cell
from archive.exporting.paper import Block, Heading, Paper, Row, Table
from archive.exporting.parcel import Parcel
from archive.exporting.print_html import print_html
from archive.exporting.print_pdf import print_pdf
from archive.exporting.prove_leaf import prove_leaf
from archive.reading.in_words import in_words
from archive.reading.read_record import Record
from archive.reading.sealed_bag import Bag
from shared.months.bag import COSIGNATURES, KEYS, MANIFEST, TAG_MANIFEST, TIMESTAMP

MOST = 500
"""Exhibits of one bundle: four hundred pages of paper, and an hour of printing."""

_LABEL = re.compile(r"[A-Z]{1,5}")
README = """\
Exhibits from the record log of {origin}, under the labels {first} to {last}.

certificate.pdf says who produces them, with what, and what each of them is; certificate.json says
the same for a machine, and its SHA-256 stands at the foot of every page of the certificate.
index.pdf lists the exhibits.

To check them nothing of the system that made them is needed.

1. That no file of this bundle was changed:        sha256sum -c SHA256SUMS
   The SHA-256 of about.json stands for all of them: write it down when they are handed to you.
2. That a record is the one the log holds:         (printf '\\000'; cat leaf.json) | sha256sum
   gives the leaf hash that the exhibit names.
3. That the record speaks of exactly these words:  sha256sum salted-payload
   gives the payload_sha256 in leaf.json. The file is 32 bytes of salt, then payload.json. It is
   missing where text of other people in it was erased; then nobody can say so any more.
4. That the record was logged: the .tlog-proof (c2sp.org/tlog-proof) leads from leaf.json to the
   signed checkpoint in it. Any implementation of RFC 9162 and of Go's signed notes checks it, by
   the log's key in pubkeys.vkey. Compare that key with the one that the force publishes.
5. That its month was sealed: month.note is signed by the archive's key and names the SHA-256 of
   tagmanifest-sha256.txt, which names manifest-sha256.txt, which names every file of the month.
   With the month itself, its own verify.py checks all of it.
6. When, if there is a timestamp:
   openssl ts -verify -in timestamp.tsr -data checkpoint -CAfile <root of the authority>
"""


class BundleError(Exception):
    """Root of why there is no bundle."""


class BadLabelError(BundleError):
    """A label that no witness could produce an exhibit under."""

    def __init__(self, label: str) -> None:
        super().__init__(f"{label[:20]!a} is no exhibit label. Give one to five capitals, as AB.")


class TooManyExhibitsError(BundleError):
    """More exhibits than a court will take."""

    def __init__(self) -> None:
        super().__init__(f"That is more than {MOST} exhibits. Ask for fewer, or export JSON Lines.")


def exhibits_of(records: Iterable[Record], label: str, first: int = 1) -> tuple[Exhibit, ...]:
    """Each record proved, under its label and number; BadLabelError, TooManyExhibitsError."""
    if not _LABEL.fullmatch(label) or first < 1:
        raise BadLabelError(label)
    exhibits: list[Exhibit] = []
    for number, record in enumerate(records, first):
        if len(exhibits) == MOST:
            raise TooManyExhibitsError
        exhibits.append(Exhibit(f"{label}{number}", prove_leaf(record)))
    return tuple(exhibits)


def export_court(certificate: Certificate, parcel: Parcel) -> int:
    """The bundle; how many exhibits."""
    add_certificate(certificate, parcel)
    index = _index(certificate)
    parcel.add("index.html", print_html(index))
    parcel.add("index.pdf", print_pdf(index))
    parcel.add("index.csv", _index_csv(certificate))
    for exhibit in certificate.exhibits:
        folder = f"exhibits/{exhibit.label}/"
        sheet = _sheet(exhibit, certificate)
        parcel.add(f"{folder}{exhibit.label}.html", print_html(sheet))
        parcel.add(f"{folder}{exhibit.label}.pdf", print_pdf(sheet))
        add_exhibit(exhibit, parcel, folder)
    for bag in certificate.bags:
        add_month(bag, parcel, f"months/{bag.month}/")
    return len(certificate.exhibits)


def add_certificate(certificate: Certificate, parcel: Parcel) -> None:
    """The certificate as data, to read and to print; what a verifier said; how to check it all."""
    paper = certificate_paper(certificate)
    parcel.add("certificate.json", certificate.data)
    parcel.add("certificate.html", print_html(paper))
    parcel.add("certificate.pdf", print_pdf(paper))
    for number, each in enumerate(certificate.verified, 1):
        parcel.add(f"verifier-{number}.txt", each.output.encode("utf-8", "replace"))
    labels = [each.label for each in certificate.exhibits]
    origin = certificate.bags[0].sealed.origin if certificate.bags else "nobody"
    ends = {"first": labels[0], "last": labels[-1]} if labels else {"first": "none", "last": "none"}
    parcel.add("README.txt", README.format(origin=origin, **ends).encode())


def add_exhibit(exhibit: Exhibit, parcel: Parcel, folder: str = "") -> None:
    """The exact bytes of an exhibit, and its proof."""
    line = exhibit.proven.record.line
    parcel.add(f"{folder}leaf.json", line.envelope)
    parcel.add(f"{folder}payload.json", line.payload)
    if line.salt is not None:
        parcel.add(f"{folder}salted-payload", line.salt + line.payload)
    parcel.add(f"{folder}{exhibit.label}.tlog-proof", exhibit.proven.file)


def add_month(bag: Bag, parcel: Parcel, folder: str) -> None:
    """What seals the month that an exhibit is from."""
    parcel.add(f"{folder}month.note", bag.note)
    parcel.add(f"{folder}checkpoint", bag.end_note)
    for path in (KEYS, MANIFEST, TIMESTAMP):
        if path in bag.files:
            parcel.add(f"{folder}{PurePosixPath(path).name}", bag.read(path))
    parcel.add(f"{folder}{TAG_MANIFEST}", bag.tag_manifest)
    names = sorted(path for path in bag.files if path.startswith(COSIGNATURES))
    for number, path in enumerate(names, 1):
        # Their names are other people's; the certificate says which is whose.
        parcel.add(f"{folder}cosignatures/{number}", bag.read(path))


def _index(certificate: Certificate) -> Paper:
    columns = (("Exhibit", 2), ("What", 7), ("About", 11), ("When", 6), ("Who", 5), ("Leaf", 2))
    lines = tuple(
        (
            each.label,
            in_words(each.proven.record.envelope.type),
            each.proven.record.envelope.subject[:120],
            f"{each.proven.record.envelope.at:%Y-%m-%d %H:%M:%S} UTC",
            each.proven.record.envelope.actor[:80],
            str(each.proven.record.index),
        )
        for each in certificate.exhibits
    )
    foot = f"SHA-256 of certificate.json: {certificate.sha256}"
    return Paper("Index of exhibits", (Table(columns, lines),), foot)


def _index_csv(certificate: Certificate) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    columns = ("exhibit", "leaf_index", "leaf_hash", "leaf_id", "type", "subject", "at", "actor")
    writer.writerow((*columns, "leaf_sha256", "payload_sha256", "salt"))
    for each in certificate.exhibits:
        writer.writerow([safe_cell(cell) for cell in _index_cells(each)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "backslashreplace")


def _index_cells(exhibit: Exhibit) -> Iterator[str]:
    proven, record = exhibit.proven, exhibit.proven.record
    said, salt = record.envelope, record.line.salt
    yield from (exhibit.label, str(record.index), record.leaf_hash, said.leaf_id, said.type)
    yield from (said.subject, said.at.isoformat(timespec="milliseconds"), said.actor)
    yield from (proven.envelope_sha256, proven.payload_sha256)
    yield "" if salt is None else base64.b64encode(salt).decode()


def _sheet(exhibit: Exhibit, certificate: Certificate) -> Paper:
    said = exhibit.proven.record.envelope
    most = 20_000
    blocks: list[Block] = [
        Row("Exhibit", exhibit.label),
        Row("What happened", in_words(said.type)),
        *exhibit_rows(exhibit, most),
        Heading("Certificate"),
        Row("SHA-256", certificate.sha256),
        *exhibit_sheet(exhibit, beyond=most),
    ]
    return Paper(f"Exhibit {exhibit.label}", tuple(blocks), f"Leaf {exhibit.proven.record.index}")
