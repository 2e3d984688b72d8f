"""One filled view of every face of the pages of follower reviews."""

from dataclasses import replace
from datetime import timedelta

from shared.followers.flags import Flag, Sign
from shared.followers.review import (
    Decision,
    Flagged,
    Part,
    Place,
    Review,
    Ruling,
    Seen,
    Signature,
    decide,
    ready,
    sign,
    with_list,
)
from shared.followers.someone import Side, Someone
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView
from shared.pages.views import View
from shared.posts.names import PlatformName
from tests.builders import NOW
from tests.pages.righting_made import ACCOUNT, CENTRE
from watch.following.decide_review import Case
from watch.following.review_pages import EMPTY, TITLE
from watch.following.review_shown import DECIDE, review_view, row_of

FOLLOWERS, FOLLOWED = (Place(PlatformName("mastodon"), side) for side in Side)
PLACES = (FOLLOWERS, FOLLOWED, FOLLOWERS)
FLAGS = (
    Flag(Sign.LOOKALIKE, "It could be taken for Leek NPT (leekpolice), and it is not ours.", "F07"),
    Flag(Sign.SERIAL, "It follows 12,000 others, and 3 follow it.", "F01"),
)
PEOPLE = (
    Someone("u-1", "leekpo1ice", "Leek <NPT>", "https://social.example/@leekpo1ice"),
    Someone("u-2", "مرحبا", "\u200fمرحبا بالعالم"),
    Someone("u-3", "", "", ""),
)
BEGUN = Review(ACCOUNT.account_id, "2026-11", NOW)
READ = Seen(FOLLOWERS, NOW, 12_034, 210, 14, good_at=NOW - timedelta(days=30))
UNREAD = Seen(FOLLOWED, NOW, 80, fault="It <answered> 500.", good_at=NOW - timedelta(days=30))
FOUND = tuple(Flagged(0, place, them, FLAGS) for place, them in zip(PLACES, PEOPLE, strict=True))
OPEN = ready(with_list(with_list(BEGUN, READ, FOUND, 7), UNREAD, (), 0), NOW)
RULING = Ruling(Decision.BLOCK, "It speaks\nfor us.", CENTRE.person_id, NOW)


def decided() -> Review:
    review = OPEN
    for number in (1, 2, 3):
        review = decide(review, number, RULING)
    return sign(review, Part.COMMS, Signature(CENTRE.person_id, NOW))


DECIDED = decided()
SIGNED = sign(DECIDED, Part.OWNER, Signature(ACCOUNT.owner, NOW))
NAMES = {CENTRE.person_id: "Jo <Price>"}


def shown(review, **more):
    return review_view(Case(review, ACCOUNT), CENTRE, NAMES, **more)


VIEWS: dict[str, tuple[str, View]] = {
    "reviews": (
        "registry",
        RegistryView(
            TITLE,
            "/reviews",
            tuple(row_of(Case(each, ACCOUNT)) for each in (BEGUN, OPEN, DECIDED, SIGNED)),
            "a+b/c=",
            empty=EMPTY,
        ),
    ),
    "review-wrong": (
        "entry",
        shown(
            replace(OPEN, flagged=(*OPEN.flagged, replace(OPEN.flagged[0], number=4))),
            act=DECIDE,
            typed={"people": ["2"], "why": ["a\n b"]},
            errors=(FieldError("decision", "Choose what is to be done."),),
        ),
    ),
    "review-signed-by-one": ("entry", shown(DECIDED)),
}
