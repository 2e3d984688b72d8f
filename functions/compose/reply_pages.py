"""The page on which somebody is answered in words of one's own. GET shows, POST acts.

The set answers are sent here too, from the page of the mention, with one tap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from compose.errors import BeingAnsweredError
from compose.reading import LANGUAGES
from compose.replies_api import LONGEST_WORDS, shelf
from compose.reply import Replying, Said, reply, to_answer
from compose.room import app, now, page, submitted, visitor
from compose.translate import faults_of
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import ProblemError
from shared.identity.visitor import Visitor
from shared.mentions.replies import ADDRESS, FORM, begins_with
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.pages.words import platform_title
from shared.posts.errors import InvalidDraftError, PostError
from shared.posts.localtime import local
from shared.records.errors import UnstorableError

Sent = Mapping[str, Sequence[str]]

TONGUES = (Option(LANGUAGES[0], "English"), Option(LANGUAGES[1], "Welsh"))
UNDER_IT = (
    "It goes out as a post of the account, under what was said, and all can read it. Speak of "
    "nobody's case. It is checked as any post is, and somebody else may have to approve it."
)
BEGINS = "It begins with “{}”, so that they hear of it."
REAL_DATE = "Enter a real date, like 2027-02-19."
TOO_LONG = f"Say it in {LONGEST_WORDS:,} characters."


@app.on(ADDRESS)
def reply_page(call: Call) -> Answer:
    """The form to answer a mention in words of one's own."""
    guest = visitor(call, Right.ANSWER)
    said = to_answer(call.query.get("mention", ""), guest.person, shelf())
    return page("form", reply_form(said, {"language": [LANGUAGES[0]]}, guest), guest)


@app.on(ADDRESS, "POST")
def reply_sent(call: Call) -> Answer:
    """Answer a mention: the reply is checked and approved as any post is."""
    guest, sent = visitor(call, Right.ANSWER), call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    today = local(now()).date()
    try:
        post = reply(_replying(sent), guest.person, shelf(), submitted, key=None, today=today)
    except BeingAnsweredError as error:
        return see_other(f"/posts/{error.post.post_id}")
    except (ProblemError, PostError, UnstorableError) as error:
        errors = tuple(FieldError(_shown_at(f.field), f.sentence) for f in faults_of(error))
        said = to_answer(first(sent, "mention"), guest.person, shelf())
        view = replace(reply_form(said, sent, guest), errors=errors)
        return replace(page("form", view, guest), status=422)
    return see_other(f"/posts/{post.post_id}")


def reply_form(said: Said, sent: Sent, guest: Visitor) -> FormView:
    """The form, as it was sent."""
    mention = said.mention
    begins = begins_with(mention, said.told("handle")).strip()
    fields = (
        FieldView("mention", "", "hidden", (mention.mention_id,)),
        FieldView("words", "Your answer", "lines", hint=BEGINS.format(begins) if begins else ""),
        FieldView("language", "Its language", "choice", options=TONGUES),
        FieldView(
            "follow_up",
            "You come back to it on",
            "day",
            hint="Only for a holding reply; leave it empty where this is the answer.",
        ),
    )
    return FormView(
        f"Answer on {platform_title(mention.platform)}, by {said.account.title}",
        ADDRESS,
        "Send the answer",
        tuple(
            replace(each, values=each.values or tuple(sent.get(each.name, ()))) for each in fields
        ),
        sentence=f"“{said.told('text')}” {UNDER_IT}",
        back=Way(f"/mentions/{mention.mention_id}", "What was said"),
        token=guest.form_token(FORM),
    )


def _replying(sent: Sent) -> Replying:
    words = lines(first(sent, "words"))
    if len(words) > LONGEST_WORDS:
        raise InvalidDraftError("words", TOO_LONG)
    chosen = first(sent, "language")
    language = chosen if chosen in LANGUAGES else LANGUAGES[0]
    return Replying(first(sent, "mention"), words, language, _day(first(sent, "follow_up").strip()))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise InvalidDraftError("follow_up", REAL_DATE) from error


def _shown_at(field: str) -> str:
    return field if field == "follow_up" else "words"
