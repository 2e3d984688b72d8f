"""The nightly look: what is due is started, once a day, and whoever was left behind is told of."""

from datetime import UTC, date, datetime, timedelta

import pytest

from archive import jobs
from archive.sealing import steps as month_steps
from archive.sealing.months_due import MonthMissingError
from archive.sequencing.timestamp import Outcome, Told
from archive.settings import LogSettings
from shared.conductor.executions import ExecutionOverError, NoAnswerError
from shared.recordlog.errors import MissingObjectError
from shared.recordlog.reader import Log
from tests.unit.archive.closing import LOG_SIGNER, OCTOBER, ORIGIN, SEPTEMBER, a_world

VARIABLES = {
    "TABLE_PREFIX": "bluelamp-",
    "LOG_BUCKET": "bluelamp-log",
    "LOG_KEY_ID": "a-key",
    "LOG_ORIGIN": ORIGIN,
    "MONTHLY_ARCHIVE_ARN": "arn:aws:states:eu-west-2:123456789012:stateMachine:m",
}


class Night:
    """One night: what is due in it, and what was started."""

    def __init__(self, monkeypatch, now, due, refusal=None):
        self.started = []
        night = self

        class Executions:
            def __init__(self, _client, arn):
                assert arn == VARIABLES["MONTHLY_ARCHIVE_ARN"]

            def seal(self, month, on):
                if refusal is not None:
                    raise refusal
                night.started.append((month, on))

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return now.astimezone(tz)

        monkeypatch.setattr(jobs, "datetime", Clock)
        monkeypatch.setattr(jobs, "Executions", Executions)
        monkeypatch.setattr(jobs, "due_month", lambda _settings, _now: due)
        for name, value in VARIABLES.items():
            monkeypatch.setenv(name, value)


def test_a_month_that_is_over_is_started_under_tonights_name(monkeypatch):
    night = Night(monkeypatch, OCTOBER.ends + timedelta(hours=2), OCTOBER)

    assert jobs.archive_months({}, None) == {"month": "2026-10"}
    assert night.started == [(OCTOBER, date(2026, 11, 1))]


def test_where_nothing_is_due_nothing_is_started(monkeypatch):
    night = Night(monkeypatch, OCTOBER.ends, None)

    assert jobs.archive_months({}, None) == {"month": None}
    assert night.started == []


def test_a_try_that_is_over_is_not_made_again_the_same_night(monkeypatch):
    over = ExecutionOverError("2026-10.2026-11-01 has already ended.")
    Night(monkeypatch, OCTOBER.ends + timedelta(hours=3), OCTOBER, over)

    assert jobs.archive_months({}, None) == {"month": "2026-10"}


def test_three_days_after_its_end_a_month_is_started_once_more_and_somebody_is_woken(monkeypatch):
    night = Night(monkeypatch, OCTOBER.ends + timedelta(days=3), OCTOBER)

    with pytest.raises(MonthMissingError, match="2026-10"):
        jobs.archive_months({}, None)
    assert night.started == [(OCTOBER, date(2026, 11, 4))]


def test_three_days_late_and_todays_try_over_somebody_is_woken_all_the_same(monkeypatch):
    Night(monkeypatch, OCTOBER.ends + timedelta(days=4), OCTOBER, ExecutionOverError("over"))

    with pytest.raises(MonthMissingError):
        jobs.archive_months({}, None)


def test_no_answer_from_the_conductor_is_a_failure_that_rings(monkeypatch):
    Night(monkeypatch, OCTOBER.ends + timedelta(hours=2), OCTOBER, NoAnswerError("silence"))

    with pytest.raises(NoAnswerError):
        jobs.archive_months({}, None)


class OnRecord:
    """Months of which the newest is this one, if any is."""

    def __init__(self, month):
        self.month = month

    @property
    def sealed(self):
        return self

    def latest(self, _origin):
        return self if self.month else None


def due(monkeypatch, latest, log, now):
    settings = LogSettings("bluelamp-", "bluelamp-log", "a-key", ORIGIN)
    monkeypatch.setattr(jobs, "months", lambda _prefix: OnRecord(latest))
    monkeypatch.setattr(jobs, "log_of", lambda _settings: log())
    return jobs.due_month(settings, now)


def test_the_month_after_the_newest_on_record_is_due_once_it_is_over(monkeypatch):
    def never():
        raise AssertionError

    assert due(monkeypatch, SEPTEMBER, never, OCTOBER.ends) == OCTOBER
    assert due(monkeypatch, SEPTEMBER, never, OCTOBER.ends - timedelta(seconds=1)) is None


def test_with_none_on_record_it_is_the_month_the_log_began_in(monkeypatch):
    world = a_world(october=2)

    def log():
        return Log(world.live.get, [LOG_SIGNER.key], ORIGIN)

    assert due(monkeypatch, None, log, OCTOBER.ends) == OCTOBER


def test_a_log_that_was_not_begun_owes_no_month(monkeypatch):
    def no_log():
        raise MissingObjectError("checkpoint")

    assert due(monkeypatch, None, no_log, datetime(2030, 1, 1, tzinfo=UTC)) is None


class TestTimestamp:
    """A month's timestamp is asked for three times, and the month goes without if none comes."""

    def stamped(self, monkeypatch, *answers):
        left = list(answers)
        monkeypatch.setattr(month_steps, "authority_in", lambda setting: setting != "off")
        monkeypatch.setattr(month_steps, "ask", lambda *_: left.pop(0))
        return month_steps._stamped("https://time.example root", b"note"), left

    def test_the_first_good_answer_is_taken(self, monkeypatch):
        silent, good = Told(Outcome.SILENT, "no answer"), Told(Outcome.STAMPED, token=b"tsr")

        assert self.stamped(monkeypatch, silent, good, silent) == (b"tsr", [silent])

    def test_after_three_without_one_nobody_is_asked_again(self, monkeypatch):
        untrue = Told(Outcome.UNTRUE, "not of this")

        assert self.stamped(monkeypatch, *[untrue] * 4) == (None, [untrue])

    def test_a_force_that_named_no_authority_asks_nobody(self):
        assert month_steps._stamped("off", b"note") is None
