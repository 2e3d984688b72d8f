"""A report: numbers of one month, of one account or of the force, under names that do not change.

Every number is a count, so that the force's report is the sum of its accounts'. How long something
took is counted by how soon it was, because the sum of averages is none.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.posts.names import AccountId
from shared.recordlog.canonical import JSON, canonical_json


class Part(StrEnum):
    """What a report speaks of, in the order in which it is read (G30)."""

    ANSWERS = "answers"
    SPEED = "speed"
    CONTENT = "content"
    PLATFORMS = "platforms"
    DECISIONS = "decisions"
    WAITED = "waited"
    RIGHTED = "righted"
    SILENCE = "silence"
    COST = "cost"
    FOLLOWERS = "followers"


Counts = Mapping[str, int]
"""By what is counted. Costs are in millionths of a US dollar."""


@dataclass(frozen=True)
class Report:
    """Of one month (such as 2026-11) and one account, or of the force (None) and all its `accounts`
    together; as things stood when it was made."""

    month: str
    account: AccountId | None
    made_at: datetime
    accounts: int
    parts: Mapping[Part, Counts]

    @property
    def report_id(self) -> str:
        """What it is called; the month comes first, so that ids sort by time."""
        return report_name(self.account, self.month)

    def count(self, part: Part, name: str) -> int:
        """One of its numbers; what was never counted is none."""
        return self.parts.get(part, {}).get(name, 0)


def report_name(account: AccountId | None, month: str) -> str:
    """What the report of an account in a month is called, or the force's."""
    return f"{month}-{account}" if account else month


def whole(month: str, reports: Iterable[Report], made_at: datetime) -> Report:
    """The force's report: what its accounts' come to together."""
    sums: dict[Part, Counter[str]] = {part: Counter() for part in Part}
    accounts = 0
    for report in reports:
        accounts += report.accounts
        for part, counts in report.parts.items():
            sums[part].update(counts)
    return Report(month, None, made_at, accounts, {part: dict(sums[part]) for part in Part})


def shown(report: Report) -> dict[str, JSON]:
    """All that a report says, as it is shown to programs and hashed."""
    return {
        "report_id": report.report_id,
        "month": report.month,
        "account": report.account,
        "made_at": report.made_at.isoformat(),
        "accounts": report.accounts,
        "parts": {part.value: dict(report.parts.get(part, {})) for part in Part},
    }


def digest(report: Report) -> str:
    """The SHA-256 (hex) of what is shown, in the one form that RFC 8785 allows."""
    return hashlib.sha256(canonical_json(shown(report))).hexdigest()
