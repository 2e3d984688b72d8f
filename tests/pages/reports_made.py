"""The fullest page that a monthly report can have: every number that there is."""

from shared.accounts.registry import Account
from shared.pages.views import View
from shared.posts.names import PlatformName
from shared.reports.cost import PRICES
from shared.reports.report import Part, Report
from tests.builders import NOW
from tests.pages.righting_made import ACCOUNT
from watch.reporting.report_shown import report_view
from watch.reporting.report_words import LABELS

PLATFORMS = tuple(
    map(PlatformName, ("bluesky", "facebook", "feed", "linkedin", "mastodon", "viva-engage", "x"))
)


def full(account: Account | None = ACCOUNT) -> Report:
    parts = {
        part: {name: 3 * at for at, name in enumerate(labels)} for part, labels in LABELS.items()
    }
    parts[Part.PLATFORMS] = dict.fromkeys(PLATFORMS, 120)
    parts[Part.COST] = {name: 37 * price for name, price in PRICES.items()}
    parts[Part.FOLLOWERS] = {
        "not_read": 2,
        **{
            f"{each}/{side}": 12_034 for each in PLATFORMS[-3:] for side in ("follower", "followed")
        },
    }
    return Report("2026-11", account and account.account_id, NOW, 1 if account else 812, parts)


VIEWS: dict[str, tuple[str, View]] = {"report": ("report", report_view(full(None), None))}
