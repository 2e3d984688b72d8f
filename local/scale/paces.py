"""What nobody here can measure, from `paces.json`: what platforms allow, and what is assumed."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from local.scale.plan import Pace, Setting


@cache
def listed() -> dict[str, Any]:
    """The list as it stands, with its date."""
    path = Path(__file__).with_name("paces.json")
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def paces() -> tuple[Pace, ...]:
    """One for each platform whose lists are read."""
    return tuple(Pace(name, **fields) for name, fields in listed()["platforms"].items())


def setting(
    memory: int, together: int, at_once: int, longest_run: float, names_kept: float
) -> Setting:
    """What is set in the template, with what is assumed."""
    assumed = listed()["assumed"]
    return Setting(
        memory=memory,
        together=together,
        at_once=at_once,
        hours=assumed["hours to be read in"],
        longest_run=longest_run,
        names_kept=names_kept,
        processors=assumed["processors a GB"],
        seconds_a_page=assumed["seconds a page"],
        seconds_a_call=assumed["seconds a call"],
        log_bytes=assumed["billed log bytes an invocation"],
    )


def most_input() -> int:
    """Bytes that an execution may be given."""
    return int(listed()["assumed"]["bytes that an execution may be given"])
