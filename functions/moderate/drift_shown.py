"""Fills the pages of drifts: the list, and one of them with the words before and after."""

from collections.abc import Mapping, Sequence

from moderate.drift_case import DriftCase
from moderate.drift_ways import ADDRESS, ways_of
from moderate.refilled import NOTHING, Sent, filled
from moderate.settle_drift import may_settle
from shared.accounts.registry import Account, Person
from shared.drift.drift import Cause, Drift, DriftState, Kind
from shared.pages.parts import FieldError, HistoryLine
from shared.pages.registry_views import (
    EntryView,
    Fact,
    FieldView,
    FormView,
    Option,
    RegistryRow,
    RegistryView,
    Way,
)
from shared.pages.words import platform_title
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId
from shared.records.beats import Beat

TITLE, CLOSED_TITLE = "Not from us", "Not from us: closed"
EMPTY = "Everything on our accounts that could be compared is from us."
OPEN_ONES = Way(ADDRESS, "Those that are open")
CLOSED_ONES = Way(f"{ADDRESS}?state=closed", "Those that are closed")
EXCEPTIONS = Way("/exceptions", "Posts of ours that are gone or were changed")

KINDS = {
    Kind.FIRST: "First look",
    Kind.POST: "A post",
    Kind.ACCOUNT: "Another account",
    Kind.HANDLE: "Another handle",
    Kind.NAME: "Another name",
    Kind.ABOUT: "Other words about it",
    Kind.PICTURE: "Another picture",
}
CAUSES = {
    Cause.OURS: "This was us",
    Cause.STRANGER: "Somebody did it who is not one of us, and it is put right",
    Cause.PLATFORM: "The platform did it",
    Cause.MISTAKEN: "It stands there as before after all",
}
CONFIRMED = {
    Cause.OURS: "It is as it should be",
    Cause.STRANGER: "It is not: somebody changed it before we looked",
    Cause.MISTAKEN: "It is not: the account was entered wrongly",
}
TO_DO = (
    "Nobody put this there through us. Ask the owner at once whether it was one of ours. If nobody "
    "knows, it is a thief: suspend the account and have its password and keys changed, only then "
    "take away what stands there and put the profile right. If the public may believe it, declare "
    "an incident."
)
TO_CONFIRM = (
    "This is what the account showed when it was first looked at. Later looks are compared with "
    "it. Compare it with the registry, and confirm it."
)
ERASED = "It was erased. That it stood there, and what became of it, stays on record."
NOT_COMPARED = ("Not compared", "grey")


def list_view(
    drifts: Sequence[Drift],
    silent: Sequence[Beat],
    accounts: Mapping[AccountId, Account],
    cursor: str | None,
    *,
    is_open: bool,
) -> RegistryView:
    """Those that are open with what could not be compared, or those that are closed."""
    rows = (
        *(_row(each, accounts) for each in drifts),
        *(_silent_row(each, accounts) for each in silent),
    )
    ways = (CLOSED_ONES if is_open else OPEN_ONES, EXCEPTIONS)
    title, address = (TITLE, ADDRESS) if is_open else (CLOSED_TITLE, CLOSED_ONES.address)
    return RegistryView(title, address, rows, cursor, ways, EMPTY)


def _row(drift: Drift, accounts: Mapping[AccountId, Account]) -> RegistryRow:
    where = f"{_title(drift.account, accounts)} on {platform_title(drift.platform)}"
    title = f"{KINDS[drift.kind]}: {where}"
    hint = f"Seen {moment_text(drift.found_at)}."
    if drift.ended_at:
        hint += f" Gone since {moment_text(drift.ended_at)}."
    return RegistryRow(f"{ADDRESS}/{drift.drift_id}", title, *_tag(drift), hint)


def _silent_row(of: Beat, accounts: Mapping[AccountId, Account]) -> RegistryRow:
    since = f"Since {moment_text(of.since)}: " if of.since else ""
    title = f"{_title(of.account, accounts)} on {platform_title(of.platform)}"
    address = f"/registry/accounts/{of.account}"
    return RegistryRow(address, title, *NOT_COMPARED, f"{since}{of.fault}")


def _tag(drift: Drift) -> tuple[str, str]:
    if drift.state is DriftState.CLOSED:
        return "Closed", "grey"
    if not drift.is_alarm:
        return "To be confirmed", "blue"
    if drift.state is DriftState.ACKNOWLEDGED:
        return "Somebody looks after it", "yellow"
    return "Look at it now", "red"


