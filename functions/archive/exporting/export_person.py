"""What a person is given of the records about them, with everybody else's data withheld.

    README.txt  found.jsonl  unopened.csv  redactions.json
    records.jsonl  records.html  redactions.csv  proofs/<leaf>.tlog-proof  months/…

What is withheld is proposed by a machine, which knows ids, addresses and the names it was told:
somebody reads the pack before it is handed over. `redactions.json` is what was ordered, as
`bluelamp audit export foi --redactions` takes it, and `found.jsonl` is what its `--leaves` takes,
so that a pack can be made again with more withheld, or less. No field of either names anybody else.
"""

import csv
import io
from collections.abc import Collection, Iterator, Sequence

from rfc8785 import dumps

from archive.exporting.export_foi import export_foi
from archive.exporting.export_tables import safe_cell
from archive.exporting.parcel import Parcel
from archive.exporting.redact import Order, Redacted
from archive.reading.find_person import Found, Unopened, open_fields
from archive.reading.names import Names, addresses_in
from archive.reading.pointers import names_in, pointer_of
from shared.recordlog.canonical import JSON

GROUND = "information about somebody else"
README = """\
Records of the force's record log that speak of you: {count}, of which {redacted} have fields that
are withheld, because they speak of somebody else.

records.html is for reading; records.jsonl holds the same, one record a line, canonical JSON
(RFC 8785). found.jsonl says where in each record you stand: as the one who acted, who approved, as
its subject, or named in a field. unopened.csv lists records that hold text in cipher, which cannot
be read from the archive: whether it speaks of you is answered apart from this pack.

A field that is withheld says why, and has a commitment: SHA-256 over 32 bytes of salt and the
canonical value. The salts stay with the force. If a field is shown to you later, with its salt, the
commitment proves that it is what was withheld:

    bluelamp audit reveal <this folder> <the file that opens it>

leaf_hash is the record's place in the force's log (RFC 9162). Of a record with no field of its
envelope withheld it is SHA-256 over a zero byte and the envelope as canonical JSON; and
proofs/<leaf index>.tlog-proof (c2sp.org/tlog-proof) shows that it was logged.
"""


def orders_for(found: Found, names: Names, others: Names, ground: str = GROUND) -> Iterator[Order]:
    """What of a record is withheld: every field that names somebody else, or has an address that
    was not given as the person's. Where the name of a field does, all it stands among goes."""
    ordered: set[str] = set()
    for pointer, value in open_fields(found.record):
        around = _within_a_name(pointer, others)
        text = value if isinstance(value, str) else ""
        strange = [each for each in addresses_in(text) if not names.are(each)]
        if around is None and not strange and not others.stand_in(text):
            continue
        where = pointer if around is None else around
        if where not in ordered:
            ordered.add(where)
            yield Order(found.record.index, where, ground)


def speaks_of_both(found: Found, withheld: Collection[str]) -> tuple[str, ...]:
    """The fields that speak of the person and are withheld all the same: somebody has to look."""
    return tuple(
        each for each in found.fields if any(f"{each}/".startswith(f"{w}/") for w in withheld)
    )


def export_person(
    found: Sequence[Found],
    redacted: Sequence[Redacted],
    orders: Sequence[Order],
    unopened: Sequence[Unopened],
    parcel: Parcel,
) -> int:
    """The pack; how many records."""
    withheld: dict[int | None, set[str]] = {}
    for order in orders:
        withheld.setdefault(order.leaf, set()).add(order.pointer)
    with parcel.stream("found.jsonl") as file:
        for each in found:
            file.write(dumps(_told(each, withheld.get(each.record.index, set()))) + b"\n")
    parcel.add("unopened.csv", _list_of(unopened))
    listed: list[JSON] = [
        {"field": each.pointer, "ground": each.ground, "leaf": each.leaf} for each in orders
    ]
    parcel.add("redactions.json", dumps(listed) + b"\n")
    # A value that stands elsewhere too names the same people there, and so is withheld there.
    return export_foi(redacted, parcel, may_stand=True, readme=README)


def _told(found: Found, withheld: Collection[str]) -> JSON:
    """Where the person stands in a record; a field within something withheld is not named."""
    record, both = found.record, speaks_of_both(found, withheld)
    shown = [each for each in found.fields if each in withheld or each not in both]
    return {
        "as": list(found.roles),
        "fields": [*shown],
        "leaf_hash": record.leaf_hash,
        "leaf_index": record.index,
        "month": str(record.bag.month),
        "withheld": [each for each in shown if each in both],
    }


def _within_a_name(pointer: str, others: Names) -> str | None:
    """What holds the first field on the way whose own name says somebody else's; None if none."""
    names = names_in(pointer)
    for place, name in enumerate(names):
        if place and others.stand_in(name):
            return pointer_of(names[:place])
    return None


def _list_of(unopened: Sequence[Unopened]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(("leaf_index", "leaf_hash", "month", "type", "names_the_person", "erased"))
    for each in unopened:
        record = each.record
        said = (str(record.bag.month), record.envelope.type)
        flags = tuple("yes" if flag else "no" for flag in (each.names, each.erased))
        line = (str(record.index), record.leaf_hash, *said, *flags)
        writer.writerow([safe_cell(cell) for cell in line])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "backslashreplace")
