"""The way in and out. The one GET that acts is the way back from the force's sign-in, which
OpenID Connect asks for: its code works once, and only in the browser that began (ADR 0011).
"""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from enter.attempt import COOKIE, Attempt, begun, ended_cookie, resumed
from enter.errors import DeniedError, EnterError, IssuerSilentError, UntrustedTokenError
from enter.id_token import vouched
from enter.issuer import Issuer
from enter.settings import Settings
from enter.sign_in import Desk
from enter.sign_in import sign_in as let_in
from enter.sign_in import sign_out as let_out
from enter.translate import SIGN_IN, page_of, signed_out_page, translate
from shared.accounts.rights import Right
from shared.http.application import Answer, Application, journal, see_other
from shared.http.call import Call
from shared.identity import session
from shared.identity.visitor import LEAVING, visitor
from shared.records.entrances import Entrances
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.sessions import Sessions
from shared.records.tables import tables
from shared.settings.reading import read

CALLBACK = "/sign-in/callback"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: Settings
    issuer: Issuer
    people: People
    sessions: Sessions
    desk: Desk


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings, pen = read(Settings, os.environ), Pen(secrets.token_bytes)
    kept = tables(settings.table_prefix)
    people = People(kept, pen)
    return Room(
        settings,
        Issuer(settings.oidc_issuer, settings.oidc_client_id),
        people,
        Sessions(kept),
        Desk(people, Entrances(kept, pen)),
    )


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


app = Application("enter", translate, page_of)


@app.on(SIGN_IN)
def sign_in(call: Call) -> Answer:
    """Send the browser to the force's sign-in; nothing is kept but in its own cookie."""
    attempt = begun(secrets.token_bytes, call.query.get("to", ""))
    prompt = call.query.get("prompt", "")
    prompt = prompt if prompt == "login" else ""
    away = room().issuer.way_in(attempt, _back_to(), now(), prompt)
    return see_other(away, (attempt.cookie(),))


@app.on(CALLBACK)
def signed_in(call: Call) -> Answer:
    """Back from the force's sign-in: a session, or a sentence why not."""
    try:
        attempt = resumed(call.cookie(COOKIE), call.query.get("state", ""))
        token = _admitted(call, attempt)
    except EnterError as error:
        return _refused(error)
    return see_other(attempt.back, (session.session_cookie(token), ended_cookie()))


@app.on("/sign-out")
def signed_out(call: Call) -> Answer:
    """What stands after signing out."""
    return Answer(signed_out_page())


@app.on("/sign-out", "POST")
def sign_out(call: Call) -> Answer:
    """End every session of this person, here and on every other device."""
    guest = visitor(call, Right.LOOK, room().sessions, room().people, now())
    guest.check_form(LEAVING, (call.form().get("csrf") or [""])[0])
    let_out(guest.person, guest.token, room().desk, now())
    return see_other("/sign-out", (session.ended_cookie(),))


def _admitted(call: Call, attempt: Attempt) -> str:
    """The token of a new session for whom the issuer vouches."""
    at = now()
    if "error" in call.query or not call.query.get("code"):
        raise DeniedError
    answer = room().issuer.redeem(call.query["code"], attempt, _back_to(), at)
    who = vouched(answer, attempt, room().issuer, at)
    token = secrets.token_urlsafe(32)
    let_in(who, token, room().desk, at)
    return token


def _refused(error: EnterError) -> Answer:
    if isinstance(error, UntrustedTokenError | IssuerSilentError):
        why = getattr(error, "why", "")
        journal(app.app_name).warning("sign-in refused", extra={"why": why or type(error).__name__})
    problem = translate(error)
    assert problem is not None  # noqa: S101 - every EnterError has its meaning
    return Answer(page_of(problem), problem.status, cookies=(ended_cookie(),))


def _back_to() -> str:
    return room().settings.base_url + CALLBACK
