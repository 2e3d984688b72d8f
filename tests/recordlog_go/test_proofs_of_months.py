"""Proofs from sealed months, checked by code we did not write: all that an auditor is given."""

import json

import pytest

from archive.exporting.prove_leaf import prove_leaf
from archive.reading.find_leaf import find_leaf
from tests.recordlog_go import strangers
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import (
    LOG_SIGNER,
    OCTOBER,
    ORIGIN,
    SEPTEMBER,
    Archived,
    close,
    on,
)

pytestmark = strangers.needs_go
SIZES = [(1, 1), (3, 0), (0, 2), (255, 2), (256, 256), (300, 700), (2_000, 63_600), (66_000, 9)]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    return strangers.verifier_in(tmp_path_factory.mktemp("go"))


def two_months(september, october):
    world = Archived()
    for count, month in ((september, SEPTEMBER), (october, OCTOBER)):
        if count:
            world.log(count, on(month, 5))
        close(world, month)
    return world


def lay_out(folder, world):
    """The log as both bags together hold it; the proof of growth is the one in the second bag."""
    for month in (SEPTEMBER, OCTOBER):
        for path, data in world.bag(month).items():
            if path.startswith("data/log/tile/"):
                file = folder / path.removeprefix("data/log/")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
    bag = world.bag(OCTOBER)
    (folder / "checkpoint").write_bytes(bag["data/log/checkpoint.end"])
    grown = json.loads(bag["data/log/consistency.json"])
    root = bag["data/log/checkpoint.start"].decode().split("\n")[2]
    growth = {"old": grown["start"], "proof": grown["proof"], "root": root}
    (folder / "growth.json").write_text(json.dumps([growth] if grown["start"] else []))
    return folder


@pytest.mark.parametrize(("september", "october"), SIZES)
def test_go_accepts_proofs_that_were_made_from_one_months_bag(
    verifier, tmp_path, september, october
):
    world = two_months(september, october)
    reading = made.a_reading(objects=world.objects)
    size = september + october
    proved = {0, september - 1, september, september + 1, size // 3, size - 1} & set(range(size))
    for index in proved:
        proof = prove_leaf(find_leaf(reading, str(index))).file
        (tmp_path / f"{index}.tlog-proof").write_bytes(proof)

    answer = strangers.verify(verifier, lay_out(tmp_path, world), LOG_SIGNER.key, ORIGIN)

    assert answer.returncode == 0, answer.stderr
    growths = 1 if september else 0
    expected = {"size": size, "leaves": size, "proofs": len(proved), "growths": growths}
    assert json.loads(answer.stdout) == expected


def test_go_refuses_the_proof_of_another_leaf(verifier, tmp_path):
    world = two_months(300, 40)
    reading = made.a_reading(objects=world.objects)
    proof = prove_leaf(find_leaf(reading, "320")).file
    (tmp_path / "320.tlog-proof").write_bytes(proof.replace(b"index 320", b"index 321"))

    answer = strangers.verify(verifier, lay_out(tmp_path, world), LOG_SIGNER.key, ORIGIN)

    assert answer.returncode == 1
    assert "320.tlog-proof" in answer.stderr
