"""The room of those who audit: its collaborators, its clock, its application, and who may come in.

It reads the copy of sealed months and writes nothing but questions, and the leaves that tell of
them: neither the log nor the archive can be reached from here, nor any platform's key (P7).
"""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from archive.auditing.translate import page_of, translate
from archive.settings import AuditSettings
from shared.accounts.rights import Right
from shared.http.application import Answer, Application
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.posts.names import PersonId
from shared.records.errors import NotFoundError
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.sessions import Sessions
from shared.records.tables import Tables, tables
from shared.settings.reading import read

if TYPE_CHECKING:
    from shared.pages.views import View

FORM = "audit"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: AuditSettings
    people: People
    sessions: Sessions
    kept: Tables
    pen: Pen


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings = read(AuditSettings, os.environ)
    kept, pen = tables(settings.table_prefix), Pen(secrets.token_bytes)
    return Room(settings, People(kept, pen), Sessions(kept), kept, pen)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


def guest_of(call: Call, right: Right = Right.AUDIT) -> Visitor:
    """Who is signed in, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


def name_of(person_id: PersonId) -> str:
    """What somebody is called; their id where the registry has nobody by it."""
    try:
        return room().people.get(person_id).name
    except NotFoundError:
        return person_id


def page(name: str, view: "View", guest: Visitor, status: int = 200) -> Answer:
    """A page for somebody who is signed in."""
    from shared.pages.render import render  # pages are read in by whoever shows one
    from shared.pages.viewer import viewer_of

    viewer = viewer_of(guest.person, guest.leave_token())
    return Answer(render(name, view, csrf=guest.form_token(FORM), viewer=viewer), status)


app = Application("audit", translate, lambda p: page_of(p, room().settings.sign_in_url))
