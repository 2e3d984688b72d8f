"""One filled view of the pages of what is not from us."""

from dataclasses import replace
from datetime import timedelta

from moderate.drift_case import DriftCase
from moderate.drift_shown import drift_view, list_view
from shared.drift.drift import Cause, Drift, Finding, Kind, acknowledge, close, end, mark_of
from shared.pages.parts import FieldError
from shared.pages.views import View
from shared.posts.names import LeafId, PlatformName
from shared.records.beats import Beat
from tests.builders import NOW
from tests.pages.righting_made import ACCOUNT, ACCOUNTS, CENTRE

MASTODON = PlatformName("mastodon")
NAME = Drift(
    "riverside-mastodon-name-1",
    ACCOUNT.account_id,
    MASTODON,
    Kind.NAME,
    mark_of(Kind.NAME, "x"),
    LeafId("01J0000000000000000000000L"),
    NOW,
)
POST = replace(NAME, drift_id="riverside-post", kind=Kind.POST, said_at=NOW - timedelta(hours=1))
FIRST = replace(NAME, drift_id="riverside-first", kind=Kind.FIRST)
CLOSED = close(
    end(acknowledge(NAME, CENTRE.person_id, NOW), NOW),
    Finding(Cause.OURS, "A new\nname.", "PC 1"),
    CENTRE.person_id,
    NOW,
)
SILENT = Beat(ACCOUNT.account_id, MASTODON, fault="No <keys>.", since=NOW)
WORDS = {"before": "Riverside Police", "after": "Send\n  <b>coins</b>."}
POSTED = {**WORDS, "before": None, "url": "https://social.example/@riverside/9"}

VIEWS: dict[str, tuple[str, View]] = {
    "drifts": (
        "registry",
        list_view((NAME, POST, FIRST, CLOSED), (SILENT,), ACCOUNTS, "a+b/c=", is_open=True),
    ),
    "drift-wrong": (
        "entry",
        drift_view(
            DriftCase(POST, ACCOUNT, POSTED),
            CENTRE,
            act="close",
            typed={"why": ["a\n b"], "cause": ["ours"]},
            errors=(FieldError("who", "Say who did it."),),
        ),
    ),
}
