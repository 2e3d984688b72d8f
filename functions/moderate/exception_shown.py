"""Fills the pages of exceptions: the list, and one of them with the words that we published."""

from collections.abc import Mapping, Sequence

from moderate.deletion_forms import GROUNDS
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
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
from shared.posts.exception_found import Cause, Change, PostException
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId
from shared.posts.threads import part_of
from shared.records.rounds import Round

ALL = Way("/exceptions", "All of them")
CHANGES = {Change.GONE: "Gone", Change.ALTERED: "Changed"}
CAUSES = {
    Cause.OURS: "Somebody of ours did it, in the app or on the website",
    Cause.PLATFORM: "The platform did it",
    Cause.MISTAKEN: "It stands there as we published it after all",
}
FIND_OUT = (
    "Find out how it came about, and say so. Next time ask for a deletion here: then the words, "
    "the ground and who decided are on record before anything is gone."
)

Sent = Mapping[str, Sequence[str]]


def row_of(found: PostException, accounts: Mapping[AccountId, Account]) -> RegistryRow:
    """One line of the list."""
    tag, colour = _tag(found)
    hint = f"Published {moment_text(found.sent_at)}, found {moment_text(found.found_at)}."
    title = f"{_title(found.account, accounts)} on {_where(found.place)}"
    return RegistryRow(f"/exceptions/{found.exception_id}", title, tag, colour, hint)


def unlooked_row(of: Round, accounts: Mapping[AccountId, Account]) -> RegistryRow:
    """A target that nobody could look at."""
    since = f"Since {moment_text(of.since)}: " if of.since else ""
    title = f"{_title(of.account, accounts)} on {platform_title(of.platform)}"
    address = f"/registry/accounts/{of.account}"
    return RegistryRow(address, title, "Not looked at", "grey", f"{since}{of.fault}")


def exception_view(
    found: PostException,
    account: Account,
    reader: Person,
    *,
    typed: Sent | None = None,
    errors: tuple[FieldError, ...] = (),
) -> EntryView:
    """One exception, and the form to close it for who may."""
    tag, colour = _tag(found)
    stands = found.shown.splitlines() if found.shown is not None else ["Nothing."]
    facts = (
        Fact("We published", tuple(found.published.splitlines()) or ("",)),
        Fact("What stands there", tuple(stands) or ("",)),
        Fact("Address", (found.url,)),
        Fact("Published", (moment_text(found.sent_at),)),
        Fact("First missed", (moment_text(found.missed_at),)),
    )
    may_close = found.is_open and may(reader, Right.DECIDE_DELETION).allowed
    return EntryView(
        f"{account.title} on {_where(found.place)}",
        tag,
        colour,
        (*facts, *_closed(found)),
        history=_history(found),
        forms=(_form(found, typed or {}, errors),) if may_close else (),
        ways=(Way(f"/posts/{found.post_id}", "The post"), ALL),
    )


def _closed(found: PostException) -> tuple[Fact, ...]:
    closing = found.closed
    if closing is None:
        return ()
    lines = [CAUSES[closing.cause]]
    lines += [f"By {closing.who}"] if closing.who else []
    lines += [GROUNDS[closing.ground]] if closing.ground else []
    return (Fact("How it came about", (*lines, *closing.why.splitlines())),)


def _history(found: PostException) -> tuple[HistoryLine, ...]:
    what = "Was gone" if found.change is Change.GONE else "Said something else"
    lines = [HistoryLine(found.found_at, "Bluelamp", f"{what} at the second look", "")]
    if found.closed:
        lines.append(HistoryLine(found.closed.at, found.closed.by, "Closed it", ""))
    return tuple(lines)


def _form(found: PostException, typed: Sent, errors: tuple[FieldError, ...]) -> FormView:
    def field(
        name: str, label: str, kind: str, hint: str = "", options: tuple[Option, ...] = ()
    ) -> FieldView:
        return FieldView(name, label, kind, tuple(typed.get(name, ())), hint, options)

    causes = tuple(Option(cause.value, words) for cause, words in CAUSES.items())
    grounds = tuple(Option(ground.value, words) for ground, words in GROUNDS.items())
    fields = [field("cause", "How did it come about?", "choice", options=causes)]
    fields.append(field("who", "Who did it?", "line", "If somebody of ours did."))
    if found.change is Change.GONE:
        hint = "If somebody of ours deleted it."
        fields.append(field("ground", "On which ground?", "choice", hint, grounds))
    fields.append(field("why", "Why?", "lines", "What you found out. It is kept with your name."))
    return FormView(
        "Close it",
        f"/exceptions/{found.exception_id}",
        "Close it",
        tuple(fields),
        sentence=FIND_OUT,
        errors=errors,
    )


def _tag(found: PostException) -> tuple[str, str]:
    if not found.is_open:
        return f"{CHANGES[found.change]}, closed", "grey"
    return CHANGES[found.change], "red"


def _title(account: AccountId, accounts: Mapping[AccountId, Account]) -> str:
    return accounts[account].title if account in accounts else str(account)


def _where(place: str) -> str:
    platform, part = part_of(place)
    title = platform_title(platform)
    return f"{title}, part {part}" if part > 1 else title
