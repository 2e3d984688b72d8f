"""The page on which a post is put right. GET shows, POST acts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from compose.correct import Righting, to_correct, wanted_correction
from compose.corrections_api import LONGEST_REFERENCE, LONGEST_WORDS, named, shelf
from compose.reading import LONGEST_REASON
from compose.room import FORM, app, page, submitted, visitor
from compose.translate import faults_of
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import ProblemError
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.posts.correction import APOLOGIES
from shared.posts.errors import InvalidDraftError, PostError
from shared.posts.life import Post
from shared.records.errors import UnstorableError

ADDRESS = "/corrections/new"
YES = "yes"
SORRY_FIRST = (
    "Say sorry first, then what is true. What was wrong stays where it is, word for word: the "
    "correction goes under it where a platform has that, and leads to it where it has not. In "
    "feeds the wrong words are struck out beside the right ones."
)
CLOSED = Option(YES, "This ends it: we do not go on about the mistake")


@app.on(ADDRESS)
def correction_page(call: Call) -> Answer:
    """The form to put a post right, with the words that were wrong to begin from."""
    guest = visitor(call, Right.WRITE)
    post = to_correct(*named(call.query.get("post", "")), guest.person, shelf())
    return page("form", correction_form(post, {"words": [post.draft.text]}), guest)


@app.on(ADDRESS, "POST")
def correction_sent(call: Call) -> Answer:
    """Put a post right: the correction is checked and approved as any post is."""
    guest, sent = visitor(call, Right.WRITE), call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    post = to_correct(*named(first(sent, "post")), guest.person, shelf())
    try:
        wanted = wanted_correction(_righting(post, sent), guest.person, shelf(), None)
        correction = submitted(wanted, guest.person)
    except (ProblemError, PostError, UnstorableError) as error:
        errors = (FieldError(fault.field, fault.sentence) for fault in faults_of(error))
        view = replace(correction_form(post, sent), errors=tuple(errors))
        return replace(page("form", view, guest), status=422)
    return see_other(f"/posts/{correction.post_id}")


def correction_form(post: Post, sent: Mapping[str, Sequence[str]]) -> FormView:
    """The form, as it was sent."""
    fields = (
        FieldView("post", "", "hidden", (f"{post.post_id}-{post.version}",)),
        FieldView(
            "apology", "How it begins", "choice", options=tuple(Option(a, a) for a in APOLOGIES)
        ),
        FieldView(
            "words", "What is true", "lines", hint="Begin from what was wrong, and change it."
        ),
        FieldView(
            "wrong", "What was wrong", "lines", hint="For the record; the public does not see it."
        ),
        FieldView("complaint", "Reference of a complaint", hint="Leave it empty if there is none."),
        FieldView("closes_thread", "Afterwards", "checks", options=(CLOSED,)),
    )
    return FormView(
        "Put it right",
        ADDRESS,
        "Send the correction",
        tuple(
            replace(each, values=tuple(sent.get(each.name, ())) or each.values) for each in fields
        ),
        sentence=SORRY_FIRST,
        back=Way(f"/posts/{post.post_id}", "The post"),
    )


def _righting(post: Post, sent: Mapping[str, Sequence[str]]) -> Righting:
    return Righting(
        post.post_id,
        post.version,
        _typed(sent, "apology", LONGEST_REASON),
        _typed(sent, "words", LONGEST_WORDS),
        _typed(sent, "wrong", LONGEST_REASON),
        _typed(sent, "complaint", LONGEST_REFERENCE),
        first(sent, "closes_thread") == YES,
    )


def _typed(sent: Mapping[str, Sequence[str]], name: str, longest: int) -> str:
    """The words of a field; InvalidDraftError where there are too many of them."""
    words = lines(first(sent, name))
    if len(words) > longest:
        raise InvalidDraftError(name, f"Say it in {longest:,} characters.")
    return words
