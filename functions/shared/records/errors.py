"""What the records can refuse, or fail to do.

RecordsError
├── NotFoundError                no such row; names the noun and the key (`disposed_error`)
├── AlreadyExistsError           the key is taken; names the noun and the key
│   ├── HeldError                another account has this name or mailbox; carries which
│   ├── TakenError               another publication has proved a platform's post its own
│   ├── AlreadyAskedError        somebody asked before that the post be deleted; carries which
│   └── AlreadyDeclaredError     an incident of the same reach lasts; carries it
├── KeyReusedError               an idempotency key came back with another body
├── ChangedError                 the row is not as it was read; names the noun and the key
│   ├── PostMovedError           the post is in another state; carries it
│   ├── AlreadyDecidedError      the approval was decided; carries by whom, when, what
│   ├── AlreadyReviewedError     the held post was reviewed; carries the hold and by whom, when
│   ├── LookedAtError            the urgent post was looked at; carries by whom, when
│   ├── ApprovalClosedError      the approval ended without a decision; carries its state
│   ├── AlreadyClaimedError      the target was claimed; carries the publication
│   ├── PublicationMovedError    the publication is in another state; carries it
│   ├── TakenAwayError           the post is being deleted; nothing of it is sent any more
│   ├── BoardMovedError          an incident was declared, changed or stood down since
│   └── HeadMovedError           another sequencer was first; carries the head
├── StoppedPictureError          somebody who is shown in it took their consent back
├── DeadLinkError                an approval link that is void, expired or has met its end
├── ExpiredSessionError          a session that has ended, whether or not its row is still there
├── AmbiguousEmailError          one e-mail address, several people
├── InvalidCursorError           a cursor this list never gave out
├── UnstorableError              a value no row can hold: half a character, no time zone, not JSON
│   └── TooLargeError            a row beyond DynamoDB's 400 KB
├── BusyError                    too many at once, retries used up; nothing was written
├── UnavailableError             no answer; a write may or may not have happened
└── DatabaseRefusedError         the database said no: permissions, a missing table, a bad request
"""

from datetime import datetime
from typing import TYPE_CHECKING

from shared.posts.names import AccountId, PersonId
from shared.records.database_errors import (
    BusyError,
    DatabaseRefusedError,
    RecordsError,
    TooLargeError,
    UnavailableError,
    UnstorableError,
)

if TYPE_CHECKING:  # errors carry the shapes, and the shapes' modules raise the errors
    from shared.accounts.incident import Incident
    from shared.posts.life import Post, UrgentReview
    from shared.records.approval import ApprovalState, Decision
    from shared.records.hold import Hold, HoldRuling
    from shared.records.loghead import Head
    from shared.records.publication import Publication


__all__ = [  # the failures of any write, told beside what each noun refuses
    "BusyError",
    "DatabaseRefusedError",
    "RecordsError",
    "TooLargeError",
    "UnavailableError",
    "UnstorableError",
]


class NotFoundError(RecordsError):
    """No such row."""

    def __init__(self, noun: str, key: str) -> None:
        super().__init__(f"There is no {noun} {key}.")
        self.noun = noun
        self.key = key


class AlreadyExistsError(RecordsError):
    """The key is taken."""

    def __init__(self, noun: str, key: str) -> None:
        super().__init__(f"There is a {noun} {key} already.")
        self.noun = noun
        self.key = key


class HeldError(AlreadyExistsError):
    """Another account has this name on a platform, or this mailbox."""

    def __init__(self, key: str, holder: AccountId) -> None:
        super().__init__("handle", key)
        where, _, name = key.partition("#")
        self.holder = holder
        self.args = (f"{name} ({where}) belongs to the account {holder}; use another.",)


class AlreadyAskedError(AlreadyExistsError):
    """Somebody asked before that this post be deleted."""

    def __init__(self, deletion_id: str) -> None:
        super().__init__("deletion", deletion_id)
        self.deletion_id = deletion_id


class AlreadyDeclaredError(AlreadyExistsError):
    """An incident of the same reach lasts already."""

    def __init__(self, incident: "Incident") -> None:
        super().__init__("incident", incident.incident_id)
        self.incident = incident


