"""The million that the archive is measured with: drawn alike each time, and true to the byte."""

import json
from itertools import islice

from local.million.lines import leaves, lines
from shared.months.lines import entity_of, read_line
from shared.recordlog.canonical import canonical_json
from shared.recordlog.leaf import read_envelope

SOME = 3_000


def test_the_same_seed_draws_the_same_lines_and_another_one_others():
    first = list(islice(lines(SOME), 200))

    assert first == list(islice(lines(SOME), 200))
    assert first != list(islice(lines(SOME, seed=7), 200))


def test_every_line_is_one_of_ours_in_the_order_of_time():
    before = None
    for index, raw in enumerate(lines(SOME)):
        line = read_line(raw)
        line.verify()
        at = read_envelope(line.envelope).at
        assert line.leaf_index == index
        assert before is None or before <= at
        before = at


def test_what_is_drawn_is_of_many_kinds_and_lies_within_a_month():
    drawn = [read_envelope(leaf.envelope) for leaf in leaves(SOME)]

    assert len({each.type for each in drawn}) > 12
    assert {f"{each.at:%Y-%m}" for each in drawn} <= {"2026-10", "2026-11"}
    assert {entity_of(leaf.envelope) for leaf in leaves(SOME)} >= {
        "approval",
        "post",
        "publication",
        "registry",
        "takedown",
    }


def test_payloads_are_written_as_the_log_writes_them():
    for leaf in leaves(300):
        assert canonical_json(json.loads(leaf.payload)) == leaf.payload