def drift_view(
    case: DriftCase,
    reader: Person,
    *,
    act: str = "",
    typed: Sent = NOTHING,
    errors: tuple[FieldError, ...] = (),
) -> EntryView:
    """One drift with the words before and after, and what this person may say of it."""
    drift = case.drift
    allowed = drift.is_open and may_settle(reader, drift).allowed
    return EntryView(
        f"{KINDS[drift.kind]}: {case.account.title} on {platform_title(drift.platform)}",
        *_tag(drift),
        (
            *_words(case),
            *_times(drift),
            Fact("Owner of the account", (_owner(case),)),
            *_became(case),
            Fact("Record", (drift.leaf,)),
        ),
        history=_history(case),
        forms=filled(_forms(drift) if allowed else (), act, typed, errors),
        ways=ways_of(case, reader),
        notice=_notice(drift),
    )


def _notice(drift: Drift) -> str:
    if not drift.is_open:
        return ""
    return TO_DO if drift.is_alarm else TO_CONFIRM


def _owner(case: DriftCase) -> str:
    return case.name(case.account.owner) if case.account.owner else "Nobody"


def _words(case: DriftCase) -> tuple[Fact, ...]:
    if case.words is None:
        return (Fact("What stands there", (ERASED,)),)
    after = Fact("What stands there", tuple(case.said("after").splitlines()) or ("Nothing.",))
    if case.drift.kind in (Kind.POST, Kind.FIRST):
        return (after,)
    before = tuple(case.said("before").splitlines()) or ("Nothing.",)
    return (Fact("What stood there before", before), after)


def _times(drift: Drift) -> tuple[Fact, ...]:
    told = [Fact("First seen", (moment_text(drift.found_at),))]
    if drift.said_at:
        told.insert(0, Fact("Posted, as it says", (moment_text(drift.said_at),)))
    if drift.ended_at:
        told.append(Fact("Seen to be gone", (moment_text(drift.ended_at),)))
    return tuple(told)


def _became(case: DriftCase) -> tuple[Fact, ...]:
    closing = case.drift.closed
    if closing is None:
        return ()
    found = closing.finding
    causes = CAUSES if case.drift.is_alarm else CONFIRMED | {Cause.PLATFORM: CAUSES[Cause.PLATFORM]}
    who = (f"By {found.who}",) if found.who else ()
    lines = (causes[found.cause], *who, *found.why.splitlines())
    return (Fact("How it came about", lines),)


def _history(case: DriftCase) -> tuple[HistoryLine, ...]:
    drift = case.drift
    lines = [HistoryLine(drift.found_at, "Bluelamp", "Saw it there", "")]
    if drift.acknowledged:
        taken = drift.acknowledged
        lines.append(HistoryLine(taken.at, case.name(taken.by), "Looks after it", ""))
    if drift.ended_at:
        lines.append(HistoryLine(drift.ended_at, "Bluelamp", "Saw that it is gone", ""))
    if drift.closed:
        lines.append(HistoryLine(drift.closed.at, case.name(drift.closed.by), "Closed it", ""))
    return tuple(sorted(lines, key=lambda line: line.at))


def _forms(drift: Drift) -> tuple[FormView, ...]:
    address = f"{ADDRESS}/{drift.drift_id}"
    why = FieldView("why", "Why?", "lines", hint="What you found out. It is kept with your name.")
    if not drift.is_alarm:
        options = tuple(Option(cause.value, words) for cause, words in CONFIRMED.items())
        fields = (FieldView("cause", "Is it as it should be?", "choice", options=options), why)
        return (FormView("Confirm it", address, "Confirm it", fields, act="close"),)
    options = tuple(Option(cause.value, words) for cause, words in CAUSES.items())
    closing = FormView(
        "Close it",
        address,
        "Close it",
        (
            FieldView("cause", "How did it come about?", "choice", options=options),
            FieldView("who", "Who did it?", hint="If it was one of us."),
            why,
        ),
        act="close",
    )
    if drift.state is not DriftState.OPEN:
        return (closing,)
    taking = FormView("Take it on", address, "I look after it", (), act="acknowledge")
    return (taking, closing)


def _title(account: AccountId, accounts: Mapping[AccountId, Account]) -> str:
    return accounts[account].title if account in accounts else str(account)
