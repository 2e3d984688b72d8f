"""Asks witnesses to sign the newest checkpoint, and keeps what each of them said (tlog-witness).

The log does not wait for them: this is a job of its own, after the fact, that can neither write
the log nor sign for it. A witness that is down, refuses or answers nonsense is on record as such,
and is asked again the next time.

WitnessError
├── BadWitnessError     a witness is not written as `vkey url`
└── AnotherLogError     a witness saw a longer log than ours; carries which
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from archive.sequencing.asking import Heard, SilentError, is_safe
from shared.posts.acts import SYSTEM
from shared.recordlog.acts import Happened
from shared.recordlog.cosignature import (
    WitnessKey,
    cosigned_note,
    parse_witness_key,
    read_cosignature,
    read_size,
    request_body,
)
from shared.recordlog.errors import MalformedError, UnverifiedError
from shared.recordlog.leaf import Act
from shared.recordlog.reader import Log
from shared.records.attestations import Attestation, Attestations
from shared.records.errors import ChangedError

OFF = "off"
"""What LOG_WITNESSES says where there are none."""

TRIES = 3
"""Requests to one witness in one run, the one with a corrected size among them."""

OK, CONFLICT, BROKEN = 200, 409, 500

Send = Callable[[str, bytes], Heard]
"""POST to a URL; SilentError where no answer came."""


class WitnessError(Exception):
    """Root of what is wrong with witnesses."""


class BadWitnessError(WitnessError):
    """A witness is not written as `vkey url`, with https."""


class AnotherLogError(WitnessError):
    """A witness saw a longer log than ours: somebody has shown it another history."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"A longer log than ours was seen by {', '.join(names)}.")
        self.names = tuple(names)


class Outcome(StrEnum):
    """What came of asking."""

    COSIGNED = "cosigned"
    SILENT = "silent"
    REFUSED = "refused"
    AHEAD = "ahead"
    UNTRUE = "untrue"


@dataclass(frozen=True)
class Witness:
    """Somebody who signs what they saw: their key, and the address below which they are asked."""

    key: WitnessKey
    url: str


@dataclass(frozen=True)
class Told:
    """What one witness said; `note` is the cosigned checkpoint, if it signed."""

    outcome: Outcome
    why: str = ""
    note: bytes = b""
    at: int = 0


def witnesses_in(setting: str) -> tuple[Witness, ...]:
    """The witnesses of `vkey url, vkey url`; none where it says `off`. BadWitnessError."""
    if setting.strip() == OFF:
        return ()
    return tuple(_witness(each.strip()) for each in setting.split(","))


def _witness(written: str) -> Witness:
    vkey, _, url = written.partition(" ")
    if not is_safe(url.strip()):
        raise BadWitnessError(f"The witness {vkey[:40]} has no https address.")
    try:
        return Witness(parse_witness_key(vkey), url.strip().rstrip("/"))
    except MalformedError as error:
        raise BadWitnessError(f"The witness at {url.strip()} has no key we can read.") from error


def ask_all(
    witnesses: Sequence[Witness], log: Log, *, kept: Attestations, send: Send, now: datetime
) -> dict[str, Outcome]:
    """Ask each of them about the log as it is, and keep each answer with its leaf."""
    outcomes = {}
    for witness in witnesses:
        before = kept.get(log.checkpoint.origin, witness.key.name)
        if before.size == log.checkpoint.size and before.note:
            continue  # nothing has happened since it signed
        told = ask(witness, log, before.size, send)
        outcomes[witness.key.name] = told.outcome
        try:
            kept.record(before, _after(before, log, told, now), _act(witness, log, told, now))
        except ChangedError:
            continue  # another run was first, and has its answer on record
    return outcomes


def ask(witness: Witness, log: Log, old_size: int, send: Send) -> Told:
    """What this witness says of the log's checkpoint; any answer at all is a Told."""
    told, size = Told(Outcome.SILENT, "no answer"), old_size
    for _ in range(TRIES):
        body = request_body(size, log.prove_grown(size), log.note)
        try:
            heard = send(f"{witness.url}/add-checkpoint", body)
        except SilentError as error:
            told = Told(Outcome.SILENT, str(error))
            continue
        if heard.status >= BROKEN:
            told = Told(Outcome.SILENT, f"it answered {heard.status}")
            continue
        if heard.status != CONFLICT:
            return _read(witness, log, heard)
        try:
            size = read_size(heard.body)
        except MalformedError as error:
            return Told(Outcome.UNTRUE, str(error))
        if size > log.checkpoint.size:
            return Told(Outcome.AHEAD, f"it saw {size} leaves, we have {log.checkpoint.size}")
        told = Told(Outcome.REFUSED, f"it saw {size} leaves, and contradicts itself or us")
    return told


def _read(witness: Witness, log: Log, heard: Heard) -> Told:
    if heard.status != OK:
        return Told(Outcome.REFUSED, f"it answered {heard.status}")
    try:
        cosigned = read_cosignature(log.note, heard.body, witness.key)
    except (MalformedError, UnverifiedError) as error:
        return Told(Outcome.UNTRUE, str(error))
    return Told(Outcome.COSIGNED, "", cosigned_note(log.note, [cosigned]), cosigned.at)


def _after(before: Attestation, log: Log, told: Told, now: datetime) -> Attestation:
    asked = replace(before, asked_at=now, outcome=told.outcome.value, why=told.why)
    if told.outcome is not Outcome.COSIGNED:
        return asked
    return replace(asked, size=log.checkpoint.size, note=told.note.decode())


def _act(witness: Witness, log: Log, told: Told, now: datetime) -> Act:
    signed = told.outcome is Outcome.COSIGNED
    return Act(
        type=(Happened.COSIGNED if signed else Happened.NOT_COSIGNED).value,
        account=None,
        subject=f"witness:{witness.key.name}",
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=told.outcome.value,
        payload={
            "note": told.note.decode() or None,
            "root": log.checkpoint.root.hex(),
            "signed_at": told.at or None,
            "size": log.checkpoint.size,
            "url": witness.url,
            "why": told.why,
        },
    )
