"""verify.py accepts what is whole, and names the first thing wrong of what is not."""

from functools import cache

import pytest

from tests.unit.archive import bags, closing, forgeries
from tests.unit.archive.bags import Archive
from tests.unit.archive.verifier import judge, verify

COUNTS = (300, 0, 40, 270)
EACH = 30
"""Harms of each kind."""

KINDS = (
    forgeries.a_changed_byte,
    forgeries.a_removed_line,
    forgeries.a_changed_line,
    forgeries.swapped_lines,
    forgeries.a_removed_file,
    forgeries.a_truncated_log,
    forgeries.a_forged_checkpoint,
    forgeries.a_replaced_month,
    forgeries.a_missing_month,
)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr("shared.months.bag.PART", 128)
    monkeypatch.setattr(verify, "PART", 128)


@cache
def built(*counts):
    """By the tests, as the format is written down."""
    return bags.an_archive(*counts, erased=(4, 304))


@cache
def closed(*counts):
    """By the deed that closes months."""
    world, month = closing.Archived(), closing.SEPTEMBER
    for count in counts:
        world.log(count, closing.on(month, 5))
        closing.close(world, month)
        month = month.next
    return Archive(world.objects, (str(closing.LOG_SIGNER.key), str(closing.ARCHIVE_SIGNER.key)))


@cache
def forged(*counts):
    """Other leaves, sealed with the forger's own keys."""
    return bags.an_archive(*counts, words="other", **forgeries.FORGED)


MAKERS = (built, closed)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("keys_given", [True, False])
def test_a_whole_archive_holds(make, keys_given, tmp_path):
    archive = make(*COUNTS)
    archive.write(tmp_path)

    verdict = judge(tmp_path, keys=archive.keys if keys_given else ())

    assert (verdict.code, verdict.sentence) == (0, "Everything holds.")
    assert [each["month"] for each in verdict.said["months"]] == archive.months
    assert verdict.said["months"][-1]["end"]["size"] == sum(COUNTS)


@pytest.mark.parametrize("number", range(EACH))
@pytest.mark.parametrize("way", KINDS, ids=lambda way: way.__name__)
def test_every_harm_is_found_and_named(way, number, tmp_path):
    chance = bags.chance(f"{way.__name__} {number}")
    make = chance.choice(MAKERS)
    extra = ()
    if way is forgeries.a_truncated_log:
        extra = (make(*COUNTS[:-1], COUNTS[-1] - chance.choice((1, 14, 256))),)
    if way is forgeries.a_replaced_month:
        extra = (forged(*COUNTS),)
    harm = way(make(*COUNTS).copy(), chance, *extra)
    harm.archive.write(tmp_path)

    verdict = judge(tmp_path, keys=harm.archive.keys if harm.keys_given else ())

    assert verdict.code == 1
    assert verdict.wrong["file"] in harm.files, verdict.sentence
    if harm.leaf is not None:
        assert verdict.wrong["leaf"] == harm.leaf, verdict.sentence
