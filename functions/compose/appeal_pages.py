"""The pages of appeals. GET shows; only a POST changes anything, or says anything to the public."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from compose.appeal_room import Case, case_of, hand_of, lasting, person_named, said_over
from compose.appeal_shown import appeal_view, list_view
from compose.find_appeal import Over
from compose.keep_appeal import Hand, add_copy, add_post, close, extend, hand_over, settle_copy
from compose.reading import LONGEST_REASON
from compose.room import FORM, app, page, visitor
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.posts.appeal import Fate
from shared.posts.errors import InvalidDraftError
from shared.posts.localtime import day_typed
from shared.posts.names import PostId

Sent = Mapping[str, Sequence[str]]

LONGEST_WORDS = 70_000
CHOOSE = "Choose."
CHOOSE_POSTS = "Tick the posts that the words go under."
LEFT_OUT = "It could not be said for {}: {} Ask communications to say it there."


@app.on("/appeals")
def appeals_page(call: Call) -> Answer:
    """The appeals that are not closed, whatever ends first before the others."""
    guest = visitor(call)
    return page("registry", list_view(lasting(guest.person, call.query.get("cursor"))), guest)


@app.on("/appeals/{appeal_id}")
def appeal_page(call: Call, appeal_id: str) -> Answer:
    """One appeal: who looks after it, where it stands, and what you may do about it."""
    guest = visitor(call)
    return page("entry", appeal_view(case_of(appeal_id, guest.person)), guest)


@app.on("/appeals/{appeal_id}", "POST")
def appeal_sent(call: Call, appeal_id: str) -> Answer:
    """Do something about it, by the form that was sent."""
    guest, sent = visitor(call, Right.WRITE), call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case, act = case_of(appeal_id, guest.person), first(sent, "act")
    try:
        left = _do(act, case, sent, guest)
    except InvalidDraftError as error:
        left = (FieldError("until" if error.field == "date" else error.field, str(error)),)
    if not left:
        return see_other(f"/appeals/{appeal_id}")
    view = appeal_view(case_of(appeal_id, guest.person), act, sent, left)
    return replace(page("entry", view, guest), status=422)


def _do(act: str, case: Case, sent: Sent, guest: Visitor) -> tuple[FieldError, ...]:
    """What could not be done of it; InvalidDraftError where nothing was."""
    if act == "found":
        return _found(case, sent, guest)
    deed = DEEDS.get(act)
    if deed is None:
        raise NotFoundError("There is no such form; reload the page and send it again.")
    deed(case.appeal.appeal_id, sent, hand_of(guest.person))
    return ()


def _found(case: Case, sent: Sent, guest: Visitor) -> tuple[FieldError, ...]:
    posts = frozenset(sent.get("posts", ()))
    if not posts and any(share.may_be_closed for share in case.shares):
        raise InvalidDraftError("posts", CHOOSE_POSTS)
    over = Over(_words(sent, "words", LONGEST_WORDS), posts)
    done = said_over(case.appeal.appeal_id, over, guest.person)
    return tuple(
        FieldError("posts", LEFT_OUT.format(case.title(share.post.draft.account), why))
        for share, why in done.refused
    )


def _extend(appeal_id: PostId, sent: Sent, hand: Hand) -> None:
    extend(appeal_id, day_typed(first(sent, "until").strip()), _words(sent, "why"), hand)


def _hand_over(appeal_id: PostId, sent: Sent, hand: Hand) -> None:
    hand_over(appeal_id, person_named(first(sent, "owner")), hand)


def _copy(appeal_id: PostId, sent: Sent, hand: Hand) -> None:
    add_copy(appeal_id, first(sent, "address").strip(), _words(sent, "note"), hand)


def _post(appeal_id: PostId, sent: Sent, hand: Hand) -> None:
    add_post(appeal_id, first(sent, "post"), hand)


def _settle(appeal_id: PostId, sent: Sent, hand: Hand) -> None:
    fate = first(sent, "fate")
    if fate not in {each.value for each in Fate}:
        raise InvalidDraftError("fate", CHOOSE)
    settle_copy(appeal_id, first(sent, "address"), Fate(fate), _words(sent, "why"), hand)


def _close(appeal_id: PostId, sent: Sent, hand: Hand) -> None:
    close(appeal_id, _words(sent, "why"), hand)


def _words(sent: Sent, name: str, longest: int = LONGEST_REASON) -> str:
    """What was written into a field; InvalidDraftError where it is too much."""
    words = lines(first(sent, name))
    if len(words) > longest:
        raise InvalidDraftError(name, f"Say it in {longest:,} characters.")
    return words


DEEDS: Mapping[str, Callable[[PostId, Sent, Hand], None]] = {
    "extend": _extend,
    "owner": _hand_over,
    "copy": _copy,
    "post": _post,
    "settle": _settle,
    "close": _close,
}
"""By what the forms are called; saying that it is over is apart."""
