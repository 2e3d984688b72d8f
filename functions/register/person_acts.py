"""The acts on somebody's entry, each read from the same fields whoever sent them."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from register import keep_person
from register.delegate import delegate, end_delegation
from register.desk import Desk
from register.entries import person_in
from register.leavers import Outcome, leave
from register.room import now, room
from shared.accounts.registry import Delegation, Leave, Person, PersonStatus
from shared.accounts.training import Topic
from shared.http.fields import LONGEST_NAME, Fields
from shared.posts.names import AccountId, PersonId

Body = Mapping[str, Any]
Act = Callable[[PersonId, Body, Person], Person]

LONGEST_WHY = 500
LONGEST_FILE = 200_000
TOPICS = tuple(topic.value for topic in Topic)
STATUSES = tuple(status.value for status in PersonStatus)
KEPT = ("name", "rank", "email", "mobile", "role", "duty", "senior")


def _desk() -> Desk:
    return room().desk


def entered(body: Body, by: Person) -> Person:
    """`POST /v1/people`."""
    found = person_in(body, {})
    found.setdefault("person_id", f"p-{secrets.token_hex(5)}")
    found["person_id"] = PersonId(found["person_id"])
    return keep_person.enter(found, by=by, desk=_desk(), now=now())


def changed(person_id: PersonId, body: Body, by: Person) -> Person:
    """`PATCH /v1/people/{person_id}`."""
    before = _desk().people.get(person_id)
    usual = {name: getattr(before, name) for name in KEPT} | {"role": before.role.value}
    fields = {name: value for name, value in body.items() if name != "person_id"}
    return keep_person.change(person_id, person_in(fields, usual), by=by, desk=_desk(), now=now())


def stood(person_id: PersonId, body: Body, by: Person) -> Person:
    """`POST …/status`."""
    fields = Fields(body)
    status = PersonStatus(fields.one_of("status", STATUSES))
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return keep_person.stand(person_id, status, why, by=by, desk=_desk(), now=now())


def trained(person_id: PersonId, body: Body, by: Person) -> Person:
    """`POST …/training`."""
    fields = Fields(body)
    topic = Topic(fields.one_of("topic", TOPICS))
    on = fields.day("on")
    fields.done()
    return keep_person.teach(person_id, topic, on, by=by, desk=_desk(), now=now())


def accepted(person_id: PersonId, body: Body, by: Person) -> Person:
    """`POST …/acceptance`."""
    fields = Fields(body)
    version = fields.text("version", longest=LONGEST_NAME)
    fields.done()
    return keep_person.accept(person_id, version, by=by, desk=_desk(), now=now())


def planned(person_id: PersonId, body: Body, by: Person) -> Person:
    """`POST …/leave`."""
    fields = Fields(body)
    first, last = fields.day("first_day"), fields.day("last_day")
    cover = fields.maybe_text("cover", longest=LONGEST_NAME)
    fields.done()
    days = Leave(first, last, PersonId(cover) if cover else None)
    return keep_person.plan_leave(person_id, days, by=by, desk=_desk(), now=now())[0]


def delegated(person_id: PersonId, body: Body, by: Person) -> Person:
    """`POST …/delegations`."""
    fields = Fields(body)
    to = PersonId(fields.text("to", longest=LONGEST_NAME))
    first, last = fields.day("first_day"), fields.day("last_day")
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    found = Delegation(to, first, last, why)
    return delegate(person_id, found, by=by, desk=_desk(), now=now())


def delegation_ended(person_id: PersonId, body: Body, by: Person) -> Person:
    """`POST …/delegations/end`."""
    fields = Fields(body)
    first = fields.day("first_day")
    fields.done()
    return end_delegation(person_id, first, by=by, desk=_desk(), now=now())


def leavers_read(body: Body, by: Person) -> tuple[Outcome, bool]:
    """`POST /v1/people/leavers`."""
    fields = Fields(body)
    text = fields.text("csv", longest=LONGEST_FILE)
    dry_run = fields.flag("dry_run", default=False)
    fields.done()
    outcome = leave(text, by, room().leavers, now(), dry_run=dry_run)
    if not dry_run:
        gone = frozenset(each.person_id for each in outcome.left)
        keep_person.lost_access(gone, by=by, desk=_desk(), now=now())
        bare = [_desk().accounts.get(AccountId(each)) for each in outcome.without_cover]
        keep_person.warn_of(tuple(bare), by=by, desk=_desk(), now=now())
    return outcome, dry_run


ACTS: dict[str, Act] = {
    "status": stood,
    "training": trained,
    "acceptance": accepted,
    "leave": planned,
    "delegation": delegated,
    "delegation-end": delegation_ended,
}
"""What the page of a person may send, by the name its form carries."""

OWN = frozenset({"acceptance", "leave"})
"""What people do about themselves."""

ONLY_OWN = frozenset({"delegation", "delegation-end"})
"""What nobody else does for them, the registrar included."""
