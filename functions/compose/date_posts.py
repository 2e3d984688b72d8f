"""The post of one date of a series: sent in through the very deed that an author's own posts go
through, so that nothing is approved in advance; and taken back while none of it is out.

The id of a post follows from its series and date: whatever broke off or comes twice finds the one
that is there already.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from compose.errors import MayNotPostError, NotReplaceableError
from compose.reading import Wanted
from compose.submit import TRIES, Desk, submit
from compose.told import withdrawn_acts
from compose.waiting import check_waits, tell
from shared.accounts.incident import Board
from shared.accounts.registry import Account, Person
from shared.posts.errors import InvalidDraftError
from shared.posts.life import KEPT_IN, Post, State, Urgency
from shared.posts.names import ContentHash, PersonId, PostId
from shared.posts.reminders import Occurrence, moment
from shared.posts.series import Reminder, Sent, draft_for, words_of
from shared.records.approval import TakenBack
from shared.records.errors import AlreadyExistsError, ChangedError, KeyReusedError
from shared.records.pen import ENTROPY_BYTES, ulid

AHEAD_OF_ITS_DAY = timedelta(days=7)
"""What the id of a post says of its age; only its place in a list follows from it."""

UNHURRIED = timedelta(days=2)
"""Time enough for an approver to decide on a working day."""

GONE = "Its date has come, or the reminder was changed or stopped."


class UnpostableError(Exception):
    """No post can be made; `str()` tells a person why, `code` the record log."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Voice:
    """Whose posts they are, through which account, and what is going on."""

    person: Person
    account: Account
    board: Board


def post_id_for(reminder: Reminder, day: date) -> PostId:
    """The one id of the post for this date of the series."""
    named = f"{reminder.reminder_id} {day}"
    entropy = hashlib.sha256(named.encode()).digest()[:ENTROPY_BYTES]
    return PostId(ulid(moment(day, time(0)) - AHEAD_OF_ITS_DAY, entropy))


def send_in(
    reminder: Reminder,
    occurrence: Occurrence,
    before: Sent | None,
    voice: Voice,
    *,
    desk: Desk,
    now: datetime,
) -> Post | None:
    """The post of this date as it is on record, by this call or by one that broke off; None where
    the one before it can be replaced no more. UnpostableError.
    """
    latest = desk.posts.get(before.post_id) if before else None
    number = latest.version + 1 if latest else 1
    post_id = latest.post_id if latest else post_id_for(reminder, occurrence.day)
    unhurried = occurrence.due_at - now > UNHURRIED
    wanted = Wanted(
        draft_for(reminder, occurrence, now),
        (latest.post_id, latest.version) if latest else None,
        f"reminder {reminder.reminder_id} {occurrence.day} {number}",
        Urgency.ROUTINE if unhurried else Urgency.PROMPT,
        hands=(voice.person, reminder.editor),
    )
    person, account, board = voice.person, voice.account, voice.board
    try:
        return submit(wanted, person, account, desk, post_id=post_id, now=now, board=board)
    except (AlreadyExistsError, KeyReusedError):
        return desk.posts.get(post_id)
    except NotReplaceableError:
        return None
    except MayNotPostError as error:
        raise UnpostableError("Its author may not post for this account now.", "author") from error
    except InvalidDraftError as error:
        raise UnpostableError(str(error), "draft") from error


def words_on_record(
    reminder: Reminder, occurrence: Occurrence, post: Post, now: datetime
) -> ContentHash:
    """What the series says of this date, if that is what the post says: else the post's own hash,
    which makes the next look replace it.
    """
    asked = draft_for(reminder, occurrence, now)
    same = replace(post.draft, not_before=None) == replace(asked, not_before=None)
    as_due = post.draft.not_before in {asked.not_before, occurrence.due_at}
    return words_of(reminder, occurrence) if same and as_due else post.content_hash


def take_back(sent: Sent, by: str, desk: Desk, now: datetime) -> bool:
    """Whether nothing of it went out, nor ever will. ChangedError if it moves on while we look."""
    for _ in range(TRIES):
        latest = desk.posts.get(sent.post_id)
        if latest.state in KEPT_IN:
            return True
        standing = desk.files.standing(latest.post_id, latest.version)
        try:
            check_waits(standing, "cannot be taken back")
        except NotReplaceableError:
            return False
        back = TakenBack(State.WITHDRAWN, PersonId(by), now)
        with suppress(ChangedError):  # look again how it stands
            taken = desk.replacing.withdraw(
                standing, back, GONE, withdrawn_acts(standing, GONE, back)
            )
            tell(taken, desk.executions, desk.files)
            return True
    raise ChangedError("post", sent.post_id, "moves on while we look")
