"""Which accounts are silent for too long, and who is told of it next (policy.md D02, D28, B29)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from shared.accounts.acts import SILENT_TOLD, Happened, account_subject
from shared.accounts.pauses import pauses
from shared.accounts.registry import Account, AccountStatus, ClosureProposed, Person
from shared.accounts.rhythm import rhythm, rhythm_words
from shared.accounts.silence import Silence, Step, Waits, begun, is_paused, next_step
from shared.mail.digest import Matter
from shared.posts.localtime import LONDON, day_text, local
from shared.posts.names import AccountId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.errors import ChangedError
from shared.records.last_spoken import LastSpoken
from shared.records.notices import Notice, Notices
from shared.records.transaction import Write
from watch.morning.due import Due, act_of
from watch.morning.who import Who

ABOUT = {
    Step.OWNER: "Your account is silent",
    Step.ABOVE: "An account below yours stays silent",
    Step.CENTRE: "An account stays silent",
    Step.CLOSURE: "Close this account, or keep it open and say why",
}


@dataclass(frozen=True)
class Desk:
    """Records, and how long each step waits."""

    accounts: Accounts
    spoken: LastSpoken
    notices: Notices
    waits: Waits


def find_silent(desk: Desk, who: Who, now: datetime) -> Iterator[Due]:
    """The step that is due now of each silent account; one that spoke again is no more to be
    closed."""
    active = [each for each in who.accounts.values() if each.status is AccountStatus.ACTIVE]
    since, silent = _since(desk, active, now), list[Account]()
    for account in active:
        if _spoke_again(account, since[account.account_id]):
            _forget(desk.accounts, account, now)
        elif now - since[account.account_id] >= rhythm(account):
            silent.append(account)
    for account, step in _steps(desk, who, silent, since, now):
        yield _due(desk, who, account, step, since=since[account.account_id], now=now)


def _since(desk: Desk, active: Sequence[Account], now: datetime) -> dict[AccountId, datetime]:
    """When the silence of each began; of one that nobody knows anything of, when it was first
    noticed."""
    spoken = desk.spoken.several({each.account_id: _minded(each, now) for each in active}, now)
    known = {each.account_id: begun(each, spoken.get(each.account_id)) for each in active}
    unknown = {f"silence/{key}/noticed": key for key, at in known.items() if at is None}
    noticed = desk.notices.several(unknown)
    desk.notices.begin_each(
        (name, _noticing(key, now)) for name, key in unknown.items() if name not in noticed
    )
    first = {unknown[name]: notice.begun_at for name, notice in noticed.items()}
    return {key: at or first.get(key, now) for key, at in known.items()}


def _minded(account: Account, now: datetime) -> datetime:
    """Whoever spoke after this is not silent, and no more to be closed."""
    proposed = account.closure_proposed
    longest = now - rhythm(account)
    return max(longest, proposed.silent_since) if proposed else longest


def _noticing(account_id: AccountId, now: datetime) -> Act:
    subject = account_subject(account_id)
    return act_of(Happened.SILENCE_NOTICED, subject, now, account_id, {})


def _spoke_again(account: Account, since: datetime) -> bool:
    proposed = account.closure_proposed
    return proposed is not None and proposed.silent_since < since


def _steps(
    desk: Desk,
    who: Who,
    silent: Sequence[Account],
    since: Mapping[AccountId, datetime],
    now: datetime,
) -> Iterator[tuple[Account, Step]]:
    """The step of each that is due, by what was told of its silence before."""
    named = {(a.account_id, s): _notice_of(a, since[a.account_id], s) for a in silent for s in Step}
    found = desk.notices.several(named.values())
    for account in silent:
        of_account = {step: named[account.account_id, step] for step in Step}
        told = {step: found[name] for step, name in of_account.items() if name in found}
        quiet = pauses(
            account, who.people, who.board, since=since[account.account_id], now=now, zone=LONDON
        )
        begun_at = {step: notice.begun_at for step, notice in told.items()}
        silence = Silence(since[account.account_id], rhythm(account), quiet, begun_at)
        step = _step(silence, told, now, desk.waits)
        if step is not None:
            yield account, step


def _step(
    silence: Silence, told: Mapping[Step, Notice], now: datetime, waits: Waits
) -> Step | None:
    untold = [step for step, notice in told.items() if not notice.told]
    if untold and not is_paused(silence.pauses, now):
        return untold[-1]  # whoever began it died before the letter left
    return next_step(silence, now, waits)


def _due(
    desk: Desk, who: Who, account: Account, step: Step, *, since: datetime, now: datetime
) -> Due:
    rhythm_said, subject = rhythm_words(account), account_subject(account.account_id)
    said: dict[str, JSON] = {"silent_since": since.isoformat(), "rhythm": rhythm_said}
    act = act_of(SILENT_TOLD[step], subject, now, account.account_id, said)
    line = f"{account.title}, silent since {day_text(since)}; people expect a post {rhythm_said}"
    matter = Matter(ABOUT[step], line, _told(who, account, step, now))
    also: list[Write] = []
    if step is Step.CLOSURE:
        proposed = replace(account, closure_proposed=ClosureProposed(now, since))
        also = desk.accounts.changing(account, proposed)
    return Due(_notice_of(account, since, step), matter, act, tuple(also))


def _notice_of(account: Account, since: datetime, step: Step) -> str:
    return f"silence/{account.account_id}/{since.isoformat()}/{step.value}"


def _told(who: Who, account: Account, step: Step, now: datetime) -> tuple[Person, ...]:
    if step is Step.OWNER:
        return who.owners(account, local(now).date())
    if step is Step.ABOVE:
        return who.above(account)
    return who.on_duty if step is Step.CENTRE else who.centre


def _forget(accounts: Accounts, account: Account, now: datetime) -> None:
    subject = account_subject(account.account_id)
    act = act_of(Happened.SPOKE_AGAIN, subject, now, account.account_id, {})
    with suppress(ChangedError):  # somebody works on the entry just now; tomorrow is soon enough
        accounts.change(account, replace(account, closure_proposed=None), act)
