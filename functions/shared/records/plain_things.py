"""Things that are one row each, and little beside: their table, and what the row says."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.months.remains import Kind, Remains
from shared.records.checks import CHECK
from shared.records.drift_entries import DRIFT
from shared.records.remains_rows import (
    block_remains,
    check_remains,
    drift_remains,
    erasure_remains,
    exception_remains,
    impostor_remains,
    incident_remains,
    mention_remains,
    reminder_remains,
    report_remains,
    review_remains,
    sample_remains,
    takedown_remains,
)
from shared.records.rows import Row
from shared.records.tables import Tables

PLAIN: Mapping[Kind, tuple[Callable[[Tables], type[Row]], Callable[[Any], Remains]]] = {
    Kind.EXCEPTION: (lambda tables: tables.exceptions, exception_remains),
    Kind.DRIFT: (lambda tables: tables.exceptions, drift_remains),
    Kind.TAKEDOWN: (lambda tables: tables.takedowns, takedown_remains),
    Kind.BLOCK: (lambda tables: tables.blocks, block_remains),
    Kind.MENTION: (lambda tables: tables.mentions, mention_remains),
    Kind.CHECK: (lambda tables: tables.mentions, check_remains),
    Kind.REVIEW: (lambda tables: tables.reviews, review_remains),
    Kind.REMINDER: (lambda tables: tables.reminders, reminder_remains),
    Kind.INCIDENT: (lambda tables: tables.incidents, incident_remains),
    Kind.ERASURE: (lambda tables: tables.erasures, erasure_remains),
    Kind.IMPOSTOR: (lambda tables: tables.impostors, impostor_remains),
    Kind.SAMPLE: (lambda tables: tables.samples, sample_remains),
    Kind.REPORT: (lambda tables: tables.reports, report_remains),
}

WHOLE: Mapping[Kind, str] = {Kind.CHECK: CHECK, Kind.DRIFT: DRIFT}
"""Kinds whose rows are called as their leaves' subject is, and how that begins. No row of another
kind is looked for under a name with a colon: those beside them are no things."""
