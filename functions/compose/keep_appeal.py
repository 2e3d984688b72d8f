"""What the team does about an appeal until it is closed: longer, another owner, where copies stand,
what became of each, and that it is over.

Whoever posts for the account does it, and so does the owner, and the centre for any. Where others
have it is sealed in the record log: an address may name somebody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from compose.errors import AppealOverError, MayNotPostError
from compose.sharing import Shelf, shares_of, standing_addresses
from shared.accounts.errors import LinkError
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Answer, Right, may, may_for
from shared.accounts.weblinks import post_address
from shared.posts.appeal import (
    Appeal,
    Appealed,
    AppealState,
    Copy,
    Fate,
    Said,
    Settled,
    closed,
    extended,
    settled,
    with_copy,
    with_post,
)
from shared.posts.errors import InvalidDraftError
from shared.posts.localtime import local
from shared.posts.names import PostId
from shared.recordlog.canonical import JSON
from shared.records.appeal_entries import act_on_appeal

OVER = "This appeal is closed. Begin a new one with a post, if it begins again."
NO_POST = "Name a post of ours as it stands in its address: 01J…-1."
NOT_THEIRS = "They do not post for {}. Choose one of its team, or of communications."
SAME_OWNER = "It is theirs already."


@dataclass(frozen=True)
class Hand:
    """Who acts, when, and on what is on record."""

    person: Person
    shelf: Shelf
    now: datetime


def may_keep(person: Person, appeal: Appeal, account: Account) -> Answer:
    """Whether somebody looks after this appeal."""
    if person.person_id == appeal.owner:
        return may(person, Right.WRITE)
    return may_for(person, Right.WRITE, account)


def kept(appeal_id: PostId, hand: Hand) -> Appeal:
    """The appeal, for whoever looks after it; NotFoundError, MayNotPostError, AppealOverError."""
    appeal = hand.shelf.appeals.get(appeal_id)
    answer = may_keep(hand.person, appeal, hand.shelf.account(appeal.account))
    if not answer.allowed:
        raise MayNotPostError(answer.reason)
    if appeal.state is AppealState.CLOSED:
        raise AppealOverError(OVER)
    return appeal


def extend(appeal_id: PostId, until: date, why: str, hand: Hand) -> Appeal:
    """It ends on another day."""
    before = kept(appeal_id, hand)
    after = extended(before, until, why, local(hand.now).date())
    said = {"from": before.ends_on.isoformat(), "until": until.isoformat()}
    return _changed((before, after), Appealed.EXTENDED, said, hand, why.strip())


def hand_over(appeal_id: PostId, to: Person, hand: Hand) -> Appeal:
    """Somebody else looks after it; they have to be able to."""
    before = kept(appeal_id, hand)
    account = hand.shelf.account(before.account)
    if to.person_id == before.owner:
        raise InvalidDraftError("owner", SAME_OWNER)
    if not may_for(to, Right.WRITE, account).allowed:
        raise InvalidDraftError("owner", NOT_THEIRS.format(account.title))
    after = replace(before, owner=to.person_id)
    said = {"from": before.owner, "to": to.person_id}
    return _changed((before, after), Appealed.HANDED_OVER, said, hand)


def add_copy(appeal_id: PostId, address: str, note: str, hand: Hand) -> Appeal:
    """Somebody knows where others have it."""
    before = kept(appeal_id, hand)
    try:
        post_address(address)
    except LinkError as error:
        raise InvalidDraftError("address", str(error)) from error
    copy = Copy(address, note.strip(), hand.person.person_id, hand.now)
    after = with_copy(before, copy)
    act = act_on_appeal(
        after,
        Appealed.COPY_KEPT,
        hand.now,
        {"copies": len(after.copies)},
        actor=hand.person.person_id,
        personal={"address": address, "note": note.strip()},
    )
    hand.shelf.appeals.change(before, after, act)
    return after


def add_post(appeal_id: PostId, name: str, hand: Hand) -> Appeal:
    """Another post of ours shares it, as somebody says."""
    before = kept(appeal_id, hand)
    post_id = PostId(name.strip().rstrip("/").rpartition("/")[2].partition("-")[0])
    if not post_id or not hand.shelf.posts.history(post_id):
        raise InvalidDraftError("post", NO_POST)
    after = with_post(before, post_id)
    return _changed((before, after), Appealed.COPY_KEPT, {"post": post_id}, hand)


def settle_copy(appeal_id: PostId, address: str, fate: Fate, why: str, hand: Hand) -> Appeal:
    """Somebody says what became of a copy, one of ours included."""
    before = kept(appeal_id, hand)
    ours = standing_addresses(shares_of(before, hand.shelf))
    said = Settled(fate, hand.person.person_id, hand.now, why.strip())
    after = settled(before, address, said, ours)
    own = address in ours
    told: dict[str, JSON] = {"fate": fate.value, **({"address": address} if own else {})}
    act = act_on_appeal(
        after,
        Appealed.COPY_SETTLED,
        hand.now,
        told,
        actor=hand.person.person_id,
        reason=why.strip(),
        personal={} if own else {"address": address},
    )
    hand.shelf.appeals.change(before, after, act)
    return after


def close(appeal_id: PostId, why: str, hand: Hand) -> Appeal:
    """It is over, and nothing of it is left open."""
    before = kept(appeal_id, hand)
    shares = shares_of(before, hand.shelf)
    unsaid = any(share.is_unsaid(before) for share in shares)
    said = Said(hand.person.person_id, hand.now, why.strip())
    after = closed(before, said, standing_addresses(shares), unsaid=unsaid)
    return _changed((before, after), Appealed.CLOSED, _fates(before), hand, why.strip() or None)


def _fates(appeal: Appeal) -> dict[str, JSON]:
    """How many copies became what."""
    fates = [copy.settled.fate for copy in appeal.copies if copy.settled]
    return {fate.value: fates.count(fate) for fate in Fate}


def _changed(
    step: tuple[Appeal, Appeal],
    happened: Appealed,
    said: Mapping[str, JSON],
    hand: Hand,
    reason: str | None = None,
) -> Appeal:
    before, after = step
    actor = hand.person.person_id
    act = act_on_appeal(after, happened, hand.now, said, actor=actor, reason=reason)
    hand.shelf.appeals.change(before, after, act)
    return after
