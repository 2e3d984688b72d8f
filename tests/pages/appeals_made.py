"""One filled view of every face of the pages of appeals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from compose import appeal_shown
from compose.appeal_room import Case, Lasting
from compose.sharing import Share
from shared.accounts.registry import Role
from shared.pages.parts import FieldError
from shared.pages.views import View
from shared.posts.appeal import Appeal, AppealState, Copy, Fate, Said, Settled
from shared.posts.life import State
from shared.posts.names import AccountId, PlatformName
from tests.builders import a_person, a_post, an_account

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
POST = a_post("Have you seen  <b>this</b> man?\nCall 101.", state=State.PUBLISHED)
OTHER = a_post("Please share!", account=AccountId("leek"), state=State.PUBLISHED)
CENTRE, OWNER = a_person("comms-ray", role=Role.COMMS), a_person("pc-okafor")
ACCOUNTS = {each.account_id: each for each in (an_account(), an_account("leek", title="Leek  NPT"))}
URL, THERE = "https://bsky.app/profile/x/post/77", "https://group.example/posts/7?a=1&b=2"
SETTLED = Settled(Fate.GONE, CENTRE.person_id, NOW, "The group took it\ndown.")
SAID = Said(OWNER.person_id, NOW, "Found, safe & well.\nThank you.")
COPIES = (
    Copy(THERE, "A <village> group.", OWNER.person_id, NOW),
    Copy(URL, "", OWNER.person_id, NOW, ours=True, settled=SETTLED),
)
OPEN = Appeal(POST.post_id, POST.draft.account, OWNER.person_id, NOW, date(2026, 12, 18))
FOUND = replace(OPEN, state=AppealState.FOUND, found=SAID, copies=COPIES, added=(OTHER.post_id,))
CLOSED = replace(FOUND, state=AppealState.CLOSED, closed=replace(SAID, words=""))
STANDS = Share(POST, {PlatformName("bluesky"): URL}, (URL,), added=False, waits=False, closing=None)
SAYS_SO = replace(
    STANDS, post=OTHER, added=True, closing=a_post("Found.", state=State.AWAITING_APPROVAL)
)
WAITS = replace(STANDS, standing={}, addresses=(), waits=True)
WRONG = (
    FieldError("words", "Write what the public is told: that it is over, and thanks."),
    FieldError("posts", "Tick the posts that the words go under."),
)
TYPED = {"words": ("Found\n <b>!",), "posts": ()}


def a_case(appeal: Appeal, *shares: Share, reader: object = OWNER) -> Case:
    people = {each.person_id: each for each in (CENTRE, OWNER)}
    return Case(appeal, shares, ACCOUNTS, people, reader)


def one(appeal: Appeal, *shares: Share, **more: object) -> tuple[str, View]:
    return "entry", appeal_shown.appeal_view(a_case(appeal, *shares, **more))


LATER = replace(OPEN, ends_on=OPEN.ends_on + timedelta(days=9), owner=CENTRE.person_id)
VIEWS: dict[str, tuple[str, View]] = {
    "appeals": (
        "registry",
        appeal_shown.list_view(
            Lasting((OPEN, FOUND, LATER), ACCOUNTS, {OWNER.person_id: OWNER}, "a+b/c=")
        ),
    ),
    "appeals-none": ("registry", appeal_shown.list_view(Lasting((), ACCOUNTS, {}, None))),
    "appeal-open": one(OPEN, STANDS),
    "appeal-not-out-yet": one(OPEN, WAITS),
    "appeal-nowhere": one(OPEN),
    "appeal-found": one(FOUND, STANDS, SAYS_SO),
    "appeal-closed": one(CLOSED, STANDS, SAYS_SO),
    "appeal-of-others": one(OPEN, STANDS, reader=a_person("auditor", role=Role.AUDITOR)),
    "appeal-wrong": (
        "entry",
        appeal_shown.appeal_view(a_case(OPEN, STANDS), "found", TYPED, WRONG),
    ),
}
