"""What is said of something that is not there, where the month it began in was disposed of.

Nothing is kept of what went, not even that it was there. Its number says when it began, and the
disposal of that month says the rest: so the sentence is true of what never was as well.
"""

from shared.months.disposal import Disposal, State
from shared.months.month import month_of
from shared.posts.localtime import day_text
from shared.recordlog.subjects import moment_of
from shared.records.disposals import Disposals
from shared.records.disposed_error import DisposedOfError
from shared.records.pen import Pen
from shared.records.tables import Tables


def disposed_of(tables: Tables, pen: Pen, noun: str, name: str) -> DisposedOfError | None:
    """What to say of a `noun` (such as post) of this number that is not there; None where the
    month it began in is kept, or the number is none of ours."""
    try:
        began = moment_of(name)
    except ValueError:
        return None
    disposal = Disposals(tables, pen).of_month(month_of(began))
    if disposal is None or disposal.state not in {State.BEGUN, State.DONE}:
        return None
    return DisposedOfError(noun, name, _sentence(noun, disposal))


def _sentence(noun: str, disposal: Disposal) -> str:
    leaf = f", by leaf {disposal.leaf} of the record log" if disposal.leaf is not None else ""
    if disposal.done_at:
        went = f"was disposed of on {day_text(disposal.done_at)}{leaf}"
    else:
        went = f"is being disposed of{leaf}"
    return (
        f"There is no such {noun} here. What began in {disposal.month}, as this did, {went}: "
        "two people agreed to that, and nothing of it is kept that no later month needs."
    )
