"""Reviews of followers in every state that the description of the API tells of."""

from collections.abc import Sequence
from typing import Any

from local.force import AUDITOR, COMMS, OFFICER
from shared.followers.acts import Reviewed
from shared.followers.flags import Flag, Sign
from shared.followers.review import (
    Decision,
    Flagged,
    Place,
    Review,
    Ruling,
    Seen,
    decide,
    ready,
    with_list,
)
from shared.followers.someone import Side, Someone
from shared.posts.names import AccountId, PlatformName
from shared.records.review_acts import act_on_review
from shared.records.reviews import Reviews
from tests.workflows.force import FREE

REVIEWS, NOWHERE = "/v1/reviews", "2020-01-nobody"
FOLLOWERS, FOLLOWED = (Place(PlatformName("mastodon"), side) for side in Side)
THEM = Someone("u-9", "winner99887766", "", "https://social.example/@winner99887766")


class Reviewing:
    """A force in which a review is being read, some are open, and of one everybody is decided
    about."""

    def __init__(self, force: Any) -> None:
        self._at = force.stack.clock.now()
        self._kept = Reviews(force.stack.tables, force.pen)
        self.reading = self._begun("2025-01").review_id
        self.open, self.undecided = (
            self._opened(month).review_id for month in ("2025-02", "2025-03")
        )
        self.decided = self._decided("2025-04").review_id

    def _begun(self, month: str) -> Review:
        review = Review(AccountId(FREE), month, self._at)
        act = act_on_review(review, Reviewed.BEGUN, self._at)
        [begun] = self._kept.begin_each([(review, act)])
        return begun

    def _opened(self, month: str) -> Review:
        before = self._begun(month)
        flags = (Flag(Sign.SPAM, "It has a name that ends in a long number.", "F04"),)
        found = tuple(Flagged(0, place, THEM, flags) for place in (FOLLOWERS, FOLLOWED))
        read = Seen(FOLLOWERS, self._at, 40, 3, 1, good_at=self._at)
        unread = Seen(FOLLOWED, self._at, fault="It was down.")
        after = with_list(with_list(before, read, found, 2), unread, (), 0)
        return self._advanced(before, ready(after, self._at))

    def _decided(self, month: str) -> Review:
        before = after = self._opened(month)
        for number, decision in enumerate((Decision.BLOCK, Decision.UNFOLLOW), 1):
            after = decide(after, number, Ruling(decision, "Spam.", COMMS.person_id, self._at))
        return self._advanced(before, after)

    def _advanced(self, before: Review, after: Review) -> Review:
        act = act_on_review(after, Reviewed.READY, self._at)
        return self._kept.advance(before, after, [act])


def review_examples(reviewing: Reviewing, sent: Any, refusals: Any) -> dict[str, Any]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    auditor, comms = AUDITOR.person_id, COMMS.person_id
    one, nowhere = f"{REVIEWS}/{reviewing.open}", f"{REVIEWS}/{NOWHERE}"
    decide_one, sign_one = f"{one}/decisions", f"{REVIEWS}/{reviewing.decided}/signature"
    wish, signature = _wish(["1", "2"]), {"part": "comms"}
    return {
        "listReviews": {
            200: sent(REVIEWS, who=OFFICER.person_id),
            401: sent(REVIEWS, who=""),
            422: sent(REVIEWS, query="cursor=zzz", who=comms),
        },
        "getReview": {
            200: sent(f"{REVIEWS}/{reviewing.decided}", who=auditor),
            401: sent(one, who=""),
            404: sent(nowhere, who=auditor),
        },
        "decideReview": {
            **refusals(decide_one, comms),
            200: sent(decide_one, wish, comms),
            403: sent(decide_one, wish, auditor),
            404: sent(f"{nowhere}/decisions", wish, comms),
            409: sent(f"{REVIEWS}/{reviewing.reading}/decisions", _wish(["1"]), comms),
        },
        "signReview": {
            **refusals(sign_one, comms),
            200: sent(sign_one, signature, comms),
            403: sent(sign_one, signature, auditor),
            404: sent(f"{nowhere}/signature", signature, comms),
            409: sent(f"{REVIEWS}/{reviewing.undecided}/signature", signature, comms),
        },
    }


def _wish(people: Sequence[str]) -> dict[str, Any]:
    return {"people": [*people], "decision": "keep"}
