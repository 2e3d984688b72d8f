"""What each platform can carry and do, and the sentence for what it cannot, before anybody asks."""

from typing import Any

from compose.room import app, now, room, sight_of, visitor
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.shapes import stamp
from shared.pages.words import platform_title
from shared.policy.circumstances import servers_of
from shared.posts.capabilities import ALL, Can, Capabilities, PictureLimits
from shared.posts.limits import Limit
from shared.posts.names import PlatformName
from shared.posts.server_limits import NOTHING_TOLD, ServerAnswer, limited, pictures_limited
from shared.records.server_limits import ServersTold


@app.on("/v1/platforms")
def platforms_api(call: Call) -> Answer:
    """Every platform there is an adapter for; as its servers told it, for one account."""
    person = visitor(call).person
    told: dict[PlatformName, ServerAnswer] = {}
    if name := call.query.get("account"):
        servers = servers_of(sight_of(person).account(name), ALL)
        answers = ServersTold(room().kept, room().pen).several(servers)
        told = {answer.platform: answer for answer in answers.values()}
    limits = room().desk.pack(now().date()).limits
    shapes = [platform_shape(here, limits.get(n), told.get(n)) for n, here in ALL.items()]
    return json_answer({"platforms": shapes})


def platform_shape(
    here: Capabilities, limit: Limit | None, answer: ServerAnswer | None = None
) -> dict[str, Any]:
    """One platform; null where there is no such limit, or none that we know."""
    told = answer.limits if answer else NOTHING_TOLD
    return {
        "platform": here.platform,
        "title": platform_title(here.platform),
        "can": [what.value for what in Can if here.can(what)],
        "cannot": [
            {"what": what.value, "sentence": here.sentence(what)}
            for what in Can
            if not here.can(what)
        ],
        "words": _words(limit and limited(limit, told)),
        "pictures": _pictures(here.pictures and pictures_limited(here.pictures, told)),
        "videos": _videos(here),
        "server": _server(answer),
    }


def _server(answer: ServerAnswer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    told_at, fault = stamp(answer.told_at), answer.fault or None
    return {"service": answer.service, "told_at": told_at, "fault": fault}


def _words(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {
        "maximum": limit.maximum,
        "counting": limit.counting.value,
        "url_length": limit.url_length,
        "maximum_bytes": limit.maximum_bytes,
    }


def _videos(here: Capabilities) -> dict[str, Any] | None:
    limits = here.videos
    if limits is None:
        return None
    return {
        "most_bytes": limits.most_bytes,
        "most_seconds": limits.most_seconds,
        "described": limits.described,
    }


def _pictures(limits: PictureLimits | None) -> dict[str, Any] | None:
    if limits is None:
        return None
    return {
        "most": limits.most,
        "alt_characters": limits.alt_characters,
        "most_bytes": limits.most_bytes,
        "types": list(limits.types),
    }
