"""How the sandbox fails when told to: once, some times, or by a rule until cleared.

FaultError    a fault that nobody can inject, named in its sentence
"""

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from local.sandbox.replies import Reply, refusal


class FaultError(Exception):
    """What was asked for is no fault of ours."""


class FaultKind(StrEnum):
    """Every way a platform is known to fail a caller; "commit" is the act itself, done for good."""

    RATE_LIMITED = "429"
    FAILS_BEFORE_COMMIT = "500-before-commit"
    FAILS_AFTER_COMMIT = "500-after-commit"
    HANGS_BEFORE_COMMIT = "timeout-before-commit"
    HANGS_AFTER_COMMIT = "timeout-after-commit"
    COMMITS_WHEN_GIVEN_UP = "commit-after-timeout"
    RESETS_BEFORE_COMMIT = "reset-before-commit"
    RESETS_AFTER_COMMIT = "reset-after-commit"
    EXPIRED_TOKEN = "expired-token"  # noqa: S105 - the name of a fault, not a secret
    DUPLICATE = "duplicate-refusal"
    ALTERED_TEXT = "altered-text"
    TRUNCATED = "truncated-body"
    WRONG_TYPE = "wrong-content-type"
    SLOW_DRIP = "slow-drip"


OPERATIONS = (
    *("sign-in", "media", "post", "timeline", "read", "edit", "delete"),
    *("profile", "followers", "following", "mentions", "limits"),
    *("comment", "hide", "delete-comment", "report", "block", "blocked"),
)
"""What a fault may strike: those of publishing, of watching, and of moderating."""


@dataclass(frozen=True)
class Fault:
    """One fault: on which operation, for which account and words (None is any), how often yet
    (`times`; None is until cleared).
    """

    kind: FaultKind
    on: str = "post"
    times: int | None = 1
    account: str | None = None
    containing: str | None = None

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Fault":
        """From JSON: `{"kind": "429", "on": "post", "times": 1, "account": …, "containing": …}`."""
        try:
            fault = cls(**{**fields, "kind": FaultKind(fields["kind"])})
        except (KeyError, TypeError, ValueError) as error:
            known = ", ".join(kind.value for kind in FaultKind)
            raise FaultError(f"No such fault: {error}. The kinds are {known}.") from error
        if fault.on not in OPERATIONS:
            raise FaultError(f"Nothing is called {fault.on!r}; faults are on {OPERATIONS}.")
        if fault.times is not None and not _is_count(fault.times):
            raise FaultError("`times` is a whole number from 1, or null for until cleared.")
        return fault

    def as_fields(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**asdict(self), "kind": self.kind.value}

    def strikes(self, on: str, account: str | None, text: str) -> bool:
        """Whether this request is one it is meant for."""
        return (
            self.on == on
            and self.account in (None, account)
            and (self.containing is None or self.containing in text)
        )


def _is_count(times: object) -> bool:
    return isinstance(times, int) and not isinstance(times, bool) and times > 0


class Faults:
    """The faults still to come, in the order they were asked for; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def once(self, kind: str, *, on: str = "post", account: str | None = None) -> None:
        """Fail the next such request so, and no more."""
        self.add(Fault.from_fields({"kind": kind, "on": on, "account": account}))

    def always(self, kind: str, *, on: str = "post", containing: str | None = None) -> None:
        """Fail every such request so, until `clear`."""
        fields = {"kind": kind, "on": on, "containing": containing, "times": None}
        self.add(Fault.from_fields(fields))

    def add(self, fault: Fault) -> None:
        """Any fault at all."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """No more faults."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> tuple[Fault, ...]:
        """What would still strike."""
        with self._lock:
            return tuple(self._waiting)

    def take(self, on: str, account: str | None, text: str) -> FaultKind | None:
        """The fault that strikes this request, used up by it; None if it may go well."""
        with self._lock:
            for place, fault in enumerate(self._waiting):
                if not fault.strikes(on, account, text):
                    continue
                if fault.times == 1:
                    del self._waiting[place]
                elif fault.times is not None:
                    self._waiting[place] = replace(fault, times=fault.times - 1)
                return fault.kind
        return None

    def told(self, method: str, fields: Mapping[str, Any]) -> Reply:
        """Faults over HTTP: looked at, added, cleared."""
        if method == "DELETE":
            self.clear()
        elif method == "POST":
            try:
                self.add(Fault.from_fields(fields))
            except FaultError as error:
                return refusal(422, "fault", str(error))
        return Reply(200, {"faults": [fault.as_fields() for fault in self.waiting()]})
