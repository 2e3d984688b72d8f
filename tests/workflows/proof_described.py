"""A request for every answer about proofs that the description tells of."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from local.force import AUDITOR, COMMS, STANDARDS
from shared.months.disposal import Disposal, State
from shared.months.legal_hold import Word
from shared.months.logslice import Cut
from shared.months.month import Month
from shared.months.note import Sealed, sign_month
from shared.months.proof_order import Kind, MadeFile, Order, Producer, made
from shared.posts.names import DisposalId, ProofId
from shared.recordlog.acts import Happened
from shared.recordlog.note import LocalSigner
from shared.records.disposals import Disposals
from shared.records.months import Months, SealedMonth
from shared.records.proofs import Proofs
from tests.builders import a_pen, an_act

PROOFS, NOWHERE = "/v1/audit/proofs", "01J0000000000000000000000A"
GONE, IN_IT = Month(2027, 10), 1_000_005
FILE = MadeFile("certificate.pdf", 3, sha256(b"pdf").hexdigest())


class Proving:
    """A force with a proof that was made just now, one of last week, and a month that is gone."""

    def __init__(self, force: Any) -> None:
        self.force, self.now = force, force.stack.clock.now()
        self.fresh = self._made("01J000000000000000000000P1", timedelta())
        self.old = self._made("01J000000000000000000000P2", timedelta(days=8))
        self._lose()

    def _made(self, name: str, ago: timedelta) -> str:
        kept, at = Proofs(self.force.stack.tables, a_pen()), self.now - ago
        producer = Producer("Farah Lindqvist", "records manager", "AB", 1)
        month = Month(2026, 10)
        order = Order(
            *(ProofId(name), Kind.LEAF, "leaf:3", month, month, ()),
            *(AUDITOR.person_id, at, (3,), producer),
        )
        kept.ask(order)
        kept.end(order, made(order, (FILE,), "", at))
        return name

    def _lose(self) -> None:
        tables = self.force.stack.tables
        origin = self.force.stack.environment("AuditApi")["LOG_ORIGIN"]
        cuts = Cut(1_000_000, sha256(b"a").digest()), Cut(1_000_010, sha256(b"b").digest())
        signer = LocalSigner("moorshire.example/archive", bytes(32))
        note = sign_month(Sealed(origin, GONE, "0" * 64, *cuts, None), [signer]).decode()
        sealed = SealedMonth(note, self.now)
        Months(tables, a_pen()).record(sealed, an_act("month.sealed", at=self.now))
        disposals, word = Disposals(tables, a_pen()), Word(COMMS.person_id, self.now, "Past it.")
        asked = Disposal(DisposalId("01J000000000000000000000D9"), GONE, "0" * 64, word)
        second = Word(STANDARDS.person_id, self.now, "")
        gone = Disposal(
            *(asked.disposal_id, GONE, asked.bag, word, State.APPROVED, second),
            begun_at=self.now,
        )
        disposals.ask(asked)
        disposals.change(asked, gone, Happened.DISPOSAL_APPROVED, self.now)
        begun = Disposal(**{**vars(gone), "state": State.BEGUN})
        disposals.change(gone, begun, Happened.DISPOSAL_BEGUN, self.now)


def proof_examples(proving: Proving, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    standards, comms = STANDARDS.person_id, COMMS.person_id
    one, file = f"{PROOFS}/{proving.fresh}", f"{PROOFS}/{proving.fresh}/files/certificate.pdf"
    wish = {"kind": "leaf", "leaf": 3, "role": "records manager"}
    return {
        "listProofs": {
            200: sent(PROOFS, who=standards),
            401: sent(PROOFS, who=""),
            403: sent(PROOFS, who=comms),
            422: sent(PROOFS, who=standards, query="cursor=zzz"),
        },
        "askProof": {
            **refusals(PROOFS, standards),
            202: sent(PROOFS, wish, standards),
            403: sent(PROOFS, wish, comms),
            409: sent(PROOFS, {**wish, "leaf": IN_IT}, standards),
            422: sent(PROOFS, {**wish, "role": ""}, standards),
        },
        "getProof": {
            200: sent(one, who=standards),
            401: sent(one, who=""),
            403: sent(one, who=comms),
            404: sent(f"{PROOFS}/{NOWHERE}", who=standards),
        },
        "getProofFile": {
            303: sent(file, who=standards),
            401: sent(file, who=""),
            403: sent(file, who=comms),
            404: sent(f"{one}/files/other.pdf", who=standards),
            409: sent(f"{PROOFS}/{proving.old}/files/certificate.pdf", who=standards),
        },
    }
