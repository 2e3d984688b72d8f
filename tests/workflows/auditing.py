"""Months that are sealed and copied in a force, by hand and at once; and what is asked of them."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.questions.columns import EDITION
from archive.questions.copy_months import note_of
from local.force import AUDITOR, COMMS, STANDARDS
from shared.months.logslice import Cut
from shared.months.month import Month
from shared.months.note import Sealed, sign_month
from shared.recordlog.note import LocalSigner
from shared.recordlog.tree import EMPTY_ROOT
from shared.records.months import Months, SealedMonth
from tests.builders import a_pen, an_act
from tests.unit.archive.copying import Told, a_post, lay_copy, published

RECORDS, MONTHS = "/v1/audit/records", "/v1/audit/months"
NOWHERE = "01J0000000000000000000000A"
OCTOBER = Month(2026, 10)
ACCOUNT = "riverside"
SEARCH = {"from": "2026-10", "to": "2026-10", "account": ACCOUNT}


class Auditing:
    """A force whose October 2026 is sealed, with a post of two versions in it. What is asked of it
    is on record; one question's month was copied anew since, and says something else."""

    def __init__(self, force: Any) -> None:
        self.force = force
        said = force.stack.environment("AuditApi")
        self.bucket, self.origin = said["ARCHIVE_INDEX_BUCKET"], said["LOG_ORIGIN"]
        self.s3 = force.stack.aws.client("s3")
        self.lay("A first draft of October.")
        self.record(OCTOBER)
        self.spoilt = self.ask({**SEARCH, "text": "draft"}).json()["question_id"]
        self.lay("The bridge at Rudyard is open.", "=The bridge is closed.")
        self.asked = self.ask(SEARCH).json()["question_id"]

    def ask(self, said: dict[str, str], who: Any = AUDITOR) -> Any:
        """What somebody hears who asks sealed months."""
        return self.force.caller(who.person_id).post_json(RECORDS, said)

    def read(self, question: str, more: str = "", who: Any = AUDITOR) -> Any:
        """What somebody hears who reads an answer."""
        return self.force.caller(who.person_id).get(f"{RECORDS}?question={question}{more}")

    def record(self, month: Month) -> None:
        """The month is on record as sealed."""
        cuts = Cut(0, EMPTY_ROOT), Cut(20, sha256(b"end").digest())
        sealed = Sealed(self.origin, month, bag_of(month), *cuts, None)
        signer = LocalSigner("moorshire.example/archive", bytes(32))
        note = sign_month(sealed, [signer]).decode()
        at = self.force.stack.clock.now()
        kept = SealedMonth(note, datetime(at.year, at.month, at.day, tzinfo=UTC))
        Months(self.force.stack.tables, a_pen()).record(kept, an_act("month.sealed", at=at))

    def lay(self, *words: str, month: Month = OCTOBER) -> None:
        """The month's copy, with a post in these words, version by version."""
        told = Told()
        for number, text in enumerate(words, 1):
            a_post(told, number * 1_000, version=number, text=text)
            published(told, number * 1_000 + 60, version=number)
        with TemporaryDirectory() as place:
            lay_copy(Path(place), told.lines(), str(month))
            files = [
                self._put(path.relative_to(place).as_posix(), path.read_bytes())
                for path in Path(place).glob("*/month=*/*.parquet")
            ]
        said = {"bag": bag_of(month), "edition": EDITION, "files": files}
        self._put(note_of(month), json.dumps(said).encode())

    def _put(self, path: str, data: bytes) -> dict[str, Any]:
        self.s3.put_object(Bucket=self.bucket, Key=path, Body=data)
        return {"path": path, "octets": len(data), "leaves": 1}


def bag_of(month: Month) -> str:
    """What stands for its bag."""
    return sha256(str(month).encode()).hexdigest()


def audit_examples(auditing: Auditing, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    # Not the auditor, who goes away in another example.
    standards, comms = STANDARDS.person_id, COMMS.person_id
    asked, spoilt = f"question={auditing.asked}", f"question={auditing.spoilt}"
    return {
        "listSealedMonths": {
            200: sent(MONTHS, who=standards),
            401: sent(MONTHS, who=""),
            403: sent(MONTHS, who=comms),
            422: sent(MONTHS, who=standards, query="cursor=zzz"),
        },
        "getSealedMonth": {
            200: sent(f"{MONTHS}/2026-10", who=standards),
            401: sent(f"{MONTHS}/2026-10", who=""),
            403: sent(f"{MONTHS}/2026-10", who=comms),
            404: sent(f"{MONTHS}/2026-09", who=standards),
        },
        "listFixedQuestions": {
            200: sent("/v1/audit/questions", who=standards),
            401: sent("/v1/audit/questions", who=""),
            403: sent("/v1/audit/questions", who=comms),
        },
        "askSealedMonths": {
            **refusals(RECORDS, standards),
            201: sent(RECORDS, SEARCH, standards),
            403: sent(RECORDS, SEARCH, comms),
        },
        "readAnswer": {
            200: sent(RECORDS, who=standards, query=f"{asked}&limit=1"),
            401: sent(RECORDS, who="", query=asked),
            403: sent(RECORDS, who=comms, query=asked),
            404: sent(RECORDS, who=standards, query=f"question={NOWHERE}"),
            409: sent(RECORDS, who=standards, query=spoilt),
            422: sent(RECORDS, who=standards, query=f"{asked}&cursor=zzz"),
        },
    }
