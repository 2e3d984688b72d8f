"""What there was when an incident was declared: when it was in force, and what was in flight.

It is noted once, just after the declaration, because a target that was in flight then is settled a
second later and would not be found again.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from moderate.command import Command
from shared.accounts.incident import Incident
from shared.posts.names import IncidentId, PlatformName, PostId
from shared.posts.threads import part_of, spelled
from shared.records.errors import ChangedError
from shared.records.spelling import as_json, from_json, moment, written


@dataclass(frozen=True)
class InFlight:
    """A target that had been claimed and was not settled: it may have got out."""

    post_id: PostId
    version: int
    platform: PlatformName
    part: int = 1

    @property
    def name(self) -> str:
        """How people call it."""
        return f"{self.post_id} v{self.version} on {spelled(self.platform, self.part)}"


@dataclass(frozen=True)
class Scene:
    """When the declaration was in force for every claim, and what it came too late for."""

    effective_at: datetime
    in_flight: tuple[InFlight, ...]


def note_scene(incident: Incident, command: Command, *, effective_at: datetime) -> None:
    """Keep what there was, if nobody has yet."""
    reached = {account.account_id: account for account in command.reached_by(incident)}
    posts = [
        post
        for post in command.stopped.under_way()
        if post.draft.account in reached and incident.touches(post.draft.platforms)
    ]
    flying = command.stopped.in_flight(posts, incident.declared_at)
    text = as_json(
        {
            "effective_at": written(effective_at),
            "in_flight": [[each.post_id, each.version, each.place] for each in flying],
        }
    )
    with suppress(ChangedError):  # noted before
        command.incidents.go_on(_key(incident.incident_id), None, text)


def scene_of(incident_id: IncidentId, command: Command) -> Scene | None:
    """What was noted, None if nothing is yet."""
    text = command.incidents.progress(_key(incident_id))
    if text is None:
        return None
    kept = from_json(text)
    return Scene(
        moment(kept["effective_at"]),
        tuple(
            InFlight(PostId(post_id), version, *part_of(place))
            for post_id, version, place in kept["in_flight"]
        ),
    )


def _key(incident_id: IncidentId) -> str:
    return f"scene#{incident_id}"
