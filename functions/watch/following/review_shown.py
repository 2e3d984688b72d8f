"""Fills the pages of follower reviews: the list, one of them, and the forms to decide and sign."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.followers.review import (
    Decision,
    Flagged,
    Part,
    Review,
    ReviewState,
    Seen,
)
from shared.followers.someone import Side
from shared.followers.who import parts_of
from shared.pages.forms import Fields
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
from shared.posts.localtime import day_text
from shared.posts.names import PersonId
from watch.following.decide_review import MOST_AT_ONCE, Case

DECIDE, SIGN = "decide", "sign"
ALL = Way("/reviews", "All reviews")
BLOCKS = Way("/blocks/new", "Block somebody")
STATES: Mapping[ReviewState, tuple[str, str]] = {
    ReviewState.READING: ("Being read", "blue"),
    ReviewState.OPEN: ("To be looked at", "yellow"),
    ReviewState.SIGNED: ("Signed by both sides", "green"),
}
DECISIONS: Mapping[Decision, str] = {
    Decision.KEEP: "Leave them be",
    Decision.BLOCK: "Block them",
    Decision.REPORT: "Report them to the platform",
    Decision.UNFOLLOW: "Stop following them",
}
SIDES: Mapping[Side, str] = {Side.FOLLOWER: "Followers", Side.FOLLOWED: "Followed"}
PARTS: Mapping[Part, str] = {
    Part.OWNER: "The account’s side",
    Part.COMMS: "Communications",
}
NO_INTELLIGENCE = (
    "See whether they suit the account, and no more: this is not a look at people’s lives. Nobody "
    "keeps who stood out once both sides have signed; whoever could be taken for an account of "
    "ours is a case under Impostors until it is closed."
)
DONE_ELSEWHERE = (
    "Nothing is done by this: communications block people on the page for blocks, and who is "
    "reported or followed no longer is dealt with there, signed in as the account."
)
SIGN_SENTENCE = (
    "You say that you have looked at whoever stands out, and at the lists that could not be read. "
    "Do first what was decided: once both sides have signed, nobody is named here any more."
)
WHY_HINT = "Not needed to leave them be. Name nobody: this sentence stays on record."


def row_of(case: Case) -> RegistryRow:
    """One line of the list."""
    review = case.review
    tag, colour = STATES[review.state]
    left = len(review.undecided)
    hint = f"{left} to decide about." if left else _missing(review)
    title = f"{case.account.title}, {_month(review)}"
    return RegistryRow(f"/reviews/{review.review_id}", title, tag, colour, hint)


def review_view(
    case: Case,
    reader: Person,
    names: Mapping[PersonId, str],
    *,
    act: str = "",
    typed: Fields | None = None,
    errors: tuple[FieldError, ...] = (),
) -> EntryView:
    """One review, and what this person may do about it."""
    review = case.review
    tag, colour = STATES[review.state]
    more = (Fact("And more", (f"{review.more} who stand out found no room here.",)),)
    facts = (
        *(Fact(_heading(each), tuple(_list_lines(each))) for each in review.seen),
        *(Fact(_who(each), tuple(_person_lines(each, names))) for each in review.flagged),
        *(more if review.more else ()),
    )
    forms = tuple(_again(form, act, typed or {}, errors) for form in _forms(case, reader))
    return EntryView(
        f"Followers of {case.account.title}, {_month(review)}",
        tag,
        colour,
        facts,
        history=tuple(_history(review, names)),
        forms=forms,
        ways=(*_ways(review, reader), ALL),
        notice="" if review.state is ReviewState.SIGNED else NO_INTELLIGENCE,
    )


def _heading(seen: Seen) -> str:
    return f"{SIDES[seen.place.side]} on {platform_title(seen.place.platform)}"


def _list_lines(seen: Seen) -> Iterator[str]:
    """What was read, or why not and what is known from the last time."""
    if seen.fault:
        yield f"Not read: {seen.fault}"
        if seen.count is not None and seen.good_at:
            yield f"{seen.count:,} when it was read last, on {day_text(seen.good_at)}."
    elif seen.new is None:
        yield f"{seen.count or 0:,}, read for the first time."
    else:
        since = f" since {day_text(seen.good_at)}" if seen.good_at else ""
        yield f"{seen.count or 0:,}: {seen.new:,} new and {seen.gone or 0:,} gone{since}."


def _who(flagged: Flagged) -> str:
    where = platform_title(flagged.place.platform)
    how = "follows us" if flagged.place.side is Side.FOLLOWER else "we follow them"
    return f"{flagged.number}. On {where}, {how}"


def _person_lines(flagged: Flagged, names: Mapping[PersonId, str]) -> Iterator[str]:
    someone, ruling = flagged.someone, flagged.ruling
    if someone is not None:
        yield f"@{someone.handle}" if someone.handle else someone.platform_id
        yield from filter(None, (someone.name, someone.url))
    yield from (f"{flag.reason} ({flag.source})" for flag in flagged.flags)
    if ruling is not None:
        why = f": {ruling.why}" if ruling.why else ""
        yield f"{DECISIONS[ruling.decision]}, said {names.get(ruling.by, ruling.by)}{why}"


def _ways(review: Review, reader: Person) -> Iterator[Way]:
    """To the page that blocks, for whoever may; it is filled in with whom."""
    if not may(reader, Right.BLOCK).allowed:
        return
    for each in review.flagged:
        ruling, someone = each.ruling, each.someone
        if ruling and ruling.decision is Decision.BLOCK and someone:
            place = {"account": review.account, "platform": each.place.platform}
            whom = {"author_id": someone.platform_id, "handle": someone.handle}
            address = f"{BLOCKS.address}?{urlencode({**place, **whom})}"
            yield Way(address, f"Block number {each.number}")


def _history(review: Review, names: Mapping[PersonId, str]) -> Iterator[HistoryLine]:
    for part, signature in review.signed.items():
        who = names.get(signature.by, signature.by)
        yield HistoryLine(signature.at, who, f"Signed for {_lower(PARTS[part])}")


def _forms(case: Case, reader: Person) -> Iterator[FormView]:
    review, parts = case.review, parts_of(reader, case.account)
    if review.state is not ReviewState.OPEN or not parts:
        return
    address = f"/reviews/{review.review_id}"
    left = review.undecided[:MOST_AT_ONCE] or review.flagged[:MOST_AT_ONCE]
    if left:
        yield _decide_form(address, left)
    mine = [part for part in review.missing if part in parts]
    if mine and not review.undecided:
        sides = tuple(Option(part.value, PARTS[part]) for part in mine)
        part = FieldView("part", "For which side?", "choice", options=sides)
        yield FormView("Sign", address, "Sign", (part,), act=SIGN, sentence=SIGN_SENTENCE)


def _decide_form(address: str, left: tuple[Flagged, ...]) -> FormView:
    people = tuple(Option(str(each.number), _option(each)) for each in left)
    decisions = tuple(Option(each.value, words) for each, words in DECISIONS.items())
    fields = (
        FieldView("people", "About whom?", "checks", options=people),
        FieldView("decision", "What is to be done?", "choice", options=decisions),
        FieldView("why", "Why", "lines", hint=WHY_HINT),
    )
    title = "Decide about whoever stands out"
    return FormView(title, address, "Decide", fields, act=DECIDE, sentence=DONE_ELSEWHERE)


def _option(flagged: Flagged) -> str:
    someone = flagged.someone
    named = (someone.handle or someone.name or someone.platform_id) if someone else ""
    return f"{flagged.number}. {named}"


def _again(form: FormView, act: str, typed: Fields, errors: tuple[FieldError, ...]) -> FormView:
    """The form that was sent comes back with what was typed and what is wrong with it."""
    if not act or form.act != act:
        return form
    fields = tuple(
        replace(field, values=tuple(typed[field.name])) if field.name in typed else field
        for field in form.fields
    )
    return replace(form, fields=fields, errors=errors)


def _missing(review: Review) -> str:
    if review.state is not ReviewState.OPEN:
        return ""
    return "Not signed by: " + ", ".join(_lower(PARTS[part]) for part in review.missing) + "."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _month(review: Review) -> str:
    year, _, number = review.month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
