"""One filled view of every face of the pages of impostors: hostile where a stranger speaks."""

from dataclasses import replace
from datetime import timedelta

from shared.accounts.registry import Handle, ReservedName
from shared.impostors.case import NO_DAY, Case, CaseState, Source, Step
from shared.impostors.evidence import LONGEST_ABOUT, Evidence
from shared.impostors.hand_searches import HandSearch, platforms_by_hand
from shared.impostors.kept_names import KeptName
from shared.pages.parts import FieldError
from shared.pages.views import View
from shared.posts.names import LeafId, PlatformName
from shared.records.searches import Search
from tests.builders import NOW
from tests.pages.righting_made import ACCOUNT, CENTRE
from watch.impostors.impostor_forms import REPORT
from watch.impostors.impostor_room import Shown
from watch.impostors.impostor_shown import case_view, list_view
from watch.impostors.names_shown import (
    SEARCHED,
    Refused,
    Searching,
    account_view,
    accounts_view,
)
from watch.impostors.search_by_hand import NO_DAY as NO_SUCH_DAY

X, MASTODON = PlatformName("x"), PlatformName("mastodon")
REASON = "It could be taken for Leek NPT (leekpolice)."
CASE = Case("c" * 32, ACCOUNT.account_id, X, Source.SEARCH, NOW, REASON, LeafId("01LEAF"))
SEEN = Evidence(
    "leekpo1ice",
    "2026-11-20T09:00:00Z",
    "u-77",
    "\u200fمرحبا <b>Leek</b>",
    "https://x.com/leekpo1ice",
    "Ring us\n" + "<script>alert(1)</script> " * 60 + "x" * (LONGEST_ABOUT - 1_600),
    "https://pbs.twimg.com/1.jpg",
    "f" * 64,
)
NAMES = {CENTRE.person_id: "Jo <Price>"}
STEPS = tuple(
    Step(
        state,
        NOW + timedelta(days=day),
        CENTRE.person_id,
        "Our crest.\nOur name.",
        "https://report.example/form",
        NOW.date(),
        "R-17",
    )
    for day, state in enumerate((CaseState.IMPOSTOR, CaseState.REPORTED, CaseState.REFUSED))
)
REFUSED = replace(CASE, steps=STEPS, looked_at=NOW, missed_at=NOW, fault="It <answered> 500.")
HERE = (
    Handle(X, "leekpolice", "https://api.x.example"),
    Handle(MASTODON, "leekpolice", "https://social.example"),
)
SPEAKS = replace(ACCOUNT, handles=HERE)
KEPT = tuple(
    KeptName(SPEAKS, ReservedName(platform, f"LeekPolice{number}"), on)
    for number in range(10)
    for platform, on in ((X, NOW.date()), (MASTODON, None))
)
SEARCHES = (
    Search(ACCOUNT.account_id, X, NOW, more=7),
    Search(ACCOUNT.account_id, MASTODON, fault="It <answered> 500.", since=NOW),
)
MADE = tuple(
    HandSearch(ACCOUNT.account_id, platform, *said)
    for platform, said in zip(
        platforms_by_hand(SPEAKS), ((NOW.date(), CENTRE.person_id), *[()] * 9), strict=False
    )
)
SEARCHING = Searching(SPEAKS, SEARCHES, MADE, KEPT, NAMES)
REFUSED_SEARCH = Refused(
    SEARCHED,
    {"platforms": ["facebook"], "searched_on": ["2027-01-13"]},
    FieldError("searched_on", NO_SUCH_DAY),
)


def shown(case, evidence=SEEN):
    return Shown(case, ACCOUNT, evidence, NAMES)


VIEWS: dict[str, tuple[str, View]] = {
    "impostors": (
        "registry",
        list_view(
            [
                shown(
                    replace(CASE, case_id=f"{n:032}", steps=(replace(STEPS[0], state=state),)),
                )
                for n, state in enumerate(CaseState)
                if state is not CaseState.FOUND
            ]
            + [shown(CASE), shown(CASE, None)],
            CENTRE,
            "a+b/c=",
            everything=True,
        ),
    ),
    "impostor-wrong": (
        "entry",
        case_view(
            shown(REFUSED),
            CENTRE,
            act=REPORT,
            typed={"where": ["a\n b"], "on": ["2027-01-13"]},
            errors=(FieldError("on", NO_DAY),),
        ),
    ),
    "impostors-accounts": (
        "registry",
        accounts_view([ACCOUNT], {}, {ACCOUNT.account_id: MADE}, NOW.date(), "a+b/c="),
    ),
    "impostors-of-an-account": ("entry", account_view(SEARCHING, CENTRE, REFUSED_SEARCH)),
}
