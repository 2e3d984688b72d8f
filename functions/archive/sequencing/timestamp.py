"""Once a month somebody outside says when the log was as it is (RFC 3161).

A timestamp authority signs the hash of a checkpoint and the time, with a certificate that courts
know how to read. As with witnesses the log does not wait for it: this is a job of its own, tried
again every night until the month has its timestamp.

TimestampError
└── BadAuthorityError    the authority is not written as `https://address root`
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.sequencing.asking import Heard, SilentError, is_safe
from shared.posts.acts import SYSTEM
from shared.posts.localtime import local
from shared.recordlog.acts import Happened
from shared.recordlog.leaf import Act
from shared.recordlog.reader import Log
from shared.records.attestations import Attestation, Attestations
from shared.records.errors import ChangedError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

OFF = "off"
OK = 200
QUERY = "application/timestamp-query"

Send = Callable[[str, bytes, str], Heard]
"""POST to a URL with a content type; SilentError where no answer came."""


class TimestampError(Exception):
    """Root of what is wrong with timestamps."""


class BadAuthorityError(TimestampError):
    """The authority is not written as `https://address root`, the root DER in base64."""


class Outcome(StrEnum):
    """What came of asking."""

    STAMPED = "stamped"
    SILENT = "silent"
    REFUSED = "refused"
    UNTRUE = "untrue"


@dataclass(frozen=True)
class Authority:
    """Where timestamps come from, and the root certificate they have to lead to."""

    url: str
    root: "Certificate"


@dataclass(frozen=True)
class Told:
    """What the authority said: its whole answer, and the time in it, if it holds."""

    outcome: Outcome
    why: str = ""
    token: bytes = b""
    at: datetime | None = None


def authority_in(setting: str) -> Authority | None:
    """The authority of `https://address root`; None where it says `off`. BadAuthorityError."""
    if setting.strip() == OFF:
        return None
    from cryptography.x509 import load_der_x509_certificate

    url, _, root = setting.strip().partition(" ")
    if not is_safe(url):
        raise BadAuthorityError("The timestamp authority has no https address.")
    try:
        return Authority(url, load_der_x509_certificate(base64.b64decode(root, validate=True)))
    except (ValueError, binascii.Error) as error:
        raise BadAuthorityError("The root of the timestamp authority is no certificate.") from error


def stamp_month(
    authority: Authority, log: Log, *, kept: Attestations, send: Send, now: datetime
) -> Outcome | None:
    """Ask for this month's timestamp and keep it with its leaf; None if the month has one."""
    name = f"time:{local(now):%Y-%m}"
    before = kept.get(log.checkpoint.origin, name)
    if before.token:
        return None
    told = ask(authority, log.note, send)
    try:
        kept.record(before, _after(before, log, told, now), _act(name, authority, log, told, now))
    except ChangedError:
        return None  # another run was first, and has its answer on record
    return told.outcome


def ask(authority: Authority, note: bytes, send: Send) -> Told:
    """What the authority says of this checkpoint; any answer at all is a Told."""
    # Six megabytes, for one call a month.
    from rfc3161_client import TimestampRequestBuilder, VerificationError, decode_timestamp_response
    from rfc3161_client.verify import VerifierBuilder

    request = TimestampRequestBuilder(data=note).build()
    try:
        heard = send(authority.url, request.as_bytes(), QUERY)
    except SilentError as error:
        return Told(Outcome.SILENT, str(error))
    if heard.status != OK:
        return Told(Outcome.REFUSED, f"it answered {heard.status}")
    try:
        answer = decode_timestamp_response(heard.body)
        verifier = VerifierBuilder.from_request(request).add_root_certificate(authority.root)
        verifier.build().verify_message(answer, note)
    except (ValueError, VerificationError) as error:
        return Told(Outcome.UNTRUE, str(error))
    return Told(Outcome.STAMPED, "", heard.body, answer.tst_info.gen_time)


def _after(before: Attestation, log: Log, told: Told, now: datetime) -> Attestation:
    asked = replace(before, asked_at=now, outcome=told.outcome.value, why=told.why)
    if told.outcome is not Outcome.STAMPED:
        return asked
    token = base64.b64encode(told.token).decode()
    return replace(asked, size=log.checkpoint.size, note=log.note.decode(), token=token)


def _act(name: str, authority: Authority, log: Log, told: Told, now: datetime) -> Act:
    stamped = told.outcome is Outcome.STAMPED
    return Act(
        type=(Happened.TIMESTAMPED if stamped else Happened.NOT_TIMESTAMPED).value,
        account=None,
        subject=f"log:{name}",
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=told.outcome.value,
        payload={
            "note": log.note.decode(),
            "stamped_at": told.at.isoformat() if told.at else None,
            "token": base64.b64encode(told.token).decode() or None,
            "url": authority.url,
            "why": told.why,
        },
    )
