"""The demo under way: who calls what, what has happened so far, and how a step says it held."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from local.demo.caller import Caller
from local.demo.corpus import Sample
from local.demo.letters import Letter, approval_letters
from local.force import COMMS
from local.stack import Stack
from shared.posts.names import PersonId

PATIENCE_SECONDS = 300.0
"""A send whose worker died is settled by reading back after 90 seconds, on an idle machine."""


class StepFailedError(Exception):
    """A step of the demo that did not hold."""


@dataclass
class Tally:
    """What the closing line says."""

    submitted: int = 0
    blocked: int = 0
    auto_cleared: int = 0
    approved: int = 0
    returned: int = 0
    expired: int = 0
    published: int = 0
    uncertain: int = 0
    read_back: int = 0
    leaves: int = 0
    verified: int = 0
    seconds: float = 0.0


@dataclass
class Story:
    """A running force, the posts that were taken, and the tally."""

    stack: Stack
    tally: Tally
    sent: dict[str, Sample] = field(default_factory=dict)

    def caller(self, person: PersonId) -> Caller:
        """An API client, freshly signed in: the clock is turned by hours here."""
        return Caller(self.stack.url, token=self.stack.open_session(person))

    @property
    def server(self) -> str:
        """Where the Bluesky server answers."""
        return self.stack.pds.url if self.stack.pds else ""

    def states(self) -> dict[str, str]:
        """Where every post that was taken stands."""
        reader = self.caller(COMMS.person_id)
        return {
            post_id: reader.get(f"/v1/posts/{post_id}").json()["versions"][-1]["state"]
            for post_id in self.sent
        }

    def waiting(self) -> set[str]:
        """The posts that wait for a decision."""
        found = self.caller(COMMS.person_id).get("/v1/approvals").json()["approvals"]
        return {entry["post"]["post_id"] for entry in found}

    def letters(self) -> list[Letter]:
        """The approval requests in the mailbox."""
        return approval_letters(list(self.stack.mailbox))


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until it is true, or fail the step."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        require(
            time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s in vain until {what}"
        )
        time.sleep(0.2)


def require(holds: object, otherwise: str) -> None:
    """Fail the step unless it holds."""
    if not holds:
        raise StepFailedError(otherwise)


def held(step: str) -> None:
    """Tell that a step held."""
    print(f"✓ {step}", flush=True)
