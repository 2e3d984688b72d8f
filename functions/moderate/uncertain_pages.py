"""The pages of what could not be read back. GET shows; only a POST with a choice settles (P6)."""

from moderate.doors import post_named
from moderate.incident_errors import WrongFieldError
from moderate.incident_forms import Sent
from moderate.incident_room import FORM, names_of, page
from moderate.room import app, guest_of, now, room
from moderate.settle_uncertain import Decision, Place, Word, require_place, settle, waits
from moderate.uncertain_api import (
    DECISIONS,
    LONGEST_URL,
    LONGEST_WHY,
    part_named,
    uncertain,
    waiting,
)
from moderate.uncertain_shown import Evidence, Typed, row_of, uncertain_view
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView
from shared.posts.names import PlatformName

TITLE = "What nobody knows"
EMPTY = "Nothing waits: of every post it is known what became of it."


@app.on("/uncertain")
def uncertain_page(call: Call) -> Answer:
    """What could not be read back and waits for a person, longest first."""
    guest = guest_of(call, Right.READ_ALL)
    found = waiting(call)
    rows = tuple(row_of(each) for each in found.entries)
    return page(
        "uncertain", RegistryView(TITLE, "/uncertain", rows, found.cursor, empty=EMPTY), guest
    )


@app.on("/uncertain/{post_id}/{version}/{platform}")
def settle_page(call: Call, post_id: str, version: str, platform: str) -> Answer:
    """The evidence about one target, and the form to say whether it is there."""
    guest = guest_of(call, Right.READ_ALL)
    evidence = _evidence(post_id, version, (PlatformName(platform), part_named(call)))
    waits(evidence.found, evidence.place, now())  # what is settled is shown where it stands
    return _shown(evidence, guest)


@app.on("/uncertain/{post_id}/{version}/{platform}", "POST")
def settle_sent(call: Call, post_id: str, version: str, platform: str) -> Answer:
    """Say whether it is there, once."""
    guest = guest_of(call, Right.SETTLE)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    evidence = _evidence(post_id, version, (PlatformName(platform), part_named(call)))
    try:
        settle(
            *post_named(f"{post_id}-{version}"),
            evidence.place,
            _word(sent),
            by=guest.person,
            uncertain=uncertain(),
            now=now(),
        )
    except WrongFieldError as error:
        errors = (FieldError(error.field, str(error)),)
        typed = {name: tuple(sent.get(name, ())) for name in ("decision", "url", "why")}
        return _shown(evidence, guest, typed=typed, errors=errors)
    return see_other(f"/posts/{post_id}")


def _evidence(post_id: str, version: str, place: Place) -> Evidence:
    found = uncertain().get(*post_named(f"{post_id}-{version}"))
    account = found.post.draft.account
    about = room().snapshots.read(accounts=[account])
    require_place(found, place)
    return Evidence(found, place[0], about.account(account), place[1])


def _word(sent: Sent) -> Word:
    """What was said; WrongFieldError where nothing was chosen (P6)."""
    decision = first(sent, "decision")
    if decision not in DECISIONS:
        raise WrongFieldError("decision", "Choose what you saw.")
    url, why = first(sent, "url").strip(), lines(first(sent, "why"))
    return Word(Decision(decision), url[:LONGEST_URL], why[:LONGEST_WHY])


def _shown(
    evidence: Evidence,
    guest: Visitor,
    *,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Answer:
    names = names_of(*{step.by for step in evidence.trail})
    view = uncertain_view(evidence, guest.person, now(), names, typed=typed, errors=errors)
    return page("settle", view, guest, 422 if errors else 200)
