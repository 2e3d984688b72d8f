"""The pages of monthly reports: they show, and nothing is done on them (P6)."""

from shared.accounts.rights import Right
from shared.http.application import Answer
from shared.http.call import Call
from shared.pages.registry_views import RegistryView
from watch.following.room import app, guest_of, page
from watch.reporting.report_shown import REVIEWS, report_view, row_of
from watch.reporting.reports_api import report_for, reports_for

TITLE = "Monthly reports"
EMPTY = "No report is here yet. Each month’s are made on the second of the next."


@app.on("/reports")
def reports_page(call: Call) -> Answer:
    """Reports, those of the newest month first: all, or those of one's own accounts."""
    guest = guest_of(call, Right.LOOK)
    readable, cursor = reports_for(guest, call)
    rows = tuple(row_of(report, account) for report, account in readable)
    view = RegistryView(TITLE, "/reports", rows, cursor, (REVIEWS,), EMPTY)
    return page("registry", view, guest)


@app.on("/reports/{report_id}")
def report_page(call: Call, report_id: str) -> Answer:
    """One report, as it was stated."""
    guest = guest_of(call, Right.LOOK)
    return page("report", report_view(*report_for(guest, report_id)), guest)
