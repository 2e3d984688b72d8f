"""Its author or the communications team takes a post back before any of it went out."""

from contextlib import suppress
from datetime import datetime

from compose.errors import MayNotChangeError, NotReplaceableError, ReasonMissingError
from compose.submit import TRIES, Desk
from compose.told import withdrawn_acts
from compose.waiting import check_waits, tell
from shared.accounts.registry import Person
from shared.accounts.rights import Answer, Right, may
from shared.posts.life import Post, State
from shared.posts.names import PostId
from shared.records.approval import TakenBack
from shared.records.errors import ChangedError


def may_withdraw(person: Person, post: Post) -> Answer:
    """Its author, and the communications team."""
    able = may(person, Right.WRITE)
    if not able.allowed or person.person_id == post.author:
        return able
    if may(person, Right.WRITE_FOR_ANY).allowed:
        return able
    return Answer(False, "Only its author or communications take this post back. Ring them.")


def withdraw(
    post_id: PostId, version: int, reason: str, *, person: Person, desk: Desk, now: datetime
) -> Post:
    """The version as it then stands: taken back for good. A repeated call changes nothing."""
    for _ in range(TRIES):
        standing = desk.files.standing(post_id, version)
        answer = may_withdraw(person, standing.post)
        if not answer.allowed:
            raise MayNotChangeError(answer.reason)
        if standing.post.state is State.WITHDRAWN:
            return standing.post
        if not reason.strip():
            raise ReasonMissingError("Say why it is taken back; others will ask.")
        check_waits(standing, "cannot be taken back")
        back = TakenBack(State.WITHDRAWN, person.person_id, now)
        acts = withdrawn_acts(standing, reason, back)
        with suppress(ChangedError):  # look again how it stands
            taken = desk.replacing.withdraw(standing, back, reason, acts)
            tell(taken, desk.executions, desk.files)
            return taken.post
    raise NotReplaceableError("It moved on just now. Look at it again, then decide.")
