"""Put right what we said: a post of its own, under the one that was wrong, which stays as it was.

Whoever posts for the account writes it; it is checked and approved like any other post. What was
wrong, and the reference of a complaint, are on record with it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from compose.errors import MayNotPostError
from compose.reading import Wanted
from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_post
from shared.posts.correction import Correction, corrected_draft
from shared.posts.errors import InvalidDraftError
from shared.posts.life import Outcome, Post, Urgency
from shared.posts.names import PlatformName, PostId
from shared.records.posts import Posts
from shared.records.publications import Publications

NO_APOLOGY = "Begin with an apology: one sentence, plainly."
NO_WORDS = "Say what is true."
SAME = "These are the words that were wrong. Say what is true."
NO_WRONG = "Say what was wrong; it is kept, and the public does not see it."
NOT_OUT = "Nothing of it stands anywhere. Change it on its own page instead."
NOT_OURS = "A correction corrects a post, not another correction. Correct the first one."


@dataclass(frozen=True)
class Righting:
    """What somebody wants to put right, and how."""

    post_id: PostId
    version: int
    apology: str
    words: str
    wrong: str
    complaint: str = ""
    closes_thread: bool = True
    urgency: Urgency = Urgency.PROMPT


@dataclass(frozen=True)
class Shelf:
    """Where the post that was wrong is looked up, and whose account it speaks for."""

    posts: Posts
    publications: Publications
    account: Callable[[str], Account]


def to_correct(post_id: PostId, version: int, person: Person, shelf: Shelf) -> Post:
    """The post that is to be put right; NotFoundError, MayNotPostError, InvalidDraftError."""
    post = shelf.posts.get(post_id, version)
    answer = may_post(person, shelf.account(post.draft.account))
    if not answer.allowed:
        raise MayNotPostError(answer.reason)
    if post.correction is not None:
        raise InvalidDraftError("post", NOT_OURS)
    if not _standing(post, shelf):
        raise InvalidDraftError("post", NOT_OUT)
    return post


def wanted_correction(righting: Righting, person: Person, shelf: Shelf, key: str | None) -> Wanted:
    """The correction as it is submitted; what `to_correct` raises, and InvalidDraftError."""
    post = to_correct(righting.post_id, righting.version, person, shelf)
    if not righting.apology.strip():
        raise InvalidDraftError("apology", NO_APOLOGY)
    if not righting.words.strip():
        raise InvalidDraftError("words", NO_WORDS)
    if righting.words.strip() == post.draft.text.strip():
        raise InvalidDraftError("words", SAME)
    if not righting.wrong.strip():
        raise InvalidDraftError("wrong", NO_WRONG)
    correction = Correction(
        post.post_id,
        post.version,
        righting.wrong.strip(),
        righting.complaint.strip(),
        righting.closes_thread,
    )
    draft = corrected_draft(
        post.draft, _standing(post, shelf), righting.apology, righting.words, correction.of
    )
    return Wanted(draft, key=key, urgency=righting.urgency, correction=correction)


def _standing(post: Post, shelf: Shelf) -> dict[PlatformName, str]:
    """Where it stands, and under which address; a thread stands where its first part does."""
    found = shelf.publications.of(post.post_id, post.version)
    return {
        each.platform: each.receipt.url
        for each in found
        if each.part == 1 and each.state is Outcome.SENT and each.receipt
    }
