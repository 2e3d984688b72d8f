"""The certificate as a page: one, where there is one exhibit.

Whatever is too long for the page is cut there, says so, and stands whole in certificate.json and on
the sheets behind it.
"""

from collections.abc import Iterator
from dataclasses import replace

from archive.exporting.certificate import (
    CLOCK,
    HOW_KEPT,
    HOW_MADE,
    NO_GAPS,
    NOTHING_WITHHELD,
    Certificate,
    Exhibit,
    signers_of,
)
from archive.exporting.paper import (
    Block,
    Heading,
    Lines,
    Look,
    NewPage,
    Paper,
    Row,
    Table,
    Words,
    cut,
)
from archive.exporting.print_pdf import pages_of
from archive.reading.attested import COMMAND
from archive.reading.sealed_bag import Bag

TITLE = "Certificate of records from the record log of {}"
WHOLE = "whole in certificate.json"
SHORT, LONG = 160, 600
"""Letters that the page has room for: of a name or field, and of what a tool said."""

BYTES = (1_000, 500)
"""Of exact bytes: as many as the rest of the page leaves room for."""

MONTHS_NAMED = 4
TO_BE_WORDED = (
    "To be worded by the force’s solicitor (for a statement under section 9 of the Criminal "
    "Justice Act 1967 or otherwise)."
)
SPELLED = "In exact bytes, letters that this print does not have are spelled as JSON spells them."


def certificate_paper(certificate: Certificate) -> Paper:
    """The certificate; exact bytes of a single exhibit are on the page, or on a sheet behind it."""
    if len(certificate.exhibits) != 1:
        return _paper(certificate, Heading("Exhibits"), _table(certificate.exhibits))
    [exhibit] = certificate.exhibits
    head, most = Heading(f"Exhibit {_cut(exhibit.label)}"), 0
    page = _paper(certificate, head, *exhibit_rows(exhibit, most))
    for room in BYTES:
        fuller = _paper(certificate, head, *exhibit_rows(exhibit, room))
        if pages_of(fuller) == 1:
            page, most = fuller, room
            break
    return replace(page, blocks=(*page.blocks, *exhibit_sheet(exhibit, beyond=most)))


def _paper(certificate: Certificate, *exhibits: Block) -> Paper:
    blocks = [*_about(certificate), *_months(certificate), *exhibits]
    for bag in certificate.bags:
        blocks += _log(bag, certificate)
    blocks += [*_limits(certificate), *_declared(certificate)]
    origin = certificate.reading.bags[0].sealed.origin.partition("/")[0]
    foot = f"SHA-256 of certificate.json: {certificate.sha256}"
    return Paper(TITLE.format(_cut(origin)), tuple(blocks), foot)


def exhibit_rows(exhibit: Exhibit, most: int) -> list[Block]:
    """What is said of one exhibit; of exact bytes at most so many characters."""
    proven, record = exhibit.proven, exhibit.proven.record
    said = record.envelope
    about = f"{said.type}, {said.subject}"
    who = f"{said.actor}; approved by {said.approver}" if said.approver else said.actor
    rest = f"{WHOLE}, and behind this page"
    return [
        Row("Record", _cut(f"{about}; {said.account or 'no account'}; leaf id {said.leaf_id}")),
        Row("Supplied by", _cut(f"{who}; at {said.at.isoformat(timespec='milliseconds')}")),
        Row("Leaf", f"index {record.index}, hash {record.leaf_hash}", Look.EXACT),
        Row("Exact bytes", cut(record.line.envelope.decode(), most, rest), Look.EXACT),
        Row("SHA-256 of them", proven.envelope_sha256, Look.EXACT),
        Row("What it speaks of", cut(record.line.payload.decode(), most, rest), Look.EXACT),
        Row("SHA-256 of that", proven.payload_sha256, Look.EXACT),
        Row("In the bag", _cut(proven.manifest_line), Look.EXACT),
        Row("Proof", f"{exhibit.label}.tlog-proof, {len(proven.proof.hashes)} hashes to the root"),
    ]


def exhibit_sheet(exhibit: Exhibit, beyond: int = 0) -> list[Block]:
    """The exact bytes on sheets of their own, of what is longer than the page has room for."""
    line = exhibit.proven.record.line
    named = (("Exact bytes of the leaf", line.envelope), ("What it speaks of", line.payload))
    sheets: list[Block] = []
    for name, data in named:
        text = data.decode()
        if len(text) > beyond:
            sheets += [Heading(f"{exhibit.label}: {name}"), Words(text, Look.EXACT)]
    return [NewPage(), *sheets] if sheets else []


