"""Reviews of urgent posts as rows hold them, and the mark by which unreviewed ones are found."""

from shared.posts.life import UrgentReview
from shared.posts.names import PersonId
from shared.records.spelling import as_json, from_json, moment, written

URGENT = "urgent"


def review_text(review: UrgentReview) -> str:
    """The review as JSON text."""
    return as_json({"by": review.by, "at": written(review.at), "remark": review.remark})


def review_of(text: str) -> UrgentReview:
    """The review that `review_text` wrote."""
    fields = from_json(text)
    return UrgentReview(PersonId(fields["by"]), moment(fields["at"]), fields["remark"])
