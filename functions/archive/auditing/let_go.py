"""Which leaf says who let a month go, as the copy of later months tells it.

A disposal begins only when its approval lies in a sealed month, so there mostly is one; the months
after it may be gone in their turn, and then nobody can say it any more from here.
"""

from archive.auditing.ask_question import AuditDesk, opened
from archive.auditing.errors import AuditError
from archive.auditing.months_on_record import CopiedFile, Read, copied_files
from shared.months.disposal import Disposal
from shared.recordlog.acts import Happened

FOLDER = "disposal/"
ASKED = "SELECT min(leaf_index) FROM leaves WHERE type = $type AND subject = $subject"


def let_go_by(disposal: Disposal, desk: AuditDesk) -> int | None:
    """The leaf by which it was approved; None where no copy at hand has it."""

    def files(read: Read) -> tuple[CopiedFile, ...]:
        gone = desk.disposed()
        later = (e for e in desk.months() if e.month > disposal.month and e.month not in gone)
        found = (each for sealed in later for each in copied_files(sealed, read) or ())
        return tuple(each for each in found if each.path.startswith(FOLDER))

    given = {
        "type": Happened.DISPOSAL_APPROVED.value,
        "subject": f"disposal:{disposal.disposal_id}",
    }
    try:
        with opened(files, desk) as (index, left):
            [[leaf]] = index.ask(ASKED, given, seconds=left()).rows
    except AuditError:  # whoever asked hears that it was disposed of, and not by which leaf
        return None
    return None if leaf is None else int(leaf)
