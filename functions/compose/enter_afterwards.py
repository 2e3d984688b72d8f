"""A post that was made by hand is entered afterwards, so that the record stays whole.

It is out: nothing is refused for what it says. Today's policy reads it, and what it finds is kept;
somebody who had no hand in it looks at it by the end of the next working day, as at any post that
did not wait (`docs/break_glass.md`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from compose.beside import NOTHING, Beside
from compose.errors import MayNotPostError
from shared.accounts.errors import LinkError
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Answer, Right, may
from shared.accounts.same_person import is_same_person
from shared.accounts.weblinks import post_address
from shared.policy.circumstances import candidate_of
from shared.policy.verdict import Candidate, Verdict
from shared.posts.acts import Happened
from shared.posts.addresses import belongs_to
from shared.posts.content import Draft, content_hash
from shared.posts.errors import InvalidDraftError
from shared.posts.life import Outcome, Post, State, Urgency
from shared.posts.localtime import moment_text
from shared.posts.names import PersonId, PlatformName, PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.afterwards import Afterwards
from shared.records.publication import KeptReceipt, Publication, step_of

OLDEST = timedelta(days=366)

NOT_THEIRS = "You are not a member of {}. Ask its owner, or communications, to enter it."
NOT_YOURS = "Only communications enter what somebody else posted. Leave it empty if it was you."
NO_VOICE = "{} has no name on {} in the registry. Ask the web team to enter it first."
NOT_AN_ADDRESS = "That is no address of a post there. Open the post and copy its address."
NOT_YET = "That time is still to come. Say when it was posted."
TOO_OLD = "That is more than a year ago. Tell professional standards instead."
TWO_EYES = "Four eyes are two people. Name who agreed, or leave it empty if nobody did."
NO_WHY = "Say why it was posted by hand: what did not work, and who could not be reached."
NO_WORDS = "Copy the words exactly as they stand there."


@dataclass(frozen=True)
class ByHand:
    """What was posted, where it stands, when and by whom, who agreed, and why by hand."""

    draft: Draft
    url: str
    at: datetime
    by: Person
    authorised_by: Person | None
    why: str

    @property
    def platform(self) -> PlatformName:
        """Where it stands: one platform, because each post there has its own address."""
        return self.draft.platforms[0]


def may_enter(person: Person, account: Account) -> Answer:
    """The account's team and the centre, whether or not the account may post today."""
    able = may(person, Right.WRITE)
    if not able.allowed or person.person_id in account.team:
        return able
    if may(person, Right.WRITE_FOR_ANY).allowed:
        return able
    return Answer(False, NOT_THEIRS.format(account.title))


def enter_afterwards(
    entry: ByHand,
    person: Person,
    account: Account,
    *,
    verdict: Callable[[Candidate], Verdict],
    afterwards: Afterwards,
    post_id: PostId,
    now: datetime,
    beside: Callable[[Post], Beside] = lambda _: NOTHING,
) -> Post:
    """The post as it is on record; TakenError if this address is on record already."""
    answer = may_enter(person, account)
    if not answer.allowed:
        raise MayNotPostError(answer.reason)
    _check(entry, person, account, now)
    found = verdict(candidate_of(entry.draft, entry.by, account))
    post = Post(
        post_id=post_id,
        version=1,
        draft=entry.draft,
        content_hash=content_hash(entry.draft),
        author=entry.by.person_id,
        submitted_at=now,
        state=State.PUBLISHED,
        policy_version=found.policy_version,
        findings=tuple(finding.as_dict() for finding in found.findings),
        reason=f"Posted by hand, {moment_text(entry.at)}, and entered afterwards.",
        editor=None if entry.by.person_id == person.person_id else person.person_id,
        urgency=Urgency.IMMEDIATE,
        urgent_reason=entry.why.strip(),
    )
    acts, besides = _acts(post, entry, person.person_id, now), beside(post)
    publication, acts_of_all = _publication(post, entry, acts[-1]), (*acts, *besides.acts)
    return afterwards.enter(post, publication, entry.url, acts_of_all, also=besides.writes)


def _check(entry: ByHand, person: Person, account: Account, now: datetime) -> None:
    """What cannot be so; InvalidDraftError. What the words say is not among it."""
    if not entry.draft.text.strip():
        raise InvalidDraftError("text", NO_WORDS)
    if account.handle(entry.platform) is None:
        raise InvalidDraftError("platform", NO_VOICE.format(account.title, entry.platform))
    try:
        post_address(entry.url)
    except LinkError as error:
        raise InvalidDraftError("url", str(error)) from error
    if not belongs_to(entry.platform, entry.url):
        raise InvalidDraftError("url", NOT_AN_ADDRESS)
    if entry.at > now:
        raise InvalidDraftError("at", NOT_YET)
    if entry.at < now - OLDEST:
        raise InvalidDraftError("at", TOO_OLD)
    own = entry.by.person_id == person.person_id
    if not own and not may(person, Right.WRITE_FOR_ANY).allowed:
        raise InvalidDraftError("by", NOT_YOURS)
    if entry.authorised_by and is_same_person(entry.authorised_by, entry.by):
        raise InvalidDraftError("authorised_by", TWO_EYES)
    if not entry.why.strip():
        raise InvalidDraftError("why", NO_WHY)


def _acts(post: Post, entry: ByHand, actor: PersonId, now: datetime) -> tuple[Act, Act]:
    agreed = entry.authorised_by.person_id if entry.authorised_by else None
    said: dict[str, JSON] = {
        "authorised_by": agreed,
        "by": entry.by.person_id,
        "findings": cast("JSON", [dict(finding) for finding in post.findings]),
        "platforms": list(post.draft.platforms),
        "policy_version": post.policy_version,
        "posted_at": entry.at.isoformat(),
        "text": post.draft.text,
        "url": entry.url,
        "why": entry.why.strip(),
    }
    told: dict[str, JSON] = {"decision": "sent", "reason": entry.why.strip(), "url": entry.url}
    return (
        act_on(post, Happened.ENTERED_AFTERWARDS, now, said, actor=actor, approver=agreed),
        act_on(post, Happened.SETTLED, now, told, actor=actor, target=entry.platform),
    )


def _publication(post: Post, entry: ByHand, act: Act) -> Publication:
    """The target as a person says it stands: no request of ours, no proof."""
    return Publication(
        post_id=post.post_id,
        version=1,
        platform=entry.platform,
        account=post.draft.account,
        content_hash=post.content_hash,
        state=Outcome.SENT,
        key="",
        request={},
        attempts=0,
        claimed_at=entry.at,
        attempted_at=entry.at,
        settled_at=act.at,
        receipt=KeptReceipt(entry.url, entry.url, ""),
        reason=None,
        trail=(step_of(act),),
    )
