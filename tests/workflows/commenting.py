"""What somebody says under what the force published, and taking it down over HTTP."""

from typing import Any

from local.sandbox.audience import Neighbour, Remark
from shared.posts.names import AccountId, PlatformName
from tests.workflows.force import FREE, eventually

WORDS = "I know who did it, he lives beside the Invented Arms"


def voice(force) -> str:
    """What the sandbox calls the account."""
    handle = force.accounts.get(AccountId(FREE)).handle(PlatformName("sandbox"))
    return str(handle.name)


def said(force, number: str, words: str = WORDS, name: str = "Pat Invented") -> str:
    """Somebody says this under what the account published."""
    by = Neighbour(f"u-{number}", f"pat-{number}", name)
    remark = Remark(number, by, words, force.stack.clock.now())
    force.stack.sandbox.audience.remark(voice(force), remark)
    return number


def asked(force, comment: str, **more: Any) -> str:
    """The id of a takedown that the officer, or with a block the centre, asks for."""
    body = {
        "account": FREE,
        "platform": "sandbox",
        "comment": comment,
        "rule": "offensive",
        "why": "It breaks the rule.",
        "deed": "hide",
        "block": False,
        **more,
    }
    who = force.comms if body["block"] else force.officer
    heard = who.post_json("/v1/takedowns", body)
    assert heard.status == 201, heard.text
    return str(heard.json()["takedown_id"])


def seen(force, takedown_id: str) -> dict[str, Any]:
    """How it stands."""
    return dict(force.comms.get(f"/v1/takedowns/{takedown_id}").json())


def carried_out(force, takedown_id: str, *states: str, seconds: float = 61) -> dict[str, Any]:
    """Turn the clock until it has its ending."""
    wanted = set(states) or {"proved", "left", "absent"}

    def over() -> dict[str, Any] | bool:
        found = seen(force, takedown_id)
        if found["state"] in wanted:
            return found
        force.turn(seconds=seconds)
        return False

    return eventually(over)  # type: ignore[return-value]


def remark_of(force, comment: str) -> Remark | None:
    """What stands on the sandbox."""
    return force.stack.sandbox.audience.said(voice(force), comment)  # type: ignore[no-any-return]
