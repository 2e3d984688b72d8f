"""Whoever is on duty, and the owners of the accounts, are told of each drift at once, and once.

That telling begins is on record before the letter leaves, and that it left afterwards
(`shared.records.notices`): what nobody told, because we died in between, the next hour tells. No
letter holds a word of what stands there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.accounts.registry import Account
from shared.drift.acts import Drifted
from shared.drift.drift import Drift, Kind
from shared.mail.everybody import Send, send_to_all
from shared.mail.found_letters import found_letters
from shared.mail.letters import DriftsFound, Event
from shared.posts.capabilities import TITLES
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId
from shared.records.accounts import Accounts
from shared.records.drift_entries import act_on_drift
from shared.records.drifts import Drifts
from shared.records.notices import Notices
from shared.records.people import People

NEWS = timedelta(days=3)
"""So long after it was found a drift is still told of; then the alarm has rung for days."""

WHAT = {
    Kind.POST: "a post that is not from us",
    Kind.ACCOUNT: "another account than before",
    Kind.HANDLE: "another handle",
    Kind.NAME: "another name",
    Kind.ABOUT: "other words about the account",
    Kind.PICTURE: "another picture",
}


class NobodyToTellError(Exception):
    """Nobody is on duty; raising it rings the alarm, and the next hour tries again."""


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave."""

    drifts: Drifts
    notices: Notices
    accounts: Accounts
    people: People
    base_url: str
    sender: str
    send: Send


def tell_drifts(desk: Desk, now: datetime) -> int:
    """Tell what nobody was told; how many. A MailError or NobodyToTellError if it could not be."""
    news = [each for each in desk.drifts.found_since(now - NEWS) if each.is_alarm]
    if not (ours := _begun(desk, news, now)):
        return 0
    letters = _letters(desk, ours)
    if not letters:
        raise NobodyToTellError("Nobody is on duty to be told of what stands on our accounts.")
    send_to_all(Event.DRIFTS_FOUND, letters, sender=desk.sender, send=desk.send, at=now)
    desk.notices.told(map(_notice_of, ours), now)
    return len(ours)


def _letters(desk: Desk, found: Iterable[Drift]) -> dict[str, DriftsFound]:
    accounts = {each.account_id: each for each in desk.accounts.all()}
    return found_letters(
        [(each.account, _line(each, accounts)) for each in found],
        accounts,
        desk.people.all(),
        desk.people.on_duty(),
        lambda name, lines: DriftsFound(name, lines, f"{desk.base_url}/drifts"),
    )


def _line(drift: Drift, accounts: Mapping[AccountId, Account]) -> str:
    account = accounts.get(drift.account)
    title = account.title if account else drift.account
    platform = TITLES.get(drift.platform, str(drift.platform))
    return f"{title} on {platform}: {WHAT[drift.kind]}, seen {moment_text(drift.found_at)}"


def _begun(desk: Desk, news: list[Drift], now: datetime) -> list[Drift]:
    """Those of them that are ours to tell."""
    ours = desk.notices.begin_each(
        (_notice_of(each), act_on_drift(each, Drifted.TOLD, now)) for each in news
    )
    return [each for each in news if _notice_of(each) in ours]


def _notice_of(drift: Drift) -> str:
    return f"drift/{drift.drift_id}"
