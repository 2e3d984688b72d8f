"""What each platform can carry and do, and the sentence for what it cannot, before anybody asks."""

from typing import Any

from compose.room import app, now, room, visitor
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.pages.words import platform_title
from shared.posts.capabilities import ALL, Can, Capabilities
from shared.posts.limits import Limit


@app.on("/v1/platforms")
def platforms_api(call: Call) -> Answer:
    """Every platform there is an adapter for."""
    visitor(call)
    limits = room().desk.pack(now().date()).limits
    return json_answer(
        {"platforms": [platform_shape(here, limits.get(name)) for name, here in ALL.items()]}
    )


def platform_shape(here: Capabilities, limit: Limit | None) -> dict[str, Any]:
    """One platform; null where there is no such limit, or none that we know."""
    return {
        "platform": here.platform,
        "title": platform_title(here.platform),
        "can": [what.value for what in Can if here.can(what)],
        "cannot": [
            {"what": what.value, "sentence": here.sentence(what)}
            for what in Can
            if not here.can(what)
        ],
        "words": _words(limit),
        "pictures": _pictures(here),
    }


def _words(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {
        "maximum": limit.maximum,
        "counting": limit.counting.value,
        "url_length": limit.url_length,
        "maximum_bytes": limit.maximum_bytes,
    }


def _pictures(here: Capabilities) -> dict[str, Any] | None:
    limits = here.pictures
    if limits is None:
        return None
    return {
        "most": limits.most,
        "alt_characters": limits.alt_characters,
        "most_bytes": limits.most_bytes,
        "types": list(limits.types),
    }