class KeyReusedError(RecordsError):
    """An idempotency key came back with another body."""

    def __init__(self, key: str) -> None:
        super().__init__("This Idempotency-Key was used before, for something else.")
        self.key = key


class ChangedError(RecordsError):
    """The row is not as it was read; read it again."""

    def __init__(self, noun: str, key: str, how: str) -> None:
        super().__init__(f"The {noun} {key} {how}.")
        self.noun = noun
        self.key = key


class PostMovedError(ChangedError):
    """The post is not in the state it was read in; `found` is how it stands now."""

    def __init__(self, found: "Post") -> None:
        super().__init__("post", f"{found.post_id} v{found.version}", f"is {found.state.value} now")
        self.found = found


class AlreadyDecidedError(ChangedError):
    """The approval was decided before."""

    def __init__(self, key: str, by: PersonId, at: datetime, decision: "Decision") -> None:
        super().__init__("approval", key, f"was decided by {by} at {at.isoformat()}")
        self.by = by
        self.at = at
        self.decision = decision


class AlreadyReviewedError(ChangedError):
    """The held post was let go or given back before; `hold` is as it is now."""

    def __init__(self, hold: "Hold", ruling: "HoldRuling") -> None:
        how = f"was reviewed by {ruling.by} at {ruling.at.isoformat()}"
        super().__init__("hold", hold.name, how)
        self.hold = hold
        self.ruling = ruling


class LookedAtError(ChangedError):
    """Somebody has looked at the urgent post before, and said what they think of it."""

    def __init__(self, key: str, review: "UrgentReview") -> None:
        super().__init__("post", key, f"was looked at by {review.by} at {review.at.isoformat()}")
        self.review = review


class ApprovalClosedError(ChangedError):
    """The approval ended without a decision, or is about other words."""

    def __init__(self, key: str, state: "ApprovalState") -> None:
        super().__init__("approval", key, f"is {state.value} and cannot be decided")
        self.state = state


class AlreadyClaimedError(ChangedError):
    """The target was claimed before; `publication` is that claim."""

    def __init__(self, publication: "Publication") -> None:
        super().__init__("publication", publication.name, f"is {publication.state.value} already")
        self.publication = publication


class PublicationMovedError(ChangedError):
    """The publication is not in the state or attempt it was read in; `found` is how it is now."""

    def __init__(self, found: "Publication") -> None:
        super().__init__("publication", found.name, f"is {found.state.value} now")
        self.found = found


class TakenError(AlreadyExistsError):
    """Another publication has proved this post on the platform its own; it is not found again."""

    def __init__(self, platform_id: str) -> None:
        super().__init__("publication of", platform_id)
        self.platform_id = platform_id


class StoppedPictureError(RecordsError):
    """Somebody who is shown in a picture took their consent back."""

    def __init__(self) -> None:
        super().__init__("Somebody who is shown took their consent back; take another picture.")


class TakenAwayError(ChangedError):
    """The post is being deleted, or was: nothing of it is sent any more."""


class BoardMovedError(ChangedError):
    """The board of incidents is not the one of `generation` any more: judge by the new one."""

    def __init__(self, generation: int) -> None:
        super().__init__("board", f"of generation {generation}", "was changed meanwhile")
        self.generation = generation


class HeadMovedError(ChangedError):
    """Another sequencer was first; `found` is the head now, None if there is none."""

    def __init__(self, origin: str, found: "Head | None") -> None:
        super().__init__("log head", origin, f"has size {found.size if found else 0} now")
        self.found = found


class DeadLinkError(RecordsError):
    """An approval link that was voided; the queue is the way that remains."""

    def __init__(self) -> None:
        super().__init__("This link is no longer valid. Use the approval queue.")


class ExpiredSessionError(RecordsError):
    """The session has ended; whether its row is still there does not matter."""

    def __init__(self) -> None:
        super().__init__("Your session has ended. Sign in again.")


class AmbiguousEmailError(RecordsError):
    """Several people of the registry share this e-mail address."""

    def __init__(self, email: str, people: tuple[str, ...]) -> None:
        super().__init__(f"{len(people)} people of the registry share one e-mail address.")
        self.email = email
        self.people = people


class InvalidCursorError(RecordsError):
    """A cursor this list never gave out."""

    def __init__(self) -> None:
        super().__init__("This cursor is not one of this list's. Start again without it.")
