"""Ask that posts of ours be taken away: by whoever posts for the account, on one of the grounds.

Deleting is the last resort (policy C12), so one of the grounds must be named, and why, and what the
public is told (C13). The centre decides; on a grave ground the centre or a commander may begin at
once, and somebody else looks at it afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from moderate.incident_errors import MayNotActError, WrongFieldError
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Answer, Right, may, may_for
from shared.conductor.executions import ConductorError, Executions
from shared.posts.acts import subject
from shared.posts.deletion import (
    GRAVE,
    Asked,
    Deleted,
    Deletion,
    DeletionState,
    Ground,
    Version,
)
from shared.posts.life import Post, State
from shared.posts.names import AccountId
from shared.posts.outcomes import MAY_STAND
from shared.recordlog.canonical import JSON
from shared.records.deletion_acts import act_on_deletion
from shared.records.deletions import MOST_POSTS, Deletions
from shared.records.pen import ENTROPY_BYTES, Pen, ulid
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots

NOT_OUT = "Nothing of it is out. Take it back on the post’s own page instead."
NO_POSTS = "Name the posts."
TOO_MANY = f"Name {MOST_POSTS} posts at most; ask again for the others."
NO_WHY = "Say what is wrong with it; the centre decides by your words, and they are kept."
NO_NOTE = "Say in a sentence what the public is told. Do not repeat what was wrong."
NOT_GRAVE = "Offence alone waits for a second person. Ring the duty officer to have it soon."


@dataclass(frozen=True)
class Wish:
    """What somebody asks for."""

    posts: tuple[Version, ...]
    ground: Ground
    why: str
    note: str
    copies: str = ""
    at_once: bool = False


@dataclass(frozen=True)
class Desk:
    """What asking needs."""

    deletions: Deletions
    publications: Publications
    snapshots: Snapshots
    executions: Executions
    pen: Pen


def may_ask(person: Person, account: Account) -> Answer:
    """Whoever posts for the account, and the centre for any."""
    return may_for(person, Right.ASK_DELETION, account)


def ask_deletion(wish: Wish, by: Person, desk: Desk, now: datetime) -> Deletion:
    """The deletion, on record and with its machine; MayNotActError, WrongFieldError, NotFoundError,
    AlreadyAskedError where one stands for one of the posts."""
    wanted = tuple(dict.fromkeys(wish.posts))
    _check_fields(wish, wanted)
    posts, accounts = _read(wanted, desk)
    for post in posts:
        answer = may_ask(by, accounts[post.draft.account])
        if not answer.allowed:
            raise MayNotActError(answer.reason)
        if not _may_stand(post, desk.publications):
            raise WrongFieldError("posts", NOT_OUT)
    _check_at_once(wish, by)
    deletion = Deletion(
        deletion_id=ulid(now, desk.pen.chance(ENTROPY_BYTES)),
        posts=wanted,
        accounts=tuple(dict.fromkeys(post.draft.account for post in posts)),
        asked=Asked(
            by.person_id,
            now,
            wish.ground,
            wish.why.strip(),
            wish.note.strip(),
            wish.copies.strip(),
            wish.at_once,
        ),
        state=DeletionState.APPROVED if wish.at_once else DeletionState.ASKED,
    )
    payload: dict[str, JSON] = {
        "at_once": wish.at_once,
        "contents": {subject(post.post_id, post.version): post.content_hash for post in posts},
        "copies": deletion.asked.copies,
        "note": deletion.asked.note,
        "why": deletion.asked.why,
    }
    act = act_on_deletion(deletion, Deleted.ASKED, now, payload, actor=by.person_id)
    desk.deletions.ask(deletion, act)
    begin(deletion, desk.executions)
    return deletion


def begin(deletion: Deletion, executions: Executions) -> None:
    """Its machine; what fails here the sweep does within a minute."""
    try:
        executions.remove(deletion.deletion_id)
    except ConductorError:
        return


def _check_fields(wish: Wish, wanted: tuple[Version, ...]) -> None:
    if not wanted:
        raise WrongFieldError("posts", NO_POSTS)
    if len(wanted) > MOST_POSTS:
        raise WrongFieldError("posts", TOO_MANY)
    if not wish.why.strip():
        raise WrongFieldError("why", NO_WHY)
    if not wish.note.strip():
        raise WrongFieldError("note", NO_NOTE)


def _may_stand(post: Post, publications: Publications) -> bool:
    """Whether the public sees any of it, or may at any moment."""
    found = publications.of(post.post_id, post.version)
    return post.state is State.RELEASED or any(each.state in MAY_STAND for each in found)


def _check_at_once(wish: Wish, by: Person) -> None:
    if not wish.at_once:
        return
    able = may(by, Right.DELETE_AT_ONCE)
    if not able.allowed:
        raise MayNotActError(able.reason)
    if wish.ground not in GRAVE:
        raise WrongFieldError("at_once", NOT_GRAVE)


def _read(
    wanted: tuple[Version, ...], desk: Desk
) -> tuple[list[Post], Mapping[AccountId, Account]]:
    found = desk.snapshots.read(posts=[(each.post_id, each.version) for each in wanted])
    posts = [found.post(each.post_id, each.version) for each in wanted]
    accounts = desk.snapshots.read(accounts={post.draft.account for post in posts})
    return posts, {post.draft.account: accounts.account(post.draft.account) for post in posts}
