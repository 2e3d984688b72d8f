"""The pages of deletions. GET shows; only a POST with a choice removes anything (P6)."""

from collections.abc import Mapping, Sequence

from moderate.ask_deletion import Wish, ask_deletion
from moderate.decide_deletion import Choice, decide, done_by_hand, review
from moderate.deletion_forms import TYPED, ask_form
from moderate.deletion_room import (
    FORM,
    Case,
    app,
    case_of,
    guest_of,
    now,
    page,
    room,
    titles,
    versions_named,
)
from moderate.deletion_shapes import GROUNDS, LONGEST_NOTE, LONGEST_WHY
from moderate.deletion_shown import deletion_view, hand_act, row_of
from moderate.doors import NoSuchDoorError, post_named
from moderate.incident_errors import WrongFieldError
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView, Way
from shared.posts.deletion import Ground
from shared.records.deletions import MOST_POSTS

Sent = Mapping[str, Sequence[str]]

TITLE = "Deletions"
EMPTY = "Nothing of ours was ever asked to be deleted."
ASK = Way("/deletions/new", "Ask for posts to be deleted")
ERASURES = Way("/erasures", "Erasures of other people’s words")
FOUND = Way("/exceptions", "Posts that are gone or changed without a deletion")
NO_GROUND = "Choose the ground. If none of them fits, correct it instead."
NO_SUCH_POST = "Name each post as it stands in its address, a hyphen and the version: 01J…-1."


@app.on("/deletions")
def deletions_page(call: Call) -> Answer:
    """All deletions, newest first."""
    guest = guest_of(call, Right.READ_ALL)
    found = room().desk.deletions.all(call.query.get("cursor"))
    accounts = titles(found.entries)
    rows = tuple(row_of(each, accounts) for each in found.entries)
    view = RegistryView(TITLE, "/deletions", rows, found.cursor, (ASK, FOUND, ERASURES), EMPTY)
    return page("registry", view, guest)


@app.on("/deletions/new")
def ask_deletion_page(call: Call) -> Answer:
    """The form to ask, about the posts named; leads to the deletion that stands for a single one,
    if one does."""
    guest = guest_of(call, Right.ASK_DELETION)
    names = [name for name in call.query.get("post", "").split(",") if name][:MOST_POSTS]
    if len(names) == 1 and (standing := room().desk.deletions.standing(*post_named(names[0]))):
        return see_other(f"/deletions/{standing}")
    return page("form", ask_form(names, guest.person), guest)


@app.on("/deletions/new", "POST")
def ask_deletion_sent(call: Call) -> Answer:
    """Ask for it."""
    guest = guest_of(call, Right.ASK_DELETION)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        deletion = ask_deletion(_wish(sent), guest.person, room().desk, now())
    except WrongFieldError as error:
        errors = (FieldError(error.field, str(error)),)
        typed = {name: tuple(sent.get(name, ())) for name in TYPED}
        return page("form", ask_form([], guest.person, typed=typed, errors=errors), guest, 422)
    return see_other(f"/deletions/{deletion.deletion_id}")


@app.on("/deletions/{deletion_id}")
def deletion_page(call: Call, deletion_id: str) -> Answer:
    """One deletion, with the evidence, and what you may do about it."""
    guest = guest_of(call, Right.LOOK)
    case = case_of(deletion_id, guest.person)
    return page("entry", deletion_view(case, guest.person), guest)


@app.on("/deletions/{deletion_id}", "POST")
def deletion_sent(call: Call, deletion_id: str) -> Answer:
    """Decide, look at it afterwards, or say that something is gone."""
    guest = guest_of(call, Right.DECIDE_DELETION)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case = case_of(deletion_id, guest.person)
    act = first(sent, "act")
    try:
        _do(act, case, sent, guest)
    except WrongFieldError as error:
        errors = (FieldError(error.field, str(error)),)
        view = deletion_view(case, guest.person, act=act, errors=errors)
        return page("entry", view, guest, 422)
    return see_other(f"/deletions/{deletion_id}")


def _do(act: str, case: Case, sent: Sent, guest: Visitor) -> None:
    if act == "decide":
        decide(
            case.whole,
            case.posts,
            _choice(sent),
            guest.person,
            deletions=room().desk.deletions,
            executions=room().desk.executions,
            now=now(),
        )
        return
    if act == "review":
        choice = _choice(sent)
        review(
            case.deletion,
            case.posts,
            choice,
            guest.person,
            deletions=room().desk.deletions,
            now=now(),
        )
        return
    for target in case.whole.targets:
        post = case.post_of(target)
        if act == hand_act(target) and post is not None:
            done_by_hand(
                case.whole,
                post,
                target.place,
                _typed(sent, "why", LONGEST_WHY),
                guest.person,
                deletions=room().desk.deletions,
                publications=room().desk.publications,
                now=now(),
            )
            return
    raise NotFoundError("There is no such form; reload the page and send it again.")


def _typed(sent: Sent, name: str, longest: int) -> str:
    """The words of a field; WrongFieldError where there are too many of them."""
    words = lines(first(sent, name))
    if len(words) > longest:
        raise WrongFieldError(name, f"Say it in {longest:,} characters.")
    return words


def _choice(sent: Sent) -> Choice:
    """What was chosen; WrongFieldError where nothing was (P6)."""
    decision = first(sent, "decision")
    if decision not in {"yes", "no"}:
        raise WrongFieldError("decision", "Choose.")
    return Choice(decision == "yes", _typed(sent, "reason", LONGEST_WHY))


def _wish(sent: Sent) -> Wish:
    ground = first(sent, "ground")
    if ground not in GROUNDS:
        raise WrongFieldError("ground", NO_GROUND)
    names = [line.strip() for line in first(sent, "posts").splitlines() if line.strip()]
    try:
        versions = versions_named(names)
    except NoSuchDoorError as error:
        raise WrongFieldError("posts", NO_SUCH_POST) from error
    return Wish(
        versions,
        Ground(ground),
        _typed(sent, "why", LONGEST_WHY),
        _typed(sent, "note", LONGEST_NOTE),
        _typed(sent, "copies", LONGEST_WHY),
        first(sent, "at_once") == "yes",
    )
