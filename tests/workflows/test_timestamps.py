"""A month's timestamp: asked of an authority that is OpenSSL's, checked by OpenSSL once more."""

import base64
import subprocess
from datetime import UTC, datetime

import pytest

from archive.sequencing.asking import post
from archive.sequencing.timestamp import BadAuthorityError, Outcome, authority_in, stamp_month
from local.stack import Stack
from shared.recordlog.reader import Log, verify_log
from shared.records.attestations import Attestations
from tests.builders import a_pen
from tests.workflows.authority import OPENSSL, Authority
from tests.workflows.outsider import Served
from tests.workflows.sequencing import a_place

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl here to be the authority")
NOVEMBER = datetime(2026, 11, 20, 3, 40, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, 3, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def stack():
    with Stack.start() as running:
        yield running


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("stranger"))


@pytest.fixture
def served():
    made = Served()
    yield made
    made.stop()


class Force:
    """A log with some leaves, and whom it asks for the time."""

    def __init__(self, stack, url, root):
        self.place = a_place(stack)
        self.kept = Attestations(self.place.tables, a_pen())
        self.authority = authority_in(f"{url} {root}")
        self.grow()

    def grow(self):
        self.place.record(2)
        self.place.process().begin().run()

    def stamp(self, now):
        log = Log(self.place.read, [self.place.key], self.place.origin)
        return stamp_month(self.authority, log, kept=self.kept, send=post, now=now)

    def row(self, month):
        return self.kept.get(self.place.origin, f"time:{month}")


def test_each_month_is_stamped_once_and_openssl_agrees(stack, served, authority):
    served.answer = authority.answer
    force = Force(stack, served.url, authority.root)

    assert force.stamp(NOVEMBER) is Outcome.STAMPED
    force.grow()
    assert force.stamp(NOVEMBER) is None
    assert force.stamp(DECEMBER) is Outcome.STAMPED

    for month, size in (("2026-11", 2), ("2026-12", 5)):
        row = force.row(month)
        assert row.size == size
        authority.verify(row.note.encode(), base64.b64decode(row.token))
    with pytest.raises(subprocess.CalledProcessError):
        authority.verify(force.row("2026-12").note.encode(), base64.b64decode(row.token)[:-1])
    with pytest.raises(subprocess.CalledProcessError):
        authority.verify(force.row("2026-11").note.encode(), base64.b64decode(row.token))
    force.grow()
    assert verify_log(force.place.read, [force.place.key], force.place.origin).size == 8


def test_a_bad_authority_is_on_record_stops_nothing_and_is_asked_again(
    stack, served, authority, stranger
):
    force = Force(stack, served.url, authority.root)
    earlier = []

    def of_another_note(_query):
        return earlier[0]

    served.answer = lambda query: earlier.append(authority.answer(query)) or (503, b"")
    answers = [
        (served.answer, Outcome.REFUSED),
        (of_another_note, Outcome.UNTRUE),
        (stranger.answer, Outcome.UNTRUE),
        (lambda _: (200, b""), Outcome.UNTRUE),
        (lambda _: (200, b"<html>"), Outcome.UNTRUE),
        (lambda _: (200, b"\x30\x80" * 2_000), Outcome.UNTRUE),
        (lambda query: (200, authority.answer(query)[1][:-40]), Outcome.UNTRUE),
        (lambda _: (404, b""), Outcome.REFUSED),
        (lambda _: (200, b"x" * 70_000), Outcome.SILENT),
    ]
    for answer, outcome in answers:
        served.answer = answer
        assert force.stamp(NOVEMBER) is outcome
        assert (force.row("2026-11").token, force.row("2026-11").outcome) == ("", outcome.value)
        force.grow()

    served.answer = authority.answer
    assert force.stamp(NOVEMBER) is Outcome.STAMPED


def test_an_authority_is_written_as_address_and_root(authority):
    assert authority_in("off") is None
    for wrong in ("", "https://time.example", f"http://time.example {authority.root}", "x y"):
        with pytest.raises(BadAuthorityError):
            authority_in(wrong)


def test_a_force_that_named_no_authority_asks_nobody(stack):
    assert stack.call("TimestampLog", {}) == {"outcome": None}
