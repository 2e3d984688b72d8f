"""Fills the pages of takedowns: the list, and one of them with what was kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from moderate.decide_appeal import may_appeal, may_decide, waits_for_decision
from moderate.refilled import NOTHING, Sent, filled
from moderate.takedown_case import Case
from moderate.takedown_checklists import checklist
from moderate.takedown_forms import ALL, DEEDS, RULES, appeal_form, decide_form, hand_form
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_for
from shared.pages.parts import FieldError, HistoryLine
from shared.pages.registry_views import EntryView, Fact, FormView, RegistryRow, Way
from shared.pages.words import platform_title
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId
from shared.posts.takedown import Takedown, TakedownState

STATES = {
    TakedownState.ASKED: ("Asked for", "blue"),
    TakedownState.CAPTURED: ("Evidence kept, under way", "blue"),
    TakedownState.DONE: ("Done", "green"),
    TakedownState.PROVED: ("Done, and looked for again", "green"),
    TakedownState.LEFT: ("To be done by hand", "red"),
    TakedownState.ABSENT: ("It was not there any more", "grey"),
    TakedownState.UNDONE: ("Shown again", "grey"),
}
APPEAL_WAITS = ("An appeal waits", "orange")
KEPT = "What was kept"
NOTHING_KEPT = "Nothing yet. Nothing is asked of the platform before it is on record."
ERASED = "It was erased. That it was kept, when and by whom, stays on record."
BLOCKS = Way("/blocks", "Blocks")
FORGOTTEN = "Its address is kept with its words."
ERASE = Way("/erasures/new", "Ask for the kept words to be erased")
BLOCKED = "Block whoever wrote it"
NOBODY_KNOWS = "The platform does not say who wrote it."
NO_TIME = "The platform does not say when it was written."


def row_of(takedown: Takedown, accounts: Mapping[AccountId, Account]) -> RegistryRow:
    """One line of the list; it holds nothing of what the comment says."""
    tag, colour = _tag(takedown)
    account = accounts.get(takedown.account)
    title = account.title if account else takedown.account
    hint = f"Asked {moment_text(takedown.asked_at)}. {RULES[takedown.rule]}."
    return RegistryRow(
        f"/takedowns/{takedown.takedown_id}",
        f"A comment to {title} on {platform_title(takedown.platform)}",
        tag,
        colour,
        hint,
    )


def _tag(takedown: Takedown) -> tuple[str, str]:
    return APPEAL_WAITS if waits_for_decision(takedown) else STATES[takedown.state]


def takedown_view(
    case: Case,
    reader: Person,
    *,
    act: str = "",
    typed: Sent = NOTHING,
    errors: tuple[FieldError, ...] = (),
) -> EntryView:
    """One takedown with what was kept, and what this person may do about it."""
    takedown = case.takedown
    tag, colour = _tag(takedown)
    return EntryView(
        f"A comment to {case.account.title}, taken down",
        tag,
        colour,
        (
            Fact("Where", (platform_title(takedown.platform), takedown.address or FORGOTTEN)),
            Fact("House rule", (RULES[takedown.rule], case.account.house_rules)),
            Fact("What is wrong with it", tuple(takedown.why.splitlines())),
            Fact("What is to happen", (DEEDS[takedown.deed], *((BLOCKED,) * takedown.block))),
            _evidence(case),
            *_by_hand(takedown),
            *_appeal(case),
        ),
        history=_history(case),
        forms=filled(_forms(case, reader), act, typed, errors),
        ways=_ways(takedown, reader),
        notice=takedown.told,
    )


def _ways(takedown: Takedown, reader: Person) -> tuple[Way, ...]:
    ways = []
    if takedown.block and may(reader, Right.READ_ALL).allowed:
        ways.append(BLOCKS)
    if takedown.evidence_leaf and may(reader, Right.ERASE).allowed:
        ways.append(ERASE)
    return (*ways, ALL)


def _evidence(case: Case) -> Fact:
    """What was kept; the platform's own answer is too long for a page, and comes from the API."""
    leaf, kept = case.takedown.evidence_leaf, case.evidence
    if leaf is None:
        return Fact(KEPT, (NOTHING_KEPT,))
    if kept is None:
        return Fact(KEPT, (ERASED, f"Record {leaf}"))
    words = str(kept.get("text") or "").splitlines()
    who = (str(kept.get("author") or ""), _handle(str(kept.get("handle") or "")))
    by = " ".join(filter(None, who)) or NOBODY_KNOWS
    at = str(kept.get("at") or "")
    where = (str(kept["url"]),) if kept.get("url") else ()
    return Fact(KEPT, (*words, by, _when(at) if at else NO_TIME, *where, f"Record {leaf}"))


def _handle(handle: str) -> str:
    return f"@{handle}" if handle else ""


def _when(at: str) -> str:
    """A moment as the platform told it, or as somebody wrote it down."""
    try:
        told = datetime.fromisoformat(at)
    except ValueError:
        return at
    return moment_text(told) if told.tzinfo else at


def _by_hand(takedown: Takedown) -> tuple[Fact, ...]:
    left = takedown.state is TakedownState.LEFT
    return (Fact("What you do", checklist(takedown)),) if left else ()


def _appeal(case: Case) -> tuple[Fact, ...]:
    appeal, heard = case.takedown.appeal, case.appealed
    if appeal is None:
        return ()
    said = (ERASED,) if heard is None else (str(heard["who"]), *str(heard["words"]).splitlines())
    return (Fact("Appeal", (*said, f"Record {appeal.leaf}")),)


def _history(case: Case) -> tuple[HistoryLine, ...]:
    takedown, appeal = case.takedown, case.takedown.appeal
    who = case.name(takedown.asked_by)
    lines = [HistoryLine(takedown.asked_at, who, "Had it taken down", takedown.why)]
    if appeal:
        who = case.name(appeal.entered_by)
        lines.append(HistoryLine(appeal.received_at, who, "Entered an appeal", ""))
    if appeal and appeal.decided_at and appeal.decided_by:
        what = "Upheld the appeal" if appeal.upheld else "Turned the appeal down"
        lines.append(HistoryLine(appeal.decided_at, case.name(appeal.decided_by), what, appeal.why))
    if takedown.ended_at:
        lines.append(HistoryLine(takedown.ended_at, "Bluelamp", STATES[takedown.state][0], ""))
    return tuple(sorted(lines, key=_moment))


def _moment(line: HistoryLine) -> datetime:
    return line.at


def _forms(case: Case, reader: Person) -> tuple[FormView, ...]:
    takedown, forms = case.takedown, []
    if may_for(reader, Right.TAKE_DOWN, case.account).allowed:
        if takedown.state is TakedownState.LEFT:
            forms.append(hand_form(takedown))
        if may_appeal(takedown):
            forms.append(appeal_form())
    if waits_for_decision(takedown) and may_decide(reader, takedown).allowed:
        forms.append(decide_form(takedown))
    address = f"/takedowns/{takedown.takedown_id}"
    return tuple(replace(form, address=address) for form in forms)
