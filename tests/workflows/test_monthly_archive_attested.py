"""What others said of the log goes along with the month: a timestamp, and what a witness signed."""

import pytest

from shared.months.bag import COSIGNATURES, END, TIMESTAMP, folder
from tests.unit.recordlog import logs
from tests.unit.recordlog.witnesses import Witness
from tests.workflows.archiving import an_archive
from tests.workflows.authority import OPENSSL, Authority
from tests.workflows.outsider import Served

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl here to be the authority")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def clock_tower():
    made = Served()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def town_crier():
    made = Served()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def witness():
    return Witness(knows=[])


@pytest.fixture(scope="module")
def archive(authority, clock_tower, town_crier, witness):
    clock_tower.answer, town_crier.answer = authority.answer, witness.answer
    named = {
        "LogTimestamper": f"{clock_tower.url} {authority.root}",
        "LogWitnesses": f"{witness.key} {town_crier.url}",
    }
    with an_archive(parameters=named) as archive:
        witness._knows = [archive.log_key]
        yield archive


def cosigned(archive, monkeypatch):
    """The witness signs the log as it is."""
    monkeypatch.setattr(logs, "ORIGIN", archive.origin)
    told = archive.stack.call("WitnessLog", {})
    archive.sequence()
    return told


def test_both_lie_in_the_bag_and_hold(archive, authority, witness, tmp_path, monkeypatch):
    archive.ready()
    archive.record(3)
    assert cosigned(archive, monkeypatch) == {"outcomes": {"witness.example": "cosigned"}}
    month = archive.pass_month()

    assert archive.status(archive.night()) == "SUCCEEDED"

    authority.verify(archive.within(month, END), archive.within(month, TIMESTAMP))
    note = archive.within(month, COSIGNATURES + "witness.example").decode()
    assert note.count("— ") == 2
    assert f"— {witness.key.name} " in note
    said = archive.verified(tmp_path, month, known=[witness.key])
    assert said.returncode == 0, said.stdout


def test_without_an_answer_the_month_goes_without_a_timestamp(
    archive, authority, clock_tower, tmp_path
):
    archive.ready()
    archive.record(1)
    month = archive.pass_month()
    clock_tower.answer = lambda _: (500, b"")

    name = archive.night()

    clock_tower.answer = authority.answer
    assert archive.status(name) == "SUCCEEDED"
    assert folder(month) + TIMESTAMP not in archive.paths(folder(month))
    assert archive.verified(tmp_path, month).returncode == 0


def test_what_a_witness_signed_after_the_month_is_not_in_it(archive, monkeypatch, tmp_path):
    archive.ready()
    archive.record(1)
    month = archive.pass_month()
    archive.record(1)
    cosigned(archive, monkeypatch)

    assert archive.status(archive.night()) == "SUCCEEDED"

    assert archive.paths(folder(month) + COSIGNATURES) == []
    assert archive.verified(tmp_path, month).returncode == 0
