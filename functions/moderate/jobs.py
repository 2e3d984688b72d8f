"""What the mail service and the clock call here: letters are watched."""

import os
import secrets
from datetime import UTC, datetime
from functools import cache
from typing import Any

from moderate.letter_report import read_report
from moderate.settings import TableSettings
from moderate.watch_letters import Desk, take_report
from moderate.watch_letters import sweep_letters as sweep
from shared.conductor.executions import Executions, step_functions
from shared.records.approvals import Approvals
from shared.records.letters import Letters
from shared.records.pen import Pen
from shared.records.tables import tables
from shared.settings.reading import read

UNDELIVERED = "LettersUndelivered"
"""The metric that an alarm of the template listens to."""


@cache
def desk() -> Desk:
    """What watching letters needs."""
    kept, pen = tables(read(TableSettings, os.environ).table_prefix), Pen(secrets.token_bytes)
    return Desk(Letters(kept, pen), Approvals(kept, pen), Executions(step_functions), ring)


def ring() -> None:
    """One letter did not arrive: a metric, written to the log as CloudWatch reads it."""
    # Seldom needed, and three times as slow to load as everything else here.
    from aws_lambda_powertools import single_metric
    from aws_lambda_powertools.metrics import MetricUnit

    with single_metric(name=UNDELIVERED, unit=MetricUnit.Count, value=1):
        pass


def letter_event(event: object, context: object) -> dict[str, Any]:
    """What Amazon SES tells of a letter, to `{outcome}`; anything else is `ignored`."""
    report = read_report(event)
    if report is None:
        return {"outcome": "ignored"}
    return {"outcome": take_report(report, desk(), datetime.now(UTC))}


def sweep_letters(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every minute: `{silent, given_up}`."""
    swept = sweep(desk(), datetime.now(UTC))
    return {"silent": swept.silent, "given_up": swept.given_up}
