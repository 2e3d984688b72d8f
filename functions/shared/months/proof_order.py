"""What an auditor wants proved of sealed months: one record, a bundle for court, or the months.

    asked → made      one record, or exhibits, lie there to be saved
          → held      every month that was asked about holds
          → wrong     something is not what was sealed; says the first thing
          → broken    it could not be carried out; says why

Each month that is needed is verified first, the oldest first, and `checked` says how far it is.
What is over stays over: nothing of it is asked or answered twice.

ProofError
├── NotNextError    a month was verified out of its turn
└── OverError       it is over already; carries how
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.months.month import Month
from shared.posts.names import PersonId, ProofId
from shared.recordlog.acts import Happened
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act

SYSTEM = "bluelamp"
"""Who carries it out."""


class ProofError(Exception):
    """Root of what cannot become of an order."""


class NotNextError(ProofError):
    """A month was verified out of its turn."""

    def __init__(self, month: Month, expected: Month | None) -> None:
        super().__init__(f"{month} was verified where {expected or 'nothing'} was next.")


class OverError(ProofError):
    """It is over already."""

    def __init__(self, order: "Order") -> None:
        super().__init__(f"This is over: it is {order.state}. Ask for it anew.")
        self.order = order


class Kind(StrEnum):
    """What is wanted."""

    LEAF = "leaf"
    """One record with its proof and a certificate."""

    BUNDLE = "bundle"
    """Exhibits for court, each with its proof, and a certificate."""

    MONTHS = "months"
    """Whether months hold, and each continues the one before it."""


class State(StrEnum):
    """How an order stands; all but `asked` are endings."""

    ASKED = "asked"
    MADE = "made"
    HELD = "held"
    WRONG = "wrong"
    BROKEN = "broken"


HAPPENED: Mapping[State, Happened] = {
    State.ASKED: Happened.PROOF_ASKED,
    State.MADE: Happened.PROOF_MADE,
    State.HELD: Happened.PROOF_HELD,
    State.WRONG: Happened.PROOF_WRONG,
    State.BROKEN: Happened.PROOF_BROKEN,
}
"""The leaf by which an order came to stand so."""


@dataclass(frozen=True)
class Producer:
    """Who produces exhibits, by name and role; the first of them has this label and number."""

    name: str
    role: str
    label: str
    number: int


@dataclass(frozen=True)
class Needed:
    """A month that has to hold, and the hash of its bag as it is on record."""

    month: Month
    bag: str


@dataclass(frozen=True)
class Checked:
    """A month that holds, and all that the verifier said of it."""

    month: Month
    said: str


@dataclass(frozen=True)
class MadeFile:
    """One file to be saved: its name, its bytes and their SHA-256."""

    name: str
    octets: int
    sha256: str


@dataclass(frozen=True)
class Order:
    """One order. `about` names what is proved, such as `leaf:12`, `post:…`, `question:…` or
    `months`; it is answered from the months `first` to `last`, of which those `needed` are
    verified. `leaves` are the records, in the order of the log. `sentence` says what was wrong, or
    what whoever reads the answer should know."""

    proof_id: ProofId
    kind: Kind
    about: str
    first: Month
    last: Month
    needed: tuple[Needed, ...]
    asked_by: PersonId
    asked_at: datetime
    leaves: tuple[int, ...] = ()
    producer: Producer | None = None
    state: State = State.ASKED
    checked: tuple[Checked, ...] = ()
    files: tuple[MadeFile, ...] = ()
    sentence: str = ""
    over_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state is not State.ASKED

    @property
    def next_month(self) -> Needed | None:
        """What is to be verified next; None where all that is needed holds."""
        return self.needed[len(self.checked)] if len(self.checked) < len(self.needed) else None

    def file(self, name: str) -> MadeFile | None:
        """One of its files, if there is one of that name."""
        return next((each for each in self.files if each.name == name), None)


def checked(before: Order, found: Checked) -> Order:
    """One month more holds; OverError, NotNextError."""
    _require_open(before)
    expected = before.next_month
    if expected is None or expected.month != found.month:
        raise NotNextError(found.month, expected.month if expected else None)
    return replace(before, checked=(*before.checked, found))


def made(before: Order, files: tuple[MadeFile, ...], sentence: str, at: datetime) -> Order:
    """Its files lie there; OverError, NotNextError unless every month holds that is needed."""
    _require_open(before)
    _require_all(before)
    return replace(before, state=State.MADE, files=files, sentence=sentence, over_at=at)


def held(before: Order, sentence: str, at: datetime) -> Order:
    """Every month holds; OverError, NotNextError unless each was verified."""
    _require_open(before)
    _require_all(before)
    return replace(before, state=State.HELD, sentence=sentence, over_at=at)


def wrong(before: Order, sentence: str, at: datetime) -> Order:
    """Something is not what was sealed; OverError."""
    _require_open(before)
    return replace(before, state=State.WRONG, sentence=sentence, over_at=at)


def broken(before: Order, sentence: str, at: datetime) -> Order:
    """It could not be carried out; OverError."""
    _require_open(before)
    return replace(before, state=State.BROKEN, sentence=sentence, over_at=at)


def proof_act(order: Order) -> Act:
    """That it came to stand as it does. What was wrong names files and leaves, never a person."""
    return Act(
        type=HAPPENED[order.state].value,
        account=None,
        subject=f"proof:{order.proof_id}",
        at=order.over_at or order.asked_at,
        actor=SYSTEM if order.is_over else order.asked_by,
        approver=None,
        reason=None,
        payload=_ended(order) if order.is_over else _wanted(order),
    )


def _wanted(order: Order) -> dict[str, JSON]:
    producer = order.producer
    said: dict[str, JSON] = {
        "about": order.about,
        "from": str(order.first),
        "kind": order.kind.value,
        "months": [{"bag": each.bag, "month": str(each.month)} for each in order.needed],
        "to": str(order.last),
    }
    if order.leaves:
        said["leaves"] = [*order.leaves]
    if producer:
        said |= {"label": producer.label, "number": producer.number, "role": producer.role}
    return said


def _ended(order: Order) -> dict[str, JSON]:
    return {
        "about": order.about,
        "checked": [str(each.month) for each in order.checked],
        "files": [{"name": each.name, "sha256": each.sha256} for each in order.files],
        "kind": order.kind.value,
        "sentence": order.sentence,
    }


def _require_open(order: Order) -> None:
    if order.is_over:
        raise OverError(order)


def _require_all(order: Order) -> None:
    if expected := order.next_month:
        raise NotNextError(order.last, expected.month)