def _about(certificate: Certificate) -> Iterator[Block]:
    maker, system, asked = certificate.maker, certificate.system, certificate.asked
    yield Row("Produced by", _cut(f"{maker.name}, {maker.role}"))
    built = f"{system.name} {system.version}, commit {system.commit}"
    yield Row("With", _cut(built))
    yield Row("Its dependencies", _cut(f"SHA-256 of the locked list {system.lock_sha256}"))
    yield Heading("How these records are made and kept")
    yield Words(HOW_MADE)
    yield Words(HOW_KEPT)
    yield Heading("What was asked")
    yield Row("Question", cut(asked.words, 2 * SHORT, WHOLE), Look.EXACT)
    yield Row("Asked by", _cut(f"{asked.operator}, at {asked.at.isoformat(timespec='seconds')}"))


def _months(certificate: Certificate) -> Iterator[Block]:
    bags = certificate.reading.bags
    for bag in bags[:MONTHS_NAMED]:
        yield Row("Month read", f"{bag.month}: {bag.span}, bag {bag.sealed.bag}", Look.EXACT)
    if len(bags) > MONTHS_NAMED:
        last = bags[-1].month
        yield Row("", f"and {len(bags) - MONTHS_NAMED} more, to {last} ({WHOLE})")


def _table(exhibits: tuple[Exhibit, ...]) -> Table:
    columns = (("Exhibit", 3), ("Leaf", 3), ("Record", 12), ("Supplied by", 8), ("Leaf hash", 14))
    return Table(columns, tuple(_line(each) for each in exhibits))


def _line(exhibit: Exhibit) -> tuple[str, ...]:
    record = exhibit.proven.record
    said = record.envelope
    what = cut(f"{said.type}, {said.subject}", SHORT, "…")
    at = f"{said.at:%Y-%m-%d %H:%M:%S} UTC"
    return exhibit.label, str(record.index), what, f"{said.actor[:SHORT]}, {at}", record.leaf_hash


def _log(bag: Bag, certificate: Certificate) -> Iterator[Block]:
    signed, stamped = certificate.said_of[bag.month]
    end = bag.end
    yield Heading(f"The log at the end of {bag.month}")
    yield Row(
        "Checkpoint", f"{_cut(end.origin)}, size {end.size}, root {end.root.hex()}", Look.EXACT
    )
    believed = "by keys that were given" if bag.vouched else "by the keys in the bag; compare them"
    yield Row("Signed by", f"{_cut('; '.join(signers_of(bag)))}. Checked {believed}.")
    told = [
        f"{each.witness} at {each.at.isoformat()} of size {each.size}"
        f"{'' if each.checked else ' (its key was not given: not checked)'}"
        for each in signed
    ]
    yield Row("Witnesses", cut("; ".join(told), 2 * SHORT, WHOLE) if told else "None.")
    when = f"{stamped.at.isoformat()} (RFC 3161); check it with: {COMMAND}" if stamped else "None."
    yield Row("Timestamp", when)


def _limits(certificate: Certificate) -> Iterator[Block]:
    yield Heading("Verification, gaps, redactions, clock")
    for each in certificate.verified:
        held = "held" if each.held else "DID NOT HOLD"
        said = " ".join(each.output.split())
        told = f"{each.tool} {each.version}: {held}. {said}"
        yield Row("Verified by", cut(told, LONG // len(certificate.verified), WHOLE))
    if not certificate.verified:
        yield Row("Verified by", "No independent verifier was run.")
    missing = [str(each) for each in certificate.reading.missing]
    gaps = f"Not here, though before and after them was read: {', '.join(missing)}."
    yield Row("Gaps", cut(gaps, SHORT, WHOLE) if missing else NO_GAPS)
    sealed = [e for e in certificate.exhibits if e.proven.record.is_sealed]
    yield Row("Redactions", _sealed(sealed) if sealed else NOTHING_WITHHELD)
    yield Row("Clock", CLOCK)


def _sealed(exhibits: list[Exhibit]) -> str:
    labels = cut(", ".join(each.label for each in exhibits), SHORT, WHOLE)
    return (
        f"Text of people who are not ours stands sealed in {labels}, and cannot be read from the "
        "archive; the commitment in the leaf is over the sealed text."
    )


def _declared(certificate: Certificate) -> Iterator[Block]:
    yield Heading("Declaration")
    yield Words(cut(certificate.declaration or TO_BE_WORDED, LONG, WHOLE))
    yield Words(SPELLED)
    yield Lines(("Signed", "Date"))


def _cut(text: str) -> str:
    return cut(text, SHORT, WHOLE)
