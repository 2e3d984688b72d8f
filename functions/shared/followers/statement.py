"""What a force can say of a month's reviews: counts, and nobody's name (F05)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.followers.review import Review, ReviewState


@dataclass(frozen=True)
class Statement:
    """Of one month: `reviews` that were begun, those that both sides `signed`, lists that were
    `read` and `not_read`, how often which `signs` stood out, and how often what was decided."""

    month: str
    reviews: int
    signed: int
    read: int
    not_read: int
    flagged: int
    signs: Mapping[str, int]
    decisions: Mapping[str, int]


def statement(month: str, reviews: Iterable[Review]) -> Statement:
    """The counts of a month."""
    known = [review for review in reviews if review.month == month]
    seen = [each for review in known for each in review.seen]
    people = [each for review in known for each in review.flagged]
    signs = Counter(flag.sign.value for each in people for flag in each.flags)
    decisions = Counter(each.ruling.decision.value for each in people if each.ruling)
    return Statement(
        month=month,
        reviews=len(known),
        signed=sum(review.state is ReviewState.SIGNED for review in known),
        read=sum(not each.fault for each in seen),
        not_read=sum(bool(each.fault) for each in seen),
        flagged=len(people) + sum(review.more for review in known),
        signs=dict(sorted(signs.items())),
        decisions=dict(sorted(decisions.items())),
    )
