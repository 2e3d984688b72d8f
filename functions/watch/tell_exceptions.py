"""Whoever is on duty, and the owners of the accounts, are told of each exception once, and at once:
whoever took a post of ours away, or changed it, has the account's password, and may be a thief
(policy P07).

That telling begins is on record before the letter leaves, and that it left afterwards
(`shared.records.notices`): what nobody told, because we died in between, the next hour tells.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.registry import Account
from shared.mail.everybody import Send, send_to_all
from shared.mail.found_letters import found_letters
from shared.mail.letters import Event, ExceptionsFound
from shared.posts.acts import SYSTEM
from shared.posts.exception_found import Change, Noticed, PostException, subject_of
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId
from shared.posts.threads import part_of
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.exceptions import Exceptions
from shared.records.listing import LONGEST_LISTING
from shared.records.notices import Notices
from shared.records.people import People

NEWS = timedelta(days=3)
"""So long after it was found an exception is still told of; then the alarm has rung for days."""

WHAT = {Change.GONE: "is gone from", Change.ALTERED: "was changed on"}


class NobodyToTellError(Exception):
    """Nobody is on duty; raising it rings the alarm, and the next hour tries again."""


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave."""

    exceptions: Exceptions
    notices: Notices
    accounts: Accounts
    people: People
    base_url: str
    sender: str
    send: Send


def tell_exceptions(desk: Desk, now: datetime) -> int:
    """Tell what nobody was told; how many. A MailError or NobodyToTellError if it could not be."""
    ours = [each for each in _recent(desk.exceptions, now - NEWS) if _begins(desk, each, now)]
    if not ours:
        return 0
    letters = _letters(desk, ours)
    if not letters:
        raise NobodyToTellError("Nobody is on duty to be told of posts that are gone.")
    send_to_all(Event.EXCEPTIONS_FOUND, letters, sender=desk.sender, send=desk.send, at=now)
    desk.notices.told(map(_notice_of, ours), now)
    return len(ours)


def _recent(exceptions: Exceptions, since: datetime) -> Iterator[PostException]:
    """Those that are open and were found since then, newest first."""
    cursor = None
    while True:
        page = exceptions.all(cursor, LONGEST_LISTING)
        for each in page.entries:
            if each.found_at <= since:
                return
            yield each
        if page.cursor is None:
            return
        cursor = page.cursor


def _letters(desk: Desk, found: Iterable[PostException]) -> dict[str, ExceptionsFound]:
    accounts = {each.account_id: each for each in desk.accounts.all()}
    return found_letters(
        [(each.account, _line(each, accounts)) for each in found],
        accounts,
        desk.people.all(),
        desk.people.on_duty(),
        lambda name, lines: ExceptionsFound(name, lines, f"{desk.base_url}/exceptions"),
    )


def _line(found: PostException, accounts: Mapping[AccountId, Account]) -> str:
    account = accounts.get(found.account)
    title = account.title if account else found.account
    platform, _ = part_of(found.place)
    since = moment_text(found.sent_at)
    return f"{title}: a post of {since} {WHAT[found.change]} {platform}"


def _begins(desk: Desk, found: PostException, now: datetime) -> bool:
    act = Act(
        type=Noticed.TOLD.value,
        account=found.account,
        subject=subject_of(found.exception_id),
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={},
    )
    return desk.notices.begin(_notice_of(found), act)


def _notice_of(found: PostException) -> str:
    return f"exception/{found.exception_id}"
