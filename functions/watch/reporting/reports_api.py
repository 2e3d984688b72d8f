"""The API of monthly reports: as they were stated, with the hash that the record log has."""

from typing import Any

from shared.accounts.registry import Account
from shared.accounts.rights import Right, may_read, may_read_everything
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.records.errors import NotFoundError
from shared.reports.report import Report, digest, shown
from watch.following.room import accounts_of, app, guest_of, room

PAGE = 20
Shown = tuple[Report, Account | None]
"""A report, and the account it is of; None is the force."""


@app.on("/v1/reports")
def reports_api(call: Call) -> Answer:
    """Reports, those of the newest month first: all, or those of one's own accounts."""
    readable, cursor = reports_for(guest_of(call, Right.LOOK), call)
    return json_answer({"reports": [_shape(report) for report, _ in readable], "next": cursor})


@app.on("/v1/reports/{report_id}")
def report_api(call: Call, report_id: str) -> Answer:
    """One report."""
    report, _ = report_for(guest_of(call, Right.LOOK), report_id)
    return json_answer(_shape(report))


def reports_for(guest: Visitor, call: Call) -> tuple[tuple[Shown, ...], str | None]:
    """A part of all reports that this person may read, and where the next begins."""
    found = room().reports.listed(call.query.get("cursor"), PAGE)
    accounts = accounts_of(each.account for each in found.entries if each.account)
    told = ((each, accounts.get(each.account) if each.account else None) for each in found.entries)
    return tuple(each for each in told if _may_read(guest, *each)), found.cursor


def report_for(guest: Visitor, report_id: str) -> Shown:
    """A report and its account; NotFoundError for who may not read it."""
    report = room().reports.get(report_id)
    account = accounts_of([report.account]).get(report.account) if report.account else None
    if not _may_read(guest, report, account):
        raise NotFoundError("reports", report_id)
    return report, account


def _may_read(guest: Visitor, report: Report, account: Account | None) -> bool:
    """The force's is for whoever reads everything; an account's for its own team, too."""
    if account is not None:
        return may_read(guest.person, account)
    return report.account is None and may_read_everything(guest.person)


def _shape(report: Report) -> dict[str, Any]:
    return {**shown(report), "sha256": digest(report)}
