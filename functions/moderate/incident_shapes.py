"""Incidents in JSON and CSV, as `openapi.json` describes them."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from moderate.declare_incident import Declaration
from moderate.sitrep import Sitrep, stopped_at, timing
from shared.accounts.incident import Incident, Scope
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.posts.life import Post
from shared.posts.names import AccountId
from shared.records.stopped import Stop

LONGEST_WHY, LONGEST_ID = 2_000, 100
MOST_EXEMPT = 100
COLUMNS = ("what", "post_id", "version", "account", "platforms", "author", "state", "at", "seconds")


def declaration_in(body: Mapping[str, Any]) -> Declaration:
    """Reads `POST /v1/incidents`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    scope = fields.one_of("scope", tuple(scope.value for scope in Scope))
    lpt = fields.maybe_text("lpt", longest=LONGEST_ID)
    found = Declaration(
        Scope(scope),
        fields.text("why", longest=LONGEST_WHY),
        AccountId(lpt) if lpt else None,
        fields.maybe_text("area", longest=200) or "",
        _accounts(fields, "exempt"),
        fields.flag("drill"),
    )
    fields.done()
    return found


def exempt_in(body: Mapping[str, Any]) -> tuple[tuple[AccountId, ...], str]:
    """Reads `POST /v1/incidents/…/exempt`: the accounts, none to take all back, and why."""
    fields = Fields(body)
    if body.get("accounts") is None:
        fields.wrong("accounts", "Name the accounts that go on speaking; an empty list for none.")
    accounts = _accounts(fields, "accounts")
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return accounts, why


def why_in(body: Mapping[str, Any]) -> str:
    """Reads `POST /v1/incidents/…/stand-down`."""
    fields = Fields(body)
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return why


def incident_shape(incident: Incident, *, in_full: bool) -> dict[str, Any]:
    """One incident; why it was declared is for whoever may see what it stopped."""
    return {
        "incident_id": incident.incident_id,
        "scope": incident.scope.value,
        "area": incident.area or None,
        "lpt": incident.lpt,
        "drill": incident.drill,
        "active": incident.active,
        "why": incident.why if in_full else None,
        "declared_by": incident.declared_by,
        "declared_at": stamp(incident.declared_at),
        "exempt": sorted(incident.exempt),
        "stood_down_by": incident.stood_down_by,
        "stood_down_at": stamp(incident.stood_down_at),
        "stood_down_why": incident.stood_down_why if in_full else None,
        "told": [
            {
                "event": told.event.value,
                "first_at": stamp(told.first_at),
                "last_at": stamp(told.last_at),
                "told_at": stamp(told.told_at),
                "letters": told.letters,
                "undelivered": list(told.undelivered) if in_full else [],
            }
            for told in incident.tellings
        ],
    }


def stopped_shape(found: Sitrep) -> dict[str, Any]:
    """How many of each."""
    return {
        "accounts": len(found.accounts),
        "blocked": len(found.blocked),
        "held": len(found.held),
        "reviewed": len(found.reviewed),
        "queued": len(found.queued),
        "in_flight": len(found.scene.in_flight) if found.scene else None,
    }


def report_shape(found: Sitrep) -> dict[str, Any]:
    """What an incident stopped, post by post, and how fast."""
    timed = timing(found)
    seconds = {(post.post_id, post.version): s for post, s in timed.stopped}

    def stops(group: tuple[Stop, ...]) -> list[dict[str, Any]]:
        return [
            {
                **_post_shape(stop.post),
                "stopped_at": stamp(stopped_at(stop, found.incident)),
                "seconds": seconds.get((stop.post.post_id, stop.post.version)),
            }
            for stop in group
        ]

    flying = found.scene.in_flight if found.scene else ()
    return {
        "incident": incident_shape(found.incident, in_full=True),
        "accounts": sorted(found.accounts),
        "seconds": {
            "board_effective": timed.board_effective,
            "first_letter": timed.first_letter,
            "last_letter": timed.last_letter,
            "stand_down": timed.stand_down,
        },
        "blocked": stops(found.blocked),
        "held": stops(found.held),
        "reviewed": stops(found.reviewed),
        "queued": [_post_shape(post) for post in found.queued],
        "in_flight": [
            {"post_id": f.post_id, "version": f.version, "platform": f.platform, "part": f.part}
            for f in flying
        ],
    }


def report_csv(found: Sitrep) -> str:
    """The same, a line a post; names of things only, so that no table program runs a cell."""
    report, lines = report_shape(found), io.StringIO()
    table = csv.DictWriter(lines, COLUMNS, extrasaction="ignore", restval="")
    table.writeheader()
    for what in ("blocked", "held", "reviewed", "queued"):
        for row in report[what]:
            platforms = " ".join(row["platforms"])
            line = {**row, "what": what, "platforms": platforms, "at": row.get("stopped_at")}
            table.writerow(line)
    for row in report["in_flight"]:
        table.writerow({**row, "what": "in_flight", "platforms": row["platform"]})
    return lines.getvalue()


def _post_shape(post: Post) -> dict[str, Any]:
    return {
        "post_id": post.post_id,
        "version": post.version,
        "account": post.draft.account,
        "platforms": list(post.draft.platforms),
        "author": post.author,
        "state": post.state.value,
        "not_before": stamp(post.draft.not_before),
    }


def _accounts(fields: Fields, name: str) -> tuple[AccountId, ...]:
    """A list of accounts; empty where it is absent, null or empty."""
    found = fields.maybe_texts(name, longest=LONGEST_ID, most=MOST_EXEMPT) or ()
    return tuple(map(AccountId, dict.fromkeys(found)))
