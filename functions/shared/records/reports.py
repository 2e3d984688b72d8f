"""Reports: each stated once, with its leaf, and as it was for ever after."""

from collections.abc import Iterable, Iterator, Sequence

from shared.records.errors import AlreadyExistsError
from shared.records.listing import Listing
from shared.records.log import recording
from shared.records.newest_first import newest_first, several
from shared.records.pen import Pen
from shared.records.reading import CALL_KEYS, one
from shared.records.report_entries import act_of_report, report_of, report_row
from shared.records.report_rows import LISTED_REPORTS
from shared.records.tables import Tables
from shared.records.together import are_written, commit_each
from shared.records.transaction import Write
from shared.reports.report import Report


class Reports:
    """Where reports are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def state(self, report: Report) -> bool:
        """On record, with its leaf; False if one of that name was before, which stays."""
        return self.state_each([report])[0]

    def state_each(self, reports: Iterable[Report]) -> list[bool]:
        """The same of many, in few transactions; which were not there before, in order."""
        writes = [self._stating(report) for report in reports]
        outcomes = commit_each(self._tables.connection, writes)
        return are_written(outcomes, unless=AlreadyExistsError)

    def _stating(self, report: Report) -> list[Write]:
        taken = AlreadyExistsError("report", report.report_id)
        free = self._tables.reports.report_id.does_not_exist()
        row = Write(report_row(self._tables, report), free, lambda _: taken)
        return [row, *recording(self._tables, self._pen, act_of_report(report))]

    def get(self, report_id: str) -> Report:
        """The report, or NotFoundError."""
        return report_of(one(self._tables.reports, report_id))

    def stated(self, month: str) -> frozenset[str]:
        """The ids of every report of a month (such as 2026-11), the force's among them."""
        table = self._tables.reports
        begins = table.report_id.startswith(month)
        return frozenset(row.report_id for row in table.in_order.query(LISTED_REPORTS, begins))

    def several(self, report_ids: Sequence[str]) -> Iterator[Report]:
        """Those there are of these, a hundred at a time."""
        for start in range(0, len(report_ids), CALL_KEYS):
            part = report_ids[start : start + CALL_KEYS]
            yield from several(self._tables.connection, self._tables.reports, part, report_of)

    def listed(self, cursor: str | None = None, limit: int = 20) -> Listing[Report]:
        """A part of all reports, those of the newest month first; InvalidCursorError."""
        table = self._tables.reports
        return newest_first(
            self._tables.connection,
            table,
            table.in_order,
            LISTED_REPORTS,
            report_of,
            cursor=cursor,
            limit=limit,
        )
