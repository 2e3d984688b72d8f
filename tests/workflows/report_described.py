"""Monthly reports that the description of the API tells of: an account's and the force's."""

from typing import Any

from local.force import COMMS, OFFICER
from shared.posts.names import AccountId
from shared.records.reports import Reports
from shared.reports.report import Part, Report
from tests.workflows.force import FREE

REPORTS, NOWHERE = "/v1/reports", "2020-01-nobody"
COUNTS = {Part.ANSWERS: {"answered": 3, "waiting": 1}, Part.SPEED: {"hour": 2, "later": 1}}


class Reporting:
    """A force of which one month was reported."""

    def __init__(self, force: Any) -> None:
        kept, at = Reports(force.stack.tables, force.pen), force.stack.clock.now()
        self.one = Report("2025-01", AccountId(FREE), at, 1, COUNTS)
        self.whole = Report("2025-01", None, at, 4, COUNTS)
        for each in (self.one, self.whole):
            kept.state(each)


def report_examples(reporting: Reporting, sent: Any) -> dict[str, Any]:
    """`sent` makes a request."""
    comms, officer = COMMS.person_id, OFFICER.person_id
    one, whole = (f"{REPORTS}/{each.report_id}" for each in (reporting.one, reporting.whole))
    return {
        "listReports": {
            200: sent(REPORTS, who=comms),
            401: sent(REPORTS, who=""),
            422: sent(REPORTS, query="cursor=zzz", who=comms),
        },
        "getReport": {
            200: sent(one, who=comms),
            401: sent(one, who=""),
            404: sent(whole, who=officer),
        },
    }
