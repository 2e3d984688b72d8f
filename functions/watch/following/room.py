"""The room in which people review followers: its collaborators, its clock, and who may come in.

A function of its own: it reads reviews and writes what people decide. It can reach neither a
platform's key (P7) nor the lists that reviews were made from (B25).
"""

import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from shared.accounts.registry import Account
from shared.accounts.rights import Right, may_read
from shared.http.application import Answer, Application
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.identity.visitor import visitor as behind
from shared.posts.names import AccountId, PersonId
from shared.records.errors import NotFoundError
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.reports import Reports
from shared.records.reviews import Reviews
from shared.records.samples import Samples
from shared.records.sessions import Sessions
from shared.records.snapshot import Snapshots
from shared.records.tables import tables
from shared.settings.reading import read
from watch.following.decide_review import Case
from watch.following.translate import page_of, translate
from watch.settings import PageSettings

if TYPE_CHECKING:
    from shared.pages.views import View

FORM = "reviews"


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    settings: PageSettings
    people: People
    sessions: Sessions
    snapshots: Snapshots
    reviews: Reviews
    samples: Samples
    reports: Reports


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings = read(PageSettings, os.environ)
    kept, pen = tables(settings.table_prefix), Pen(secrets.token_bytes)
    return Room(
        settings,
        People(kept, pen),
        Sessions(kept),
        Snapshots(kept),
        Reviews(kept, pen),
        Samples(kept, pen),
        Reports(kept, pen),
    )


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


def guest_of(call: Call, right: Right) -> Visitor:
    """Who is signed in, if they have this right."""
    return behind(call, right, room().sessions, room().people, now())


def page(name: str, view: "View", guest: Visitor, status: int = 200) -> Answer:
    """A page for somebody who is signed in."""
    from shared.pages.render import render  # pages are read in by whoever shows one
    from shared.pages.viewer import viewer_of

    viewer = viewer_of(guest.person, guest.leave_token())
    return Answer(render(name, view, csrf=guest.form_token(FORM), viewer=viewer), status)


def case_of(review_id: str, guest: Visitor) -> Case:
    """A review with its account, for whoever reads everything and the account's own team;
    NotFoundError for everybody else."""
    review = room().reviews.get(review_id)
    account = accounts_of([review.account]).get(review.account)
    if account is None or not may_read(guest.person, account):
        raise NotFoundError("reviews", review_id)
    return Case(review, account)


def accounts_of(wanted: Iterable[AccountId]) -> Mapping[AccountId, Account]:
    """These accounts, as far as they are there."""
    return room().snapshots.read(accounts=set(wanted)).accounts


def names_of(people: Iterable[PersonId]) -> dict[PersonId, str]:
    """What these people are called."""
    found = room().snapshots.read(people=set(people)).people
    return {person_id: person.name for person_id, person in found.items()}


app = Application("reviews", translate, lambda p: page_of(p, room().settings.sign_in_url))
