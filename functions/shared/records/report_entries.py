"""Reports as rows, and back; and the act that states one."""

from typing import Any

from shared.posts.acts import SYSTEM
from shared.posts.names import AccountId
from shared.recordlog.leaf import Act
from shared.records.report_rows import LISTED_REPORTS, ReportRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.reports.acts import Reported, subject_of
from shared.reports.report import Part, Report, digest


def report_row(tables: Tables, report: Report) -> ReportRow:
    """The row of a report."""
    entry = {
        "month": report.month,
        "account": report.account,
        "made_at": written(report.made_at),
        "accounts": report.accounts,
        "parts": {part.value: dict(counts) for part, counts in report.parts.items()},
    }
    return tables.reports(report_id=report.report_id, listed=LISTED_REPORTS, entry=as_json(entry))


def report_of(row: ReportRow) -> Report:
    """The report a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    account = held["account"]
    return Report(
        month=held["month"],
        account=AccountId(account) if account else None,
        made_at=moment(held["made_at"]),
        accounts=held["accounts"],
        parts={Part(name): counts for name, counts in held["parts"].items()},
    )


def act_of_report(report: Report) -> Act:
    """It was stated: what it is about, and the hash of all that it says."""
    return Act(
        type=Reported.STATED.value,
        account=report.account,
        subject=subject_of(report.report_id),
        at=report.made_at,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={
            "month": report.month,
            "accounts": report.accounts,
            "sha256": digest(report),
        },
    )
