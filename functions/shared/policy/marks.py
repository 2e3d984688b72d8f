"""By what a draft is found that shares an appeal: the pages its words lead to, and its pictures."""

from shared.policy.reading import Reading
from shared.policy.verdict import Candidate
from shared.posts.appeal_marks import marks_of
from shared.posts.content import Draft, whole_text


def read(draft: Draft) -> Reading:
    """All its words, as the policy reads them."""
    return Reading(Candidate(whole_text(draft), (), "", ""))


def marks_in(draft: Draft, reading: Reading) -> tuple[str, ...]:
    """The marks of a draft and its words: the pages it leads to, and its pictures."""
    links = [reading.plain[link.start : link.end] for link in reading.links]
    if draft.card:
        links.append(draft.card.url)
    return marks_of(links, draft.media)
