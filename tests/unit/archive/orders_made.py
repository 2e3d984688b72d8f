"""A desk at which proofs are asked for, over months that are sealed and copied without AWS."""

import tempfile
from functools import cache
from pathlib import Path

from archive.auditing.ask_question import AuditDesk
from archive.auditing.fetch_copy import CopyShelf
from archive.auditing.order_proof import ProofDesk
from archive.questions.copy_months import copy_months
from tests.builders import a_pen, a_person
from tests.unit.archive import lives_made as made
from tests.unit.archive.auditing_made import Kept as KeptQuestions
from tests.unit.archive.auditing_made import Shelved
from tests.unit.archive.proving_made import Kept

AUDITOR = a_person("p-auditor", name="Robin Marsh")


class Copied(Shelved):
    """The bucket of the copy, written to as well."""

    def put(self, path, data):
        self.objects[path] = data


class Orders(Kept):
    """Where orders are kept, and which were begun."""

    def __init__(self):
        super().__init__()
        self.begun = []

    def ask(self, order):
        self.orders[order.proof_id] = order


@cache
def copied():
    """The copy of September and October as `CopyMonths` makes it."""
    bucket = Copied()
    with tempfile.TemporaryDirectory() as scratch:
        for _ in copy_months(made.bags_of(), bucket, Path(scratch)):
            pass
    return bucket


def sealed():
    bags = made.bags_of()
    return tuple(bags.bag(month).sealed for month in bags.months)


def an_audit_desk(folder, **changes):
    kept = folder / "kept"
    kept.mkdir(exist_ok=True)
    usual = {
        "questions": KeptQuestions(),
        "months": sealed,
        "read": copied().read,
        "shelf": CopyShelf(copied(), kept),
        "scratch": folder,
        "pen": a_pen(),
        "stopwatch": lambda: 0.0,
    }
    return AuditDesk(**{**usual, **changes})


def a_proof_desk(folder, *, start=None, **changes):
    audit, orders = an_audit_desk(folder, **changes), Orders()
    questions = audit.questions.asked
    return ProofDesk(audit, orders, questions.__getitem__, start or orders.begun.append)
