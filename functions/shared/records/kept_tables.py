"""The tables that a warm function keeps from one call to the next.

Opening them makes a client of AWS, which takes a tenth of a second of processor time: longer than
most calls do. The connection itself is made anew whenever it was dropped.
"""

from functools import cache

from shared.records.tables import Tables, tables


@cache
def kept_tables(prefix: str) -> Tables:
    """The tables called `prefix` + noun, opened once a process."""
    return tables(prefix)
