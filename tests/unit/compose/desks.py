"""The author's desk over records in memory."""

from compose.submit import Desk
from compose.waiting import Files
from tests.unit.fakes import Conductor, Ledger
from tests.unit.policy.candidates import PACK


def a_desk(*kept, fault=None):
    """A ledger with these entries, the conductor beside it, and the desk over both."""
    ledger, conductor = Ledger().keep(*kept), Conductor(fault=fault)
    files = Files(ledger.snapshots, ledger.approvals, ledger.holds)
    desk = Desk(ledger.posts, ledger.replacing, files, conductor, lambda _: PACK)
    return ledger, conductor, desk
