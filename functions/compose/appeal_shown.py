"""Fills the pages of appeals: the list, and one of them with everything that shares it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from compose.appeal_room import Case, Lasting
from compose.sharing import Share
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
from shared.pages.words import STATES as POST_STATES
from shared.posts.appeal import Appeal, AppealState, Copy, Fate, day_words
from shared.posts.content import whole_text

STATES = {
    AppealState.OPEN: ("Goes on", "blue"),
    AppealState.FOUND: ("Over, not closed yet", "orange"),
    AppealState.CLOSED: ("Closed", "grey"),
}
FATES = {
    Fate.GONE: "It is gone",
    Fate.STAYS: "It stays, and that is right",
    Fate.DELETION: "Its deletion is asked for",
}
TITLE = "Appeals"
EMPTY = "No appeal of yours goes on. A post that looks for somebody, or for witnesses, begins one."
ALL = Way("/appeals", "All appeals")
OVER = (
    "The words go under every post that is ticked, as posts of their own: policy checks them, and "
    "they are approved as any other, at once. Say nothing of where somebody was found, or how."
)
NOBODY_NAMED = "Do not name anybody in it; a page or a group is enough."
KEPT = "It is kept with your name."
WHY = FieldView("why", "Why", "lines", hint=KEPT)
NOWHERE = "Nothing of it stands anywhere that we know of."

Sent = Mapping[str, Sequence[str]]


def list_view(found: Lasting) -> RegistryView:
    """The appeals that last."""
    rows = tuple(_row(each, found) for each in found.appeals)
    return RegistryView(TITLE, "/appeals", rows, found.cursor, (), EMPTY)


def appeal_view(
    case: Case, act: str = "", sent: Sent | None = None, errors: tuple[FieldError, ...] = ()
) -> EntryView:
    """One appeal, and what the reader may do about it; the form `act` as it was `sent`."""
    appeal = case.appeal
    tag, colour = STATES[appeal.state]
    own = next((share for share in case.shares if share.post.post_id == appeal.appeal_id), None)
    words = tuple(whole_text(own.post.draft).splitlines()) if own else (NOWHERE,)
    return EntryView(
        f"Appeal of {case.title(appeal.account)}",
        tag,
        colour,
        (
            Fact("Looked after by", (case.name(appeal.owner),)),
            Fact("Last day", (day_words(appeal.ends_on),)),
            Fact("What it says", words),
            *(_share_fact(share, case) for share in case.shares),
            *(_copy_fact(copy, case) for copy in appeal.copies),
        ),
        history=_history(case),
        forms=_forms(case, act, sent or {}, errors) if case.may_keep else (),
        ways=(*_ways(case), ALL),
        notice=" ".join(error.sentence for error in errors),
    )


def live(case: Case) -> tuple[str, ...]:
    """Where it still stands and nobody has said what became of it."""
    ours = [address for share in case.shares for address in share.addresses]
    theirs = [copy.address for copy in case.appeal.copies]
    every = dict.fromkeys((*ours, *theirs))
    looked_after = {copy.address for copy in case.appeal.copies if copy.settled}
    return tuple(address for address in every if address not in looked_after)


def _row(appeal: Appeal, found: Lasting) -> RegistryRow:
    tag, colour = STATES[appeal.state]
    owner = found.people.get(appeal.owner)
    hint = f"Last day: {day_words(appeal.ends_on)}. {owner.name if owner else appeal.owner}."
    title = found.accounts[appeal.account].title
    return RegistryRow(f"/appeals/{appeal.appeal_id}", title, tag, colour, hint)


def _share_fact(share: Share, case: Case) -> Fact:
    lines = list(share.addresses)
    if share.waits:
        lines.append("It is not out yet, or nobody knows: look at it, and take it back if you can.")
    if share.added:
        lines.append("Added by hand")
    if share.closing is not None:
        lines.append(f"Closing words: {POST_STATES[share.closing.state].tag.lower()}")
    elif share.standing:
        lines.append("No closing words yet")
    return Fact(f"{case.title(share.post.draft.account)}, {share.name}", tuple(lines))


def _copy_fact(copy: Copy, case: Case) -> Fact:
    lines = [copy.address, copy.note] if copy.note else [copy.address]
    if copy.settled:
        lines.append(f"{FATES[copy.settled.fate]}: {copy.settled.why}")
        lines.append(case.name(copy.settled.by))
    return Fact("Copy of ours" if copy.ours else "Copy elsewhere", tuple(lines))


def _ways(case: Case) -> list[Way]:
    ways = [Way(address, f"Open {address}") for address in live(case)]
    for share in case.shares:
        title = case.title(share.post.draft.account)
        ways.append(Way(f"/posts/{share.post.post_id}", f"The post of {title}"))
        if share.closing is not None:
            ways.append(Way(f"/posts/{share.closing.post_id}", f"The closing words of {title}"))
        if share.standing:
            way = f"Ask that the post of {title} be deleted, or see how its deletion stands"
            ways.append(Way(f"/deletions/new?post={share.name}", way))
    return ways


def _history(case: Case) -> tuple[HistoryLine, ...]:
    appeal = case.appeal
    began = case.shares[0].post.author if case.shares else appeal.owner
    lines = [
        HistoryLine(appeal.opened_at, case.name(began), "Began it", f"Post {appeal.appeal_id}")
    ]
    for said, what in ((appeal.found, "Said that it is over"), (appeal.closed, "Closed it")):
        if said is not None:
            lines.append(HistoryLine(said.at, case.name(said.by), what, said.words))
    return tuple(lines)


def _forms(
    case: Case, act: str, sent: Sent, errors: tuple[FieldError, ...]
) -> tuple[FormView, ...]:
    """What may be done; the form that was sent as it was, with what is wrong with it."""
    return tuple(
        replace(form, fields=tuple(_typed(field, sent) for field in form.fields), errors=errors)
        if form.act == act
        else form
        for form in (*_saying_over(case), *_keeping(case), *_ending(case))
    )


def _saying_over(case: Case) -> Iterator[FormView]:
    shares = [share for share in case.shares if share.may_be_closed]
    if not shares and case.appeal.state is not AppealState.OPEN:
        return
    words = FieldView("words", "What the public is told", "lines")
    names = tuple(share.name for share in shares)
    options = tuple(
        Option(share.name, f"{case.title(share.post.draft.account)}, {share.name}")
        for share in shares
    )
    posts = FieldView("posts", "Under which posts", "checks", names, options=options)
    fields = (words, posts) if options else (words,)
    form = _form(case, "found", "It is found, or over", "Say that it is over", fields)
    yield replace(form, sentence=OVER)


def _keeping(case: Case) -> Iterator[FormView]:
    until, mail = FieldView("until", "Its last day", "day"), FieldView("owner", "Their work e-mail")
    yield _form(case, "extend", "Choose another last day", "Change the day", (until, WHY))
    yield _form(case, "owner", "Hand it over", "Hand it over", (mail,))
    where = FieldView("address", "Its address", hint="Open it and copy its address.")
    note = FieldView("note", "What it is", hint=NOBODY_NAMED)
    yield _form(case, "copy", "List a copy elsewhere", "List it", (where, note))
    post = FieldView("post", "The post", hint="As it stands in its address: 01J…-1.")
    yield _form(case, "post", "List another post of ours", "List it", (post,))


def _ending(case: Case) -> Iterator[FormView]:
    if standing := live(case):
        copies = tuple(Option(each, each) for each in standing)
        fates = tuple(Option(fate.value, words) for fate, words in FATES.items())
        which = FieldView("address", "Which copy", "choice", options=copies)
        became = FieldView("fate", "What became of it", "choice", options=fates)
        fields = (which, became, WHY)
        yield _form(case, "settle", "Say what became of a copy", "Say so", fields)
    if case.appeal.state is AppealState.FOUND:
        last = FieldView("why", "Anything to add", "lines", hint=KEPT)
        yield _form(case, "close", "Close it", "Close it", (last,))


def _form(case: Case, act: str, title: str, button: str, fields: tuple[FieldView, ...]) -> FormView:
    return FormView(title, f"/appeals/{case.appeal.appeal_id}", button, fields, act)


def _typed(field: FieldView, sent: Sent) -> FieldView:
    return replace(field, values=tuple(sent.get(field.name, ())))
