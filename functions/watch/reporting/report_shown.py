"""Fills the pages of monthly reports: the list, and one of them, part by part."""

from collections.abc import Mapping

from shared.accounts.registry import Account
from shared.followers.someone import Side
from shared.pages.registry_views import RegistryRow, Way
from shared.pages.report_views import WIDTH, Bar, ReportPart, ReportView
from shared.pages.words import platform_title
from shared.posts.localtime import moment_text
from shared.posts.names import PlatformName
from shared.reports.cost import AS_OF
from shared.reports.report import Part, Report, digest
from watch.reporting.report_words import LABELS, SENTENCES, TITLES

ALL = Way("/reports", "All reports")
REVIEWS = Way("/reviews", "Follower reviews")
FORCE = "The force"
MILLION = 1_000_000
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def row_of(report: Report, account: Account | None) -> RegistryRow:
    """One line of the list."""
    answered, waiting = (report.count(Part.ANSWERS, name) for name in ("answered", "waiting"))
    hint = f"{answered:,} answered, {waiting:,} still waiting when it was made."
    tag, colour = ("Account", "blue") if account else ("Force", "purple")
    title = f"{_whose(account)}, {_month(report)}"
    return RegistryRow(f"/reports/{report.report_id}", title, tag, colour, hint)


def report_view(report: Report, account: Account | None) -> ReportView:
    """One report, with the hash by which it can be found in the record log."""
    lines = (
        *(() if account else (f"Of {report.accounts:,} accounts together.",)),
        f"As things stood at {moment_text(report.made_at)}. It does not change any more.",
        f"SHA-256 of it, as the record log has it: {digest(report)}",
    )
    parts = tuple(_part(part, report.parts.get(part, {})) for part in Part)
    return ReportView(f"{_whose(account)}, {_month(report)}", lines, parts, (ALL,))


def _part(part: Part, counts: Mapping[str, int]) -> ReportPart:
    names = [name for name in LABELS.get(part, {}) if name in counts]
    names += [name for name in counts if name not in names]
    most = max(counts.values(), default=0)
    bars = tuple(
        Bar(_label(part, name), _number(part, counts[name]), _length(counts[name], most))
        for name in names
    )
    sentence = SENTENCES[part].format(as_of=AS_OF, total=_number(part, sum(counts.values())))
    unit = "US dollars" if part is Part.COST else "How many"
    return ReportPart(part.value, TITLES[part], sentence, unit, bars if most else ())


def _label(part: Part, name: str) -> str:
    if name in LABELS.get(part, {}):
        return LABELS[part][name]
    platform, _, side = name.partition("/")
    where = platform_title(PlatformName(platform))
    if not side:
        return where
    return f"{where}, {'followers' if side == Side.FOLLOWER.value else 'followed'}"


def _number(part: Part, count: int) -> str:
    if part is not Part.COST:
        return f"{count:,}"
    return f"{count / MILLION:,.2f}" if count * 100 >= MILLION else f"{count / MILLION:.4f}"


def _length(count: int, most: int) -> int:
    """As long as it is many; a little, where it is any at all."""
    return max(1, WIDTH * count // most) if count else 0


def _whose(account: Account | None) -> str:
    return account.title if account else FORCE


def _month(report: Report) -> str:
    year, _, number = report.month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"
