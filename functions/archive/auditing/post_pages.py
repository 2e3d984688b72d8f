"""The page of a post's whole life. GET shows what somebody has asked for; only a POST asks (P6)."""

from functools import cache

from archive.auditing.answer_shapes import leaf_behind
from archive.auditing.ask_question import ask_question
from archive.auditing.desk import desk, disposed
from archive.auditing.desk import question as question_of
from archive.auditing.errors import AuditError
from archive.auditing.post_life import POST, life_in, named_in, wish_for
from archive.auditing.post_views import life_view, look_view
from archive.auditing.room import FORM, app, guest_of, name_of, now, page
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.pages.forms import first
from shared.posts.names import PersonId, QuestionId
from shared.records.errors import NotFoundError


@app.on("/audit/posts/{post_id}")
def post_page(call: Call, post_id: str) -> Answer:
    """The life of a post that somebody has looked at, or the button to look."""
    guest = guest_of(call)
    named = _named(post_id)
    asked = call.query.get("question")
    if not asked:
        return page("entry", look_view(named), guest)
    question = question_of(QuestionId(asked))
    if question.whole.get(POST) != named:
        raise NotFoundError("questions", asked)
    view = life_view(
        named,
        question,
        life_in(question, desk()),
        after=leaf_behind(call.query.get("cursor")),
        latest=desk().months()[-1].month,
        name=cache(lambda person: name_of(PersonId(person))),
    )
    return page("answer", view, guest)


@app.on("/audit/posts/{post_id}", "POST")
def post_looked_at(call: Call, post_id: str) -> Answer:
    """Look at the life of a post: that somebody did is on record."""
    guest = guest_of(call)
    guest.check_form(FORM, first(call.form(), "csrf"))
    named, gone = _named(post_id), disposed()
    sealed = tuple(each.month for each in desk().months() if each.month not in gone)
    question, _ = ask_question(wish_for(named, sealed), by=guest.person, desk=desk(), now=now())
    return see_other(f"/audit/posts/{named}?question={question.question_id}")


def _named(post_id: str) -> str:
    try:
        return named_in(post_id)
    except AuditError as error:
        raise NotFoundError("posts", post_id) from error
