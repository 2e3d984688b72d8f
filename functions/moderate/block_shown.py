"""Fills the pages of blocks: the list, one of them, and the forms to block, renew and lift."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from moderate.refilled import NOTHING, Sent, filled
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
from shared.pages.account_field import account_field
from shared.pages.forms import SUBMISSION
from shared.pages.parts import FieldError, HistoryLine
from shared.pages.registry_views import (
    EntryView,
    Fact,
    FieldView,
    FormView,
    Option,
    RegistryRow,
    Way,
)
from shared.pages.words import platform_title
from shared.posts.block import LATEST_REVIEW, USUAL_REVIEW, Block, BlockState
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId, PersonId

STATES = {
    BlockState.ASKED: ("Under way", "blue"),
    BlockState.ACTIVE: ("Blocked", "orange"),
    BlockState.LIFTING: ("Being let in again", "blue"),
    BlockState.LIFTED: ("Let in again", "grey"),
    BlockState.LEFT: ("To be done by hand", "red"),
}
OVERDUE = ("Look at it again", "red")
ALL = Way("/blocks", "All blocks")
FORGOTTEN = "Nobody keeps who it was: they were let in again."
LAST_RESORT = (
    "Whoever is blocked cannot speak to the account any more, nor ask it for help. Take down what "
    "breaks a house rule; block only who goes on. Somebody looks at every block again."
)
WHY_HINT = "Whoever looks at it again reads it. Name nobody here: this stays on record."
REVIEW_HINT = f"Within {LATEST_REVIEW.days} days. Left empty, it is in {USUAL_REVIEW.days} days."
BLOCK_BY_HAND = (
    "Sign in there as the account and look them up.",
    "Choose the three dots on their page, then Block.",
    "Look at their page again: it has to say that they are blocked.",
)
LIFT_BY_HAND = (
    "Sign in there as the account and look them up.",
    "Choose the three dots on their page, then Unblock.",
    "Look at their page again: it must not say any more that they are blocked.",
)


@dataclass(frozen=True)
class BlockCase:
    """A block with all that is shown of it."""

    block: Block
    account: Account
    names: Mapping[PersonId, str] = field(default_factory=dict, repr=False)

    def name(self, person: PersonId) -> str:
        """What a person is called."""
        return self.names.get(person, str(person))


def row_of(block: Block, accounts: Mapping[AccountId, Account], today: date) -> RegistryRow:
    """One line of the list."""
    due = block.state is BlockState.ACTIVE and block.review_on <= today
    tag, colour = OVERDUE if due else STATES[block.state]
    title = accounts[block.account].title if block.account in accounts else block.account
    who = block.handle or block.author_id or "Somebody"
    until = f" Looked at again on {_day(block.review_on)}."
    hint = f"Since {moment_text(block.at)}.{until if block.state is BlockState.ACTIVE else ''}"
    where = platform_title(block.platform)
    return RegistryRow(
        f"/blocks/{block.block_id}", f"{who}, from {title} on {where}", tag, colour, hint
    )


def block_view(
    case: BlockCase,
    reader: Person,
    *,
    act: str = "",
    typed: Sent = NOTHING,
    errors: tuple[FieldError, ...] = (),
) -> EntryView:
    """One block, and what this person may do about it."""
    block = case.block
    tag, colour = STATES[block.state]
    named = (f"@{block.handle}" if block.handle else "", block.author_id)
    who = tuple(filter(None, named)) or (FORGOTTEN,)
    left = block.state is BlockState.LEFT
    by_hand = LIFT_BY_HAND if block.lifted_at else BLOCK_BY_HAND
    return EntryView(
        f"Somebody blocked from {case.account.title}",
        tag,
        colour,
        (
            Fact("Who", who),
            Fact("Where", (platform_title(block.platform),)),
            Fact("Why", tuple(block.why.splitlines())),
            Fact("Looked at again on", (_day(block.review_on),)),
            *((Fact("What you do", by_hand),) if left else ()),
        ),
        history=_history(case),
        forms=filled(_forms(block, reader), act, typed, errors),
        ways=(*_came_with(block), ALL),
        notice=block.told,
    )


def _came_with(block: Block) -> tuple[Way, ...]:
    if block.takedown_id is None:
        return ()
    return (Way(f"/takedowns/{block.takedown_id}", "The comment that it came with"),)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _history(case: BlockCase) -> tuple[HistoryLine, ...]:
    block = case.block
    lines = [HistoryLine(block.at, case.name(block.by), "Blocked them", block.why)]
    if block.lifted_at and block.lifted_by:
        who = case.name(block.lifted_by)
        lines.append(HistoryLine(block.lifted_at, who, "Lifted the block", block.lifted_why))
    return tuple(lines)


def _forms(block: Block, reader: Person) -> tuple[FormView, ...]:
    if not may(reader, Right.BLOCK).allowed:
        return ()
    address = f"/blocks/{block.block_id}"
    why = FieldView("why", "Why", "lines", hint=WHY_HINT)
    day = FieldView("review_on", "When is it looked at again?", "day", hint=REVIEW_HINT)
    if block.state is BlockState.ACTIVE:
        return (
            FormView("Let them in again", address, "Lift the block", (why,), act="lift"),
            FormView("Keep the block", address, "Keep it", (day, why), act="renew"),
        )
    if block.state is BlockState.LEFT:
        done = FieldView("why", "What did you do?", "lines", hint="And how you saw that it worked.")
        return (FormView("I did it by hand", address, "It is done", (done,), act="hand"),)
    return ()


def ask_form(
    accounts: Iterable[Account], typed: Sent, *, errors: tuple[FieldError, ...] = ()
) -> FormView:
    """The form to block somebody."""
    known = tuple(accounts)
    names = dict.fromkeys(handle.platform for each in known for handle in each.handles)
    platforms = tuple(Option(name, platform_title(name)) for name in names)
    number = "As the platform numbers them; where it has no numbers, their name there."
    fields = (
        FieldView(SUBMISSION, SUBMISSION, "hidden"),
        account_field(known),
        FieldView("platform", "Where", "choice", options=platforms),
        FieldView("author_id", "Who", hint=number),
        FieldView("handle", "What they are called there", hint="Without @. It may be left empty."),
        FieldView("why", "Why", "lines", hint=WHY_HINT),
        FieldView("review_on", "When is it looked at again?", "day", hint=REVIEW_HINT),
    )
    return FormView(
        "Block somebody",
        "/blocks/new",
        "Block them",
        tuple(replace(each, values=tuple(typed.get(each.name, ()))) for each in fields),
        sentence=LAST_RESORT,
        errors=errors,
        back=ALL,
    )
