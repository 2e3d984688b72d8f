"""A platform in memory that keeps the contract of `shared.platforms.base` and does its worst in it.

`sends`, `finds` and `opens` say what becomes of the next calls; what is not said goes well. One
frozen request is one post however often it comes, as the contract demands of every adapter; a
platform that `forgets` would show it again each time.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from publish.target import Target
from shared.platforms.base import (
    NO_CLUES,
    Frozen,
    NotSentError,
    RateLimitedError,
    Receipt,
    RefusedError,
    SignInError,
    UncertainError,
    UnreachableError,
    UnsupportedError,
)
from shared.posts.life import State
from shared.posts.names import PlatformName
from tests.builders import NOW, a_post

SANDBOX = PlatformName("sandbox")
IN_A_WHILE = NOW + timedelta(minutes=10)

SENDS = (
    "takes it",
    "takes it and falls silent",
    "takes it and shows it later",
    "takes it later and falls silent",
    "says nothing and takes nothing",
    "never hears of it",
    "not now",
    "no",
    "wrong password",
)


@dataclass
class Timeline:
    """What readers see, what is under way, and what was asked of the platform."""

    sends: list = field(default_factory=list)
    finds: list = field(default_factory=list)
    opens: list = field(default_factory=list)
    shown: list = field(default_factory=list)
    late: list = field(default_factory=list)
    heard: list = field(default_factory=list)
    read_back: set = field(default_factory=set)
    alters: bool = False
    forgets: bool = False
    name: PlatformName = SANDBOX
    settles_after: timedelta = timedelta(0)

    def open(self):
        """Bind the account; UnsupportedError where it cannot speak."""
        if self.opens and self.opens.pop(0) == "cannot speak":
            raise UnsupportedError("The account has no keys.")
        return self

    def prepare(self, draft, key, now, before=None):
        answers = {"answers": before.parent.platform_id} if before else {}
        request = {"key": key, "text": draft.text, "at": now.isoformat(), **answers}
        return Frozen(self.name, key, request)

    def send(self, frozen, media):
        self.heard.append(json.dumps(frozen.request))
        match self.sends.pop(0) if self.sends else "takes it":
            case "takes it":
                self._show(frozen)
            case "takes it and falls silent":
                self._show(frozen)
                raise UncertainError("The line went dead.")
            case "takes it and shows it later":
                self.late.append(frozen)
            case "takes it later and falls silent":
                self.late.append(frozen)
                raise UncertainError("The line went dead.")
            case "says nothing and takes nothing":
                raise UncertainError("The line went dead.")
            case "never hears of it":
                raise NotSentError("No connection.")
            case "not now":
                raise RateLimitedError("Too many at once.", IN_A_WHILE)
            case "no":
                raise RefusedError("Not on this platform.")
            case "wrong password":
                raise SignInError("The password was refused.")
        return self._receipt(frozen)

    def find(self, frozen, clues=NO_CLUES):
        if self.finds and self.finds.pop(0) == "unreachable":
            raise UnreachableError("The timeline could not be read.")
        if frozen not in self.shown:
            return None
        self.read_back.add(frozen.key)
        return self._receipt(frozen)

    def arrive(self):
        """Whatever was under way becomes visible."""
        for frozen in self.late:
            self._show(frozen)
        self.late.clear()

    def _show(self, frozen):
        if self.forgets or frozen not in self.shown:
            self.shown.append(frozen)

    def _receipt(self, frozen):
        text = frozen.request["text"]
        text = text.upper() if self.alters else text
        return Receipt(f"at://{frozen.key}", f"https://sandbox.example/{frozen.key}", text, "cid")


def a_released(**changes):
    """A post that may go out now."""
    return a_post(**{"state": State.RELEASED, **changes})


def a_target(ledger, platform, post, wire=None):
    """The post on its way to the platform; every external call goes through the wire."""
    seen = wire or (lambda effect: effect)
    return Target(
        post,
        platform.name,
        lambda: Behind(seen, seen(platform.open)(), "find", "send"),
        media=None,
        publications=Behind(seen, ledger.publications, "attempt", "claim", "get", "of", "settle"),
    )


class Behind:
    """Something whose external calls go through a wire."""

    def __init__(self, wire, thing, *external):
        self._wire, self._thing, self._external = wire, thing, external

    def __getattr__(self, name):
        found = getattr(self._thing, name)
        return self._wire(found) if name in self._external else found
