"""Making tables where there is no stack: for tests of this room, and for measuring.

The stack's own tables come from the template.
"""

from shared.records.tables import Tables


def create_all(tables: Tables) -> None:
    """Make every table."""
    for row in tables.all():
        row.create_table(wait=False, billing_mode="PAY_PER_REQUEST")
