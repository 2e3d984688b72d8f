"""One filled view of every face of the pages of what is not as it was published."""

from dataclasses import replace
from datetime import timedelta

from moderate.exception_shown import exception_view, row_of, unlooked_row
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView, Way
from shared.pages.views import View
from shared.posts.deletion import Ground
from shared.posts.exception_found import Cause, Change, Closing, PostException
from shared.posts.names import PlatformName
from shared.records.rounds import Round
from tests.builders import NOW, a_post_id
from tests.pages.righting_made import ACCOUNT, ACCOUNTS, CENTRE, OFFICER

GONE = PostException(
    exception_id="01J-1-mastodon-2-gone-20261120T090000",
    post_id=a_post_id(),
    version=1,
    place="mastodon#2",
    account=ACCOUNT.account_id,
    change=Change.GONE,
    published="The man is\n  <b>missing</b>.",
    shown=None,
    platform_id="77",
    url="https://social.example/@riverside/77",
    sent_at=NOW - timedelta(days=3),
    missed_at=NOW - timedelta(hours=1),
    found_at=NOW,
)
ALTERED = replace(GONE, place="x", change=Change.ALTERED, shown="The man is\n\n found.")
CLOSED = replace(
    GONE,
    closed=Closing(
        CENTRE.person_id, NOW, Cause.OURS, "He thought\nit was old.", "PC 1", Ground.OFFENSIVE
    ),
)
SILENT = Round(ACCOUNT.account_id, PlatformName("linkedin"), fault="No <keys>.", since=NOW)

VIEWS: dict[str, tuple[str, View]] = {
    "exceptions": (
        "registry",
        RegistryView(
            "Not as we published it",
            "/exceptions",
            (
                *(row_of(each, ACCOUNTS) for each in (GONE, ALTERED, CLOSED)),
                unlooked_row(SILENT, ACCOUNTS),
                unlooked_row(replace(SILENT, since=None), {}),
            ),
            "a+b/c=",
            (Way("/deletions", "Deletions"),),
        ),
    ),
    "exceptions-none": ("registry", RegistryView("Not as we published it", "/exceptions", ())),
    "exception-gone": ("entry", exception_view(GONE, ACCOUNT, CENTRE)),
    "exception-altered": ("entry", exception_view(ALTERED, ACCOUNT, CENTRE)),
    "exception-of-officer": ("entry", exception_view(GONE, ACCOUNT, OFFICER)),
    "exception-closed": ("entry", exception_view(CLOSED, ACCOUNT, CENTRE)),
    "exception-wrong": (
        "entry",
        exception_view(
            GONE,
            ACCOUNT,
            CENTRE,
            typed={"why": ["a\n b"], "cause": ["ours"]},
            errors=(FieldError("who", "Say who did it."),),
        ),
    ),
}
