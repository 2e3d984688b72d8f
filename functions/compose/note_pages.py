"""The page on which the note of a deletion is sent in. GET shows, POST acts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from compose.note import note_draft
from compose.reading import Wanted
from compose.room import FORM, app, page, room, submitted, visitor
from compose.translate import faults_of
from shared.accounts.registry import Account
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import ProblemError
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.pages.words import platform_title
from shared.posts.content import Draft
from shared.posts.errors import InvalidDraftError, PostError
from shared.posts.names import AccountId, PlatformName
from shared.records.deletions import Deletions
from shared.records.errors import UnstorableError

ADDRESS = "/notes/new"
LONGEST = 70_000
SAY_WHY = (
    "Say plainly that something was deleted, and why. Do not repeat what was wrong. The note is "
    "checked and approved as any post is."
)
TOO_LONG = f"Say it in {LONGEST:,} characters."
NOWHERE = "Choose where it is said."

Sent = Mapping[str, Sequence[str]]


@cache
def deletions() -> Deletions:
    """Where the deletion is looked up."""
    return Deletions(room().kept, room().pen)


@app.on(ADDRESS)
def note_page(call: Call) -> Answer:
    """The form, filled with the note, the account and where its posts stood."""
    guest = visitor(call, Right.WRITE)
    deletion_id = call.query.get("deletion", "")
    account = room().accounts.get(AccountId(call.query.get("account", "")))
    draft = note_draft(deletion_id, account, guest.person, deletions())
    sent = {"words": [draft.text], "platforms": draft.platforms}
    return page("form", note_form(deletion_id, account, draft, sent), guest)


@app.on(ADDRESS, "POST")
def note_sent(call: Call) -> Answer:
    """Send it in, as a post that names its deletion."""
    guest, sent = visitor(call, Right.WRITE), call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    deletion_id = first(sent, "deletion")
    account = room().accounts.get(AccountId(first(sent, "account")))
    draft = note_draft(deletion_id, account, guest.person, deletions())
    try:
        post = submitted(Wanted(_written(draft, sent), note_of=deletion_id), guest.person)
    except (ProblemError, PostError, UnstorableError) as error:
        errors = (FieldError(_shown_at(f.field), f.sentence) for f in faults_of(error))
        form = replace(note_form(deletion_id, account, draft, sent), errors=tuple(errors))
        return replace(page("form", form, guest), status=422)
    return see_other(f"/posts/{post.post_id}")


def note_form(deletion_id: str, account: Account, draft: Draft, sent: Sent) -> FormView:
    """The form, as it was sent."""
    fields = (
        FieldView("deletion", "", "hidden", (deletion_id,)),
        FieldView("account", "", "hidden", (account.account_id,)),
        FieldView(
            "words", "What the public is told", "lines", hint="As it was written beforehand."
        ),
        FieldView(
            "platforms",
            "Where it is said",
            "checks",
            hint="Where it stood.",
            options=tuple(Option(name, platform_title(name)) for name in draft.platforms),
        ),
    )
    return FormView(
        f"Publish the note, by {account.title}",
        ADDRESS,
        "Send the note",
        tuple(
            replace(each, values=each.values or tuple(sent.get(each.name, ()))) for each in fields
        ),
        sentence=SAY_WHY,
        back=Way(f"/deletions/{deletion_id}", "The deletion"),
    )


def _written(draft: Draft, sent: Sent) -> Draft:
    """The note in the words that were sent, on those platforms that were chosen."""
    words = lines(first(sent, "words"))
    if len(words) > LONGEST:
        raise InvalidDraftError("text", TOO_LONG)
    chosen = tuple(PlatformName(name) for name in sent.get("platforms", ()))
    if not chosen or not set(chosen) <= set(draft.platforms):
        raise InvalidDraftError("platforms", NOWHERE)
    return replace(draft, text=words, platforms=chosen)


def _shown_at(field: str) -> str:
    return "words" if field == "text" else field
