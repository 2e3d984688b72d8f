"""A pack for a request under the Freedom of Information Act: records with fields withheld.

Each withheld field is marked where it stood, with its ground and a commitment (`redact`); what
opens it stays with the force. A value that is withheld in one place and stands in another is told
before anything is handed over.

    README.txt  records.jsonl  records.html  redactions.csv  proofs/<leaf>.tlog-proof  months/…

PackError
└── StillThereError     a withheld value stands elsewhere in the pack; carries where
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rfc8785 import dumps

from archive.exporting.export_tables import JSON_LINES, safe_cell
from archive.exporting.parcel import Parcel
from archive.exporting.print_html import page, shown
from archive.exporting.prove_leaf import prove_leaf
from archive.exporting.redact import BadOpeningError, Opening, Redacted
from archive.reading.in_words import in_words
from archive.reading.pointers import fields_of, names_in, places
from shared.months.bag import KEYS
from shared.recordlog.canonical import JSON

MOST = 2_000
"""Records of one pack; who needs more asks by month."""

FEWEST_LETTERS = 4
"""Shorter values stand in many places and mean nothing there."""

PLACES_TOLD = 5
README = """\
Records given out under the Freedom of Information Act 2000: {count}, of which {redacted} have
fields that are withheld.

records.html is for reading; records.jsonl holds the same, one record a line, canonical JSON
(RFC 8785). A field that is withheld says on which ground, and has a commitment: SHA-256 over 32
bytes of salt and the canonical value. The salts stay with the force. If a field is shown to you
later, with its salt, the commitment proves that it is what was withheld:

    bluelamp audit reveal <this folder> <the file that opens it>

leaf_hash is the record's place in the force's log (RFC 9162). Of a record with no field of its
envelope withheld it is SHA-256 over a zero byte and the envelope as canonical JSON; and
proofs/<leaf index>.tlog-proof (c2sp.org/tlog-proof) shows that it was logged.
"""


class PackError(Exception):
    """Root of why there is no pack."""


class StillThereError(PackError):
    """A withheld value stands elsewhere in the pack."""

    def __init__(self, found: Sequence["Leak"]) -> None:
        told = "; ".join(f"{each.pointer} of leaf {each.leaf}" for each in found[:PLACES_TOLD])
        super().__init__(
            f"What is withheld stands elsewhere too, in {len(found)} places: {told}. Withhold it "
            "there, or say that it may stand."
        )
        self.found = tuple(found)


@dataclass(frozen=True)
class Leak:
    """Where a value stands that is withheld elsewhere."""

    leaf: int
    pointer: str


def export_foi(
    redacted: Sequence[Redacted], parcel: Parcel, *, may_stand: bool = False, readme: str = README
) -> int:
    """The pack; how many records. StillThereError, with nothing written, unless that is allowed."""
    found = [] if may_stand else list(leaks(redacted))
    if found:
        raise StillThereError(found)
    with parcel.stream(JSON_LINES) as file:
        for each in redacted:
            file.write(dumps(each.given) + b"\n")
    parcel.add("records.html", page("Records given out", _html(redacted)))
    parcel.add("redactions.csv", _list_of(redacted))
    several = sum(1 for each in redacted if each.openings)
    parcel.add("README.txt", readme.format(count=len(redacted), redacted=several).encode())
    for each in redacted:
        proof = prove_leaf(each.record).file
        parcel.add(f"proofs/{each.record.index}.tlog-proof", proof)
    for bag in {each.record.bag.month: each.record.bag for each in redacted}.values():
        parcel.add(f"months/{bag.month}/month.note", bag.note)
        parcel.add(f"months/{bag.month}/pubkeys.vkey", bag.read(KEYS))
    return len(redacted)


def kept_openings(redacted: Iterable[Redacted]) -> bytes:
    """What stays with the force: one opening a line."""
    return b"".join(dumps(o.as_json()) + b"\n" for each in redacted for o in each.openings)


def leaks(redacted: Sequence[Redacted]) -> Iterator[Leak]:
    """Every place where a value still stands that is withheld somewhere."""
    secret = {
        said
        for each in redacted
        for opening in each.openings
        for _, said in fields_of(opening.value)
        if isinstance(said, str) and len(said) >= FEWEST_LETTERS
    }
    for each in redacted:
        given = {name: each.given[name] for name in ("envelope", "payload")}
        marked = {opening.pointer for opening in each.openings}
        for pointer, said in fields_of(given):
            is_mark = pointer.rpartition("/")[0] in marked
            if isinstance(said, str) and not is_mark and any(one in said for one in secret):
                yield Leak(each.record.index, pointer)


def held_against(
    pack: Iterable[bytes], openings: Iterable[Opening]
) -> Iterator[tuple[Opening, bool]]:
    """Each opening, and whether it opens what the pack withheld; BadOpeningError for a pack that
    is none."""
    committed: dict[tuple[int, str], str] = {}
    for line in pack:
        try:
            record = json.loads(line)
            for each in record["withheld"]:
                committed[(record["leaf_index"], each["field"])] = each["commitment"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadOpeningError("This is no pack of redacted records.") from error
    for opening in openings:
        yield opening, committed.get((opening.leaf, opening.pointer)) == opening.commitment


def stands_in(record: Mapping[str, JSON], opening: Opening) -> bool:
    """Whether the record itself says at that field what the opening says."""
    found = [value for _, value in places(record, names_in(opening.pointer))]
    return found == [opening.value]


def _list_of(redacted: Sequence[Redacted]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(("leaf_index", "leaf_hash", "field", "ground", "commitment"))
    for each in redacted:
        for opening in each.openings:
            cells = (opening.pointer, opening.ground, opening.commitment)
            line = (str(each.record.index), each.record.leaf_hash, *cells)
            writer.writerow([safe_cell(cell) for cell in line])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "backslashreplace")


def _html(redacted: Sequence[Redacted]) -> str:
    sections = "\n".join(_section(each) for each in redacted)
    return f"<h1>Records given out</h1>\n<p>{len(redacted)} records.</p>\n{sections}"


def _section(redacted: Redacted) -> str:
    record, grounds = redacted.record, {o.pointer: o.ground for o in redacted.openings}
    given = {name: redacted.given[name] for name in ("envelope", "payload")}
    rows = []
    for pointer, said in fields_of(given):
        above, _, name = pointer.rpartition("/")
        if above in grounds:
            if name == "withheld":
                mark = f'<span class="withheld">withheld: {shown(grounds[above])}</span>'
                rows.append((above, mark))
            continue
        text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        rows.append((pointer, shown(text)))
    body = "".join(
        f'<tr><th scope="row">{shown(label[1:])}</th><td class="words">{markup}</td></tr>\n'
        for label, markup in rows
    )
    hidden = not grounds.keys().isdisjoint(("/envelope", "/envelope/type"))
    kind = "withheld" if hidden else in_words(record.envelope.type)
    leaf = f"Leaf {record.index}: {kind}"
    place = f'<p class="exact">leaf hash {record.leaf_hash}</p>'
    return f"<h2>{shown(leaf)}</h2>\n{place}\n<table>{body}</table>"
