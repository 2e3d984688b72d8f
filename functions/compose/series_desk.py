"""What keeping series needs, made of the tables."""

from datetime import timedelta

from compose.keep_up import SeriesDesk
from compose.submit import Desk
from shared.records.pen import Pen
from shared.records.reminders import Reminders
from shared.records.tables import Tables


def series_desk_of(kept: Tables, pen: Pen, desk: Desk, days: str) -> SeriesDesk:
    """What keeping series needs; their posts are sent in so many days before they are due."""
    return SeriesDesk(Reminders(kept, pen, timedelta(days=int(days))), desk)
