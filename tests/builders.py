"""Things that exist in Bluelamp, ready made: name what matters to the test, leave the rest."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from shared.accounts.incident import Incident, Scope
from shared.accounts.registry import Account, Handle, Level, Person, Role
from shared.mail.links import code_sha256, token_sha256
from shared.posts.content import Draft, Media, content_hash
from shared.posts.life import Post, State
from shared.posts.names import AccountId, IncidentId, PersonId, PlatformName, PostId
from shared.recordlog.leaf import Act
from shared.records.approval import Approval, Link, Round, new_approval, new_link
from shared.records.hold import Hold, Why, new_hold
from shared.records.pen import Pen, ulid

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

_serial: Iterator[int] = count(1)
_mobiles: dict[str, str] = {}


def a_post_id(at: datetime = NOW) -> PostId:
    """An id nobody has used in this run."""
    return PostId(ulid(at, next(_serial).to_bytes(10, "big")))


def a_pen() -> Pen:
    """A pen whose chance is a count: no two ids alike, and every run the same."""
    return Pen(lambda length: next(_serial).to_bytes(length, "big"))


def a_draft(text: str = "The road is open again.", **changes: Any) -> Draft:
    """Words for the neighbourhood team's account on the sandbox platform."""
    usual: dict[str, Any] = {
        "account": AccountId("riverside"),
        "platforms": (PlatformName("sandbox"),),
    }
    return Draft(text=text, **{**usual, **changes})


def a_picture(alt: str = "A lorry across both lanes.") -> Media:
    """One picture with its alt text."""
    return Media("ab" * 32, "media/ab", "image/jpeg", alt)


def a_post(text: str = "The road is open again.", **changes: Any) -> Post:
    """A submitted first version; takes the fields of a draft and of a post alike."""
    of_draft = {field.name for field in fields(Draft)}
    words = changes.pop("draft", None) or a_draft(
        text, **{name: changes.pop(name) for name in of_draft & changes.keys()}
    )
    usual: dict[str, Any] = {
        "post_id": changes.get("post_id") or a_post_id(),
        "version": 1,
        "draft": words,
        "content_hash": content_hash(words),
        "author": PersonId("pc-okafor"),
        "submitted_at": NOW,
        "state": State.SUBMITTED,
        "policy_version": "2026-11-01",
    }
    return Post(**{**usual, **changes})


def an_account(account_id: str = "riverside", **changes: Any) -> Account:
    """A neighbourhood account with a voice on the sandbox platform."""
    usual: dict[str, Any] = {
        "title": "Riverside Neighbourhood Team",
        "level": Level.NEIGHBOURHOOD,
        "area": "Riverside",
        "email": f"{account_id}@force.example",
        "handles": (
            Handle(
                PlatformName("sandbox"), f"{account_id}.force.example", "https://sandbox.example"
            ),
        ),
        "owner": PersonId("sgt-lind"),
        "members": frozenset({PersonId("pc-okafor")}),
    }
    return Account(AccountId(account_id), **{**usual, **changes})


def an_incident(incident_id: str = "01INCIDENT", **changes: Any) -> Incident:
    """Declared just now by comms for the whole force."""
    usual: dict[str, Any] = {
        "scope": Scope.FORCE,
        "area": "",
        "lpt": None,
        "why": "Disorder in the city centre.",
        "declared_by": PersonId("comms-ray"),
        "declared_at": NOW,
    }
    return Incident(IncidentId(incident_id), **{**usual, **changes})


def a_person(person_id: str = "pc-okafor", **changes: Any) -> Person:
    """An active officer who is not on the approvers' rota, with a mobile of their own."""
    usual: dict[str, Any] = {
        "name": person_id.replace("-", " ").title(),
        "email": f"{person_id}@force.example",
        "mobile": _mobiles.setdefault(person_id, f"+447700900{200 + len(_mobiles)}"),
        "role": Role.OFFICER,
    }
    return Person(PersonId(person_id), **{**usual, **changes})


def an_approver(person_id: str = "comms-ray", **changes: Any) -> Person:
    """Somebody of the communications team, first on the rota."""
    return a_person(person_id, **{"role": Role.COMMS, "duty": 0, **changes})


def an_act(what: str = "post.submitted", **changes: Any) -> Act:
    """Something somebody did just now."""
    usual: dict[str, Any] = {
        "account": "riverside",
        "subject": "post:example",
        "at": NOW,
        "actor": "pc-okafor",
        "approver": None,
        "reason": None,
        "payload": {"text": "The road is open again."},
    }
    return Act(what, **{**usual, **changes})


def a_link(post: Post, secret: str = "secret-of-a-link", **changes: Any) -> Link:
    """The way in of one approver, of the first round, good for a day."""
    usual: dict[str, Any] = {
        "person": PersonId("comms-ray"),
        "code_hash": code_sha256(secret, "271828"),
        "expires_at": NOW + timedelta(days=1),
    }
    number = changes.pop("round", 1)
    link = new_link(post, link_hash=token_sha256(secret), **{**usual, **changes})
    return replace(link, round=number)


def a_round(number: int = 1, **changes: Any) -> Round:
    """One approver asked, half an hour to answer."""
    usual: dict[str, Any] = {
        "asked": (PersonId("comms-ray"),),
        "links": (),
        "ends_at": NOW + timedelta(minutes=30),
        "task_token": f"token-{number}",
    }
    return Round(number, **{**usual, **changes})


def a_hold(post: Post | None = None, why: Why = Why.LATE, **changes: Any) -> Hold:
    """A post that waits for a review, held just now for a month."""
    usual: dict[str, Any] = {
        "at": NOW,
        "ends_at": NOW + timedelta(days=30),
        "task_token": "token-1",
    }
    return new_hold(post or a_post(), why, **{**usual, **changes})


def an_approval(post: Post | None = None, **changes: Any) -> Approval:
    """The first round of asking about a post, as it was opened."""
    return new_approval(post or a_post(), a_round(**changes), NOW)
