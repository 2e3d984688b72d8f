"""The registry's JSON shapes, as `openapi.json` describes them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from register.leavers import Named, Outcome
from shared.accounts.custody import Custody, attention
from shared.accounts.registry import Account, ClosureProposed, Person, StatusChange
from shared.accounts.training import due
from shared.http.shapes import account_shape, stamp
from shared.posts.names import PersonId


def listed_shape(account: Account) -> dict[str, Any]:
    """An account in a list."""
    return {
        **account_shape(account),
        "kind": account.kind.value,
        "area": account.area,
        "status": account.status.value,
    }


def entry_shape(account: Account) -> dict[str, Any]:
    """All of an account; people by id, never by name."""
    return {
        **listed_shape(account),
        "purpose": account.purpose,
        "audience": account.audience,
        "email": account.email,
        "handles": [
            {"platform": each.platform, "name": each.name, "service": each.service}
            for each in account.handles
        ],
        "owner": account.owner,
        "deputies": sorted(account.deputies),
        "members": sorted(account.members),
        "communications_manager": account.communications_manager,
        "parent": account.parent,
        "senior": account.senior,
        "approval_mode": account.approval_mode.value,
        "force_page": account.force_page,
        "house_rules": account.house_rules,
        "checklist": sorted(item.value for item in account.checklist),
        "reserved_names": [
            {"platform": each.platform, "name": each.name} for each in account.reserved_names
        ],
        "rhythm_hours": account.rhythm_hours,
        "two_step": [
            {"platform": each.platform, "on": each.on.isoformat()} for each in account.two_step
        ],
        "review_date": _day(account.review_date),
        "closure_proposed": _proposed(account.closure_proposed),
        "kept_open_at": stamp(account.kept_open_at),
        "history": [_change(each) for each in account.history],
    }


def genuine_shape(account: Account) -> dict[str, Any]:
    """What the public may know of an account: nobody's name, nobody's number."""
    return {
        "title": account.title,
        "level": account.level.value,
        "area": account.area,
        "purpose": account.purpose,
        "force_page": account.force_page or None,
        "names": [{"platform": each.platform, "name": each.name} for each in account.handles],
    }


def person_shape(person: Person, today: date, *, names: bool) -> dict[str, Any]:
    """Somebody's entry; `names` shows what only the centre may see."""
    accepted = person.acceptance
    return {
        "person_id": person.person_id,
        "name": person.name if names else None,
        "email": person.email if names else None,
        "mobile": person.mobile if names else None,
        "rank": person.rank,
        "role": person.role.value,
        "status": person.status.value,
        "duty": person.duty,
        "senior": person.senior,
        "training": [
            {"topic": each.topic.value, "on": each.on.isoformat()} for each in person.training
        ],
        "training_due": [topic.value for topic in due(person.training, today)],
        "acceptance": accepted and {"version": accepted.version, "on": accepted.on.isoformat()},
        "leave": [
            {
                "first_day": each.first_day.isoformat(),
                "last_day": each.last_day.isoformat(),
                "cover": each.cover,
            }
            for each in person.leave
        ],
        "delegations": [
            {
                "to": each.to,
                "first_day": each.first_day.isoformat(),
                "last_day": each.last_day.isoformat(),
                "why": each.why,
            }
            for each in person.delegations
        ],
        "reverified_at": stamp(person.reverified_at),
        "history": [_change(each) for each in person.history],
    }


def custody_shape(
    custody: Custody, people: dict[PersonId, Person], now: datetime
) -> dict[str, Any]:
    """Who keeps the keys of a target and until when; never the keys."""
    return {
        "account_id": custody.account_id,
        "platform": custody.platform,
        "use": custody.use.value,
        "set_by": custody.set_by,
        "set_at": stamp(custody.set_at),
        "due": custody.due.isoformat(),
        "check": custody.check.value,
        "checked_at": stamp(custody.checked_at),
        "ends_at": stamp(custody.ends_at),
        "attention": attention(custody, people, now.date()),
    }


def leavers_shape(outcome: Outcome, *, dry_run: bool) -> dict[str, Any]:
    """What became, or would become, of a leaver file."""
    return {
        "dry_run": dry_run,
        "left": _named(outcome.left),
        "left_before": _named(outcome.left_before),
        "not_yet": _named(outcome.not_yet),
        "not_ours": outcome.not_ours,
        "without_cover": list(outcome.without_cover),
    }


def _named(found: Iterable[Named]) -> list[dict[str, Any]]:
    return [{"line": each.line, "person_id": each.person_id} for each in found]


def _change(change: StatusChange) -> dict[str, Any]:
    return {
        "status": change.status.value,
        "at": stamp(change.at),
        "by": change.by,
        "why": change.why,
    }


def _proposed(proposed: ClosureProposed | None) -> dict[str, Any] | None:
    if proposed is None:
        return None
    return {"at": stamp(proposed.at), "silent_since": stamp(proposed.silent_since)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
