"""Fills the pages of deletions: the list, one of them with its evidence, and the forms."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from moderate.decide_deletion import may_decide
from moderate.deletion_forms import ALL, GROUNDS
from moderate.deletion_room import Case
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_post
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
from shared.posts.content import whole_text
from shared.posts.deletion import (
    Deletion,
    DeletionState,
    DeletionTarget,
    Removal,
    checklist,
)
from shared.posts.life import ENDINGS, Post, State
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId
from shared.posts.threads import part_of

STATES = {
    DeletionState.ASKED: ("Waits for a decision", "orange"),
    DeletionState.APPROVED: ("Under way", "blue"),
    DeletionState.REFUSED: ("Refused", "grey"),
    DeletionState.EXPIRED: ("Nobody decided", "grey"),
    DeletionState.REMOVED: ("Gone", "green"),
    DeletionState.PARTLY_REMOVED: ("To be done by hand", "red"),
}
REMOVALS = {
    Removal.CAPTURED: "Evidence kept, not gone yet",
    Removal.REMOVED: "Gone, to be looked for once more",
    Removal.PROVED: "Gone",
    Removal.LEFT: "To be done by hand",
    Removal.BY_HAND: "Done by hand",
}

OVER = frozenset({DeletionState.REMOVED, DeletionState.PARTLY_REMOVED})
OUT = frozenset({State.PUBLISHED, State.PARTLY_PUBLISHED})
NEVER_OUT = ENDINGS - OUT
"""Endings after which the public was told nothing: another note may be sent."""


def row_of(deletion: Deletion, accounts: Mapping[AccountId, Account]) -> RegistryRow:
    """One line of the list."""
    tag, colour = STATES[deletion.state]
    if deletion.waits_for_review and deletion.ended_at is not None:
        tag, colour = f"{tag}; wants a look", "orange"
    titles = ", ".join(accounts[each].title for each in deletion.accounts if each in accounts)
    many = f"{len(deletion.posts)} posts" if len(deletion.posts) > 1 else "One post"
    hint = f"Asked {moment_text(deletion.asked.at)}. {GROUNDS[deletion.asked.ground]}."
    return RegistryRow(
        f"/deletions/{deletion.deletion_id}", f"{many} of {titles}", tag, colour, hint
    )


def deletion_view(
    case: Case, reader: Person, *, act: str = "", errors: tuple[FieldError, ...] = ()
) -> EntryView:
    """One deletion with its evidence, and what this person may do about it."""
    deletion = case.deletion
    tag, colour = STATES[deletion.state]
    asked = deletion.asked
    ways = [
        Way(f"/posts/{post.post_id}", f"The post of {case.title(post.draft.account)}")
        for post in case.posts
    ]
    ways += [Way(f"/posts/{n.post_id}", f"The note, {noted_as(n)}") for n in case.notes]
    ways += [_note_way(case, each) for each in _may_say_why(case, reader)]
    return EntryView(
        f"Deletion of what was published by {', '.join(map(case.title, deletion.accounts))}",
        tag,
        colour,
        (
            Fact("Ground", (GROUNDS[asked.ground],)),
            Fact("What is wrong with it", tuple(asked.why.splitlines())),
            Fact("What the public is told", tuple(asked.note.splitlines())),
            Fact("Copies", tuple(asked.copies.splitlines())),
            *(_post_fact(case, post) for post in case.posts),
            *(_target_fact(target) for target in case.whole.targets),
        ),
        history=_history(case),
        forms=_forms(case, reader, act, errors),
        ways=(*ways, ALL),
        notice=deletion.reason or "",
    )


def noted_as(note: Post) -> str:
    """Whether a note is out."""
    return "which is out" if note.state in OUT else "which is not out"


def _may_say_why(case: Case, reader: Person) -> Iterator[Account]:
    """The accounts that have not told the public yet, and that this person posts for."""
    if case.deletion.state not in OVER:
        return
    told = {note.draft.account for note in case.notes if note.state not in NEVER_OUT}
    for account in case.accounts.values():
        if account.account_id not in told and may_post(reader, account).allowed:
            yield account


def _note_way(case: Case, account: Account) -> Way:
    address = f"/notes/new?deletion={case.deletion.deletion_id}&account={account.account_id}"
    return Way(address, f"Publish the note, by {account.title}")


def hand_act(target: DeletionTarget) -> str:
    """What the form about one target is called."""
    return f"hand {target.post_id}-{target.version} {target.place}"


def _post_fact(case: Case, post: Post) -> Fact:
    words = tuple(whole_text(post.draft).splitlines()) or ("",)
    return Fact(f"{post.post_id}-{post.version}, {case.title(post.draft.account)}", words)


def _target_fact(target: DeletionTarget) -> Fact:
    evidence = target.evidence
    lines = [REMOVALS[target.state], evidence.url or "No address is known."]
    if evidence.shown is None:
        lines.append(f"It could not be read before. {evidence.unread}".strip())
    elif evidence.shown != evidence.cleared:
        lines.append(f"It stood there as: {evidence.shown}")
    if evidence.sent_at:
        lines.append(f"Out since {moment_text(evidence.sent_at)}")
    for what, at in (("Removed", target.removed_at), ("Looked for again", target.proved_at)):
        if at is not None:
            lines.append(f"{what} {moment_text(at)}")
    if target.reason:
        lines.append(target.reason)
    if target.state in {Removal.LEFT, Removal.REMOVED}:
        lines += checklist(target.place)
    platform, part = part_of(target.place)
    where = f"{platform}, part {part}" if part > 1 else platform
    return Fact(f"{where} ({target.post_id}-{target.version})", tuple(lines))


def _history(case: Case) -> tuple[HistoryLine, ...]:
    deletion = case.deletion
    asked, ruling, review = deletion.asked, deletion.ruling, deletion.review
    what = "Asked for it, to begin at once" if asked.at_once else "Asked for it"
    lines = [HistoryLine(asked.at, case.name(asked.by), what, asked.why)]
    if ruling:
        said = "Approved it" if ruling.approved else "Refused it"
        lines.append(HistoryLine(ruling.at, case.name(ruling.by), said, ruling.reason))
    if review:
        said = "Looked at it afterwards and agreed" if review.approved else "Objected afterwards"
        lines.append(HistoryLine(review.at, case.name(review.by), said, review.reason))
    if deletion.ended_at:
        lines.append(HistoryLine(deletion.ended_at, "Bluelamp", STATES[deletion.state][0], ""))
    return tuple(sorted(lines, key=_moment))


def _moment(line: HistoryLine) -> datetime:
    return line.at


def _forms(
    case: Case, reader: Person, act: str, errors: tuple[FieldError, ...]
) -> tuple[FormView, ...]:
    deletion, address = case.deletion, f"/deletions/{case.deletion.deletion_id}"

    def form(name: str, title: str, button: str, *fields: FieldView) -> FormView:
        wrong = errors if name == act else ()
        return FormView(title, address, button, fields, act=name, errors=wrong)

    def decision(label: str, yes: str, no: str) -> FieldView:
        options = (Option("yes", yes), Option("no", no))
        return FieldView("decision", label, "choice", options=options)

    reason = FieldView("reason", "Your reason", "lines", hint="It is kept with your name.")
    forms: list[FormView] = []
    if may_decide(reader, deletion, case.writers).allowed:
        if deletion.state is DeletionState.ASKED:
            choice = decision("Is it deleted?", "Yes, everywhere, now", "No, it stays")
            forms.append(form("decide", "Decide", "Send your decision", choice, reason))
        elif deletion.waits_for_review:
            choice = decision("Was that right?", "Yes", "No")
            forms.append(form("review", "Look at it afterwards", "Send", choice, reason))
    if may(reader, Right.DECIDE_DELETION).allowed:
        why = FieldView("why", "How was it taken away?", "lines", hint="And who looked again.")
        forms += [
            form(hand_act(each), f"It is gone from {each.place}", "It is gone", why)
            for each in case.whole.targets
            if each.state in {Removal.LEFT, Removal.REMOVED}
            and deletion.state is not DeletionState.APPROVED
        ]
    return tuple(forms)
