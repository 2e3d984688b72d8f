"""Which accounts are silent for too long, and who is told of it next (policy.md D02, D28, B29)."""

from collections.abc import Iterator
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
from shared.recordlog.canonical import JSON
from shared.records.accounts import Accounts
from shared.records.errors import ChangedError
from shared.records.last_spoken import LastSpoken
from shared.records.notices import Notices
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
    for account in who.accounts.values():
        if account.status is not AccountStatus.ACTIVE:
            continue
        since = _since(desk, account, now)
        if account.closure_proposed and account.closure_proposed.silent_since < since:
            _forget(desk.accounts, account, now)
        elif now - since >= rhythm(account):
            step = _step(desk, who, account, since, now)
            if step is not None:
                yield _due(desk, who, account, step, since=since, now=now)


def _since(desk: Desk, account: Account, now: datetime) -> datetime:
    """When its silence began; of one that nobody knows anything of, when it was first noticed."""
    spoken = desk.spoken.of(account.account_id, enough=now - rhythm(account))
    if (since := begun(account, spoken)) is not None:
        return since
    named = f"silence/{account.account_id}/noticed"
    if noticed := desk.notices.several([named]).get(named):
        return noticed.begun_at
    subject = account_subject(account.account_id)
    act = act_of(Happened.SILENCE_NOTICED, subject, now, account.account_id, {})
    desk.notices.begin(named, act)
    return now


def _step(desk: Desk, who: Who, account: Account, since: datetime, now: datetime) -> Step | None:
    quiet = pauses(account, who.people, who.board, since=since, now=now, zone=LONDON)
    named = {step: _notice_of(account, since, step) for step in Step}
    found = desk.notices.several(named.values())
    told = {step: found[name].begun_at for step, name in named.items() if name in found}
    untold = [step for step in told if not found[named[step]].told]
    if untold and not is_paused(quiet, now):
        return untold[-1]  # whoever began it died before the letter left
    return next_step(Silence(since, rhythm(account), quiet, told), now, desk.waits)


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
