"""The files that an auditor saves: a record with its proof and certificate, or a bundle for court.

    leaf      leaf-12.zip (all of it)  AB12.tlog-proof  certificate.pdf  certificate.html
    bundle    bundle.zip (all of it)  index.pdf  certificate.pdf  certificate.html

Nothing in them comes from a clock or from chance but what the order says: made again, they are the
same to the byte.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from archive.exporting.certificate import Asked, Certificate, Exhibit, Maker, System, Verified
from archive.exporting.export_court import (
    add_certificate,
    add_exhibit,
    add_month,
    exhibits_of,
    export_court,
)
from archive.exporting.parcel import Parcel, parcel_at
from archive.proving.run_verifier import edition
from archive.reading.bags import Reading
from archive.reading.read_record import find_record
from shared.months.proof_order import Kind, MadeFile, Order, Producer
from shared.recordlog.canonical import JSON

ALONE = (".tlog-proof", "certificate.pdf", "certificate.html", "index.pdf")
"""How files end that can be saved by themselves, too."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip knows: whenever it is made, it is the same."""

MOST_SHOWN = 20
Put = Callable[[str, bytes], None]
"""Lays a file, by its name, where it can be saved from."""


@dataclass(frozen=True)
class Made:
    """The files, and which of the records hold text of other people, which nobody can read here."""

    files: tuple[MadeFile, ...]
    sealed: tuple[int, ...]


def make_files(
    order: Order, reading: Reading, *, producer: Producer, system: System, scratch: Path, put: Put
) -> Made:
    """What was made of these months, all of it laid; NoMonthError, UntrueBagError, BundleError,
    CertificateError. `scratch` is an empty folder."""
    records = (find_record(reading.holding(index), index) for index in order.leaves)
    exhibits = exhibits_of(records, producer.label, producer.number)
    certificate = _certificate(order, producer, reading, exhibits, system)
    place = scratch / _name(order)
    with parcel_at(place) as parcel:
        if order.kind is Kind.LEAF:
            _one(certificate, parcel)
        else:
            export_court(certificate, parcel)
        parcel.finish(_about(order, reading))
    proven = (each.proven.record for each in exhibits)
    sealed = tuple(each.index for each in proven if each.is_sealed)
    return Made(tuple(_laid(place, scratch, put)), sealed)


def remarks(reading: Reading, sealed: tuple[int, ...] = ()) -> str:
    """What whoever reads the answer should know: sentences, or nothing."""
    told = [
        f"{each.month} was disposed of: leaf {each.index} says who let it go."
        for each in reading.disposed
    ]
    told += [f"{month} is missing." for month in reading.missing]
    if sealed:
        shown = ", ".join(map(str, sealed[:MOST_SHOWN]))
        more = " and others" if len(sealed) > MOST_SHOWN else ""
        told.append(
            f"Text of other people stands sealed in leaf {shown}{more}, or was erased: it cannot "
            "be read, and the certificate says so."
        )
    return " ".join(told)


def _one(certificate: Certificate, parcel: Parcel) -> None:
    [exhibit] = certificate.exhibits
    add_certificate(certificate, parcel)
    add_exhibit(exhibit, parcel)
    add_month(exhibit.proven.record.bag, parcel, "month/")


def _certificate(
    order: Order,
    producer: Producer,
    reading: Reading,
    exhibits: tuple[Exhibit, ...],
    system: System,
) -> Certificate:
    said = "\n\n".join(each.said for each in order.checked)
    verified = (Verified("verify.py", edition(), said, held=True),) if order.checked else ()
    asked = Asked(_words(order), producer.name, order.asked_at.replace(microsecond=0))
    maker = Maker(producer.name, producer.role)
    return Certificate(maker, system, asked, reading, exhibits, verified)


def _words(order: Order) -> str:
    """The question, word for word, as the API could be asked it."""
    said = {"about": order.about, "from": str(order.first), "to": str(order.last)}
    return f"{order.kind.value} {json.dumps(said, sort_keys=True)}"


def _name(order: Order) -> str:
    return f"leaf-{order.leaves[0]}" if order.kind is Kind.LEAF else "bundle"


def _about(order: Order, reading: Reading) -> dict[str, JSON]:
    asked: dict[str, JSON] = {
        "about": order.about,
        "kind": order.kind.value,
        "proof_id": order.proof_id,
    }
    return {"asked": asked, "count": len(order.leaves), "read": reading.as_json()}


def _laid(place: Path, scratch: Path, put: Put) -> Iterator[MadeFile]:
    packed = scratch / f"{place.name}.zip"
    _pack(place, packed)
    alone = [each for each in sorted(place.iterdir()) if each.name.endswith(ALONE)]
    for file in (packed, *alone):
        data = file.read_bytes()
        put(file.name, data)
        yield MadeFile(file.name, len(data), sha256(data).hexdigest())


def _pack(place: Path, packed: Path) -> None:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for file in sorted(each for each in place.rglob("*") if each.is_file()):
            named = zipfile.ZipInfo(f"{place.name}/{file.relative_to(place).as_posix()}", EPOCH)
            named.compress_type = zipfile.ZIP_DEFLATED
            named.external_attr = 0o644 << 16
            whole.writestr(named, file.read_bytes())
