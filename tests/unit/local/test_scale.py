"""The sum behind `make scale`, worked by hand for forces small enough for that."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from local.scale import as_set_up, measured
from local.scale.limits import OWN_BYTES, limits
from local.scale.made_up import TOLD, MadeUp, account
from local.scale.paces import listed, paces, setting
from local.scale.plan import Force, Ground, One, Pace, Registry, narrowest, plan
from local.scale.telling import print_limits, print_plans, write
from local.scale.watched import READS, units_of
from shared.accounts.faults import LONGEST_ID

FORCE = Force(accounts=10, followers=250, followed=0)
PACE = Pace("x", 100, requests=15, window=900, shared=False, usd_a_person=0.01, source="by hand")
SET = setting(memory=1024, together=1, at_once=2, longest_run=240, names_kept=240)
SET = replace(SET, processors=0.5, seconds_a_page=1.0, seconds_a_call=0.5, hours=0.01)
REGISTRY = Registry(
    row_bytes=4096, row_seconds=0.1, names_seconds=0.4, name_bytes=1000, input_bytes=20
)
ONE = One(pages=4, people=250, seconds=3.0, calls=6, used=Counter({"mail": 2}), leaves=4)


def a_plan(**changes):
    ground = Ground(FORCE, changes.get("setting", SET), REGISTRY)
    pace, one = changes.get("pace", PACE), changes.get("one", ONE)
    return plan(ground, pace, one, lambda name: PRICES.get(name, 0.0))


PRICES = {"mail": 1.0, "step functions transition": 0.5, "dynamodb read unit": 2.0,
          "lambda GB-second": 3.0}  # fmt: skip


def test_one_reading_of_each_account_makes_it_ready_and_reads_it():
    made = a_plan()

    # Ready: 10 accounts x 0.5 s on half a processor = 10 s. Read: 3 / 0.5 + 4 x 1 + 6 x 0.5 = 13 s.
    # Two are warm, and each is ready once for five accounts.
    assert made.lambda_seconds == 2 * 10 + 10 * 13
    assert (made.pages, made.people, made.calls, made.leaves) == (40, 2500, 60, 40)
    assert (made.invocations, made.transitions) == (10, 3 + 10 * 4)
    # Two at once: 150 s / 2. In 36 s it would take five.
    assert (made.least_seconds, made.wall_seconds, made.at_once) == (23, 75, 5)


def test_accounts_of_a_batch_are_read_one_after_the_other_in_one_invocation():
    made = a_plan(setting=replace(SET, together=5))

    # Two batches of 5 x 13 s, each on a function that is ready once.
    assert made.lambda_seconds == 2 * 10 + 10 * 13
    assert (made.invocations, made.transitions) == (2, 3 + 2 * 4)
    assert (made.least_seconds, made.wall_seconds) == (10 + 5 * 13, 75)


def test_a_batch_that_takes_longer_than_a_function_may_is_gone_on_with():
    made = a_plan(setting=replace(SET, together=10, longest_run=75.0))

    # 130 s of reading, 65 s of which fit behind the 10 s of making ready: two invocations.
    assert (made.invocations, made.transitions) == (2, 3 + 4 + 2)


def test_accounts_of_a_batch_wait_together():
    made = a_plan(one=replace(ONE, pages=31), setting=replace(SET, together=10))

    # 10 x 40 s of reading in runs of 230 s; but 31 pages in windows of 15 are three readings.
    assert made.invocations == 3
    assert made.least_seconds == 3 * 10 + 10 * (6 + 31 + 3) + 2 * 900


def test_names_that_are_too_old_are_made_ready_again():
    made = a_plan(setting=replace(SET, names_kept=30.0))

    # Whoever begins 10 s + 13 s after they were asked for still has them, the next has not: of the
    # five that each of the two reads, the first, the third and the fifth make them ready.
    assert made.lambda_seconds == 2 * 3 * 10 + 10 * 13


def test_whoever_takes_longer_than_names_are_kept_makes_them_ready_each_time():
    assert a_plan(setting=replace(SET, names_kept=5.0)).lambda_seconds == 10 * (10 + 13)


def test_what_it_costs_is_units_times_prices():
    made = a_plan()

    assert made.cost["mail"] == 20
    assert made.cost["step functions transition"] == 43 * 0.5
    assert made.cost["dynamodb read unit"] == 2 * 10 * 2  # two scan ten rows of 4 KiB
    assert made.cost["lambda GB-second"] == 150 * 3
    assert made.total == sum(made.cost.values()) == 20 + 21.5 + 40 + 450
    assert made.platform_cost == 2500 * 0.01


def test_whoever_asks_more_often_than_a_key_may_waits_for_the_next_window():
    made = a_plan(one=replace(ONE, pages=31))

    # 31 pages in windows of 15: two waits, each with a reading of its own, which makes ready anew.
    assert (made.invocations, made.transitions) == (30, 3 + 10 * (4 + 2 * 2 + 2))
    run = 3 * 10 + (6 + 31 + 3)
    assert made.lambda_seconds == 10 * run
    assert made.least_seconds == run + 2 * 900
    assert made.wall_seconds == 10 * (run + 1800) / 2


def test_keys_that_share_a_pace_wait_for_one_another_and_hold_no_reading_up():
    made = a_plan(pace=replace(PACE, shared=True))

    assert made.least_seconds == made.wall_seconds == 40 / 15 * 900
    assert made.invocations == 10


def test_whose_time_is_over_is_gone_on_with():
    made = a_plan(setting=replace(SET, longest_run=15.0))

    # 13 s of reading, 5 s of which fit behind the 10 s of making ready: three readings.
    assert made.invocations == 30
    assert made.lambda_seconds == 2 * 10 + 10 * 13
    assert made.transitions == 3 + 10 * (4 + 2 * 2)


def test_who_is_never_ready_in_time_reads_one_page_each_time():
    assert a_plan(setting=replace(SET, longest_run=9.0)).invocations == 10 * 4


@pytest.mark.parametrize(
    ("slow", "busy", "expected"),
    [(1, 1, "slow"), (0, 1, "busy"), (0, 0, "slow")],
)
def test_the_narrowest_is_the_slowest_and_of_equals_the_one_asked_most(slow, busy, expected):
    plain = a_plan()
    made = {
        "slow": replace(plain, least_seconds=plain.least_seconds + slow),
        "busy": replace(plain, pages=plain.pages + busy),
    }

    assert narrowest(made) == expected


def test_what_does_not_fit_says_what_to_change():
    tight = limits(Ground(FORCE, SET, REGISTRY), [a_plan()])
    wide = limits(Ground(FORCE, replace(SET, at_once=5), REGISTRY), [a_plan()])

    assert [each.change for each in tight if not each.met] == ["MaxConcurrency"]
    assert all(each.met for each in wide)
    memory = next(each for each in wide if each.change == "MemorySize")
    assert memory.takes == (OWN_BYTES + 10 * 1000) / 1024 / 1024


@pytest.mark.parametrize(
    ("item", "units"), [({}, 1), ({"a": {"S": "x" * 4000}}, 1), ({"a": {"S": "x" * 5000}}, 2)]
)
def test_what_is_read_is_counted_by_size(item, units):
    assert units_of(item) == units


@pytest.mark.parametrize("pace", paces(), ids=lambda pace: pace.platform)
def test_a_made_up_platform_tells_of_everybody_page_by_page(pace):
    reader = MadeUp(pace.platform, 2 * pace.people_a_page + 1, 3, pace.people_a_page, gone=5)
    people, cursor = [], None
    while cursor is not None or not people:
        page = reader.followers(cursor)
        people, cursor = [*people, *page.items], page.next_cursor

    assert len({each.platform_id for each in people}) == reader.told == 2 * pace.people_a_page + 1
    assert (reader.asked, reader.followers_are) == (3, reader.told)
    assert pace.platform in TOLD


def test_the_paces_say_when_they_were_read_and_where():
    assert listed()["date"]
    assert all(pace.source for pace in paces())


def test_a_made_up_account_has_an_id_that_the_registry_takes():
    assert len(account(99_999, "x").account_id) <= LONGEST_ID


def test_the_table_has_a_line_for_each_plan_and_the_file_holds_all(tmp_path, capsys):
    print_plans({("x", "first month"): a_plan(), ("x", "every month"): a_plan()})
    print_limits(limits(Ground(FORCE, SET, REGISTRY), [a_plan()]))
    write({"a": 1}, tmp_path / "made" / "scale.json")

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 2 + 5
    assert lines[5].startswith("✗ batches read at once")
    assert lines[5].endswith("change MaxConcurrency")
    assert json.loads((tmp_path / "made" / "scale.json").read_text()) == {"a": 1}


@pytest.mark.thorough
def test_one_account_is_read_for_real_to_the_end_of_both_lists_in_both_months():
    force = Force(accounts=3, followers=170, followed=10)
    mastodon = next(pace for pace in paces() if pace.platform == "mastodon")

    registry, ours = measured.registry(force, "mastodon")
    found = measured.one(force, mastodon, ours)

    for month in (found.first, found.usual):
        assert month.pages == 3 + 1 + 1  # 170 people, 10 people, and the profile
        assert (month.people, month.leaves) == (180, 4)
        assert month.used["dynamodb write unit"] > 0
    assert found.usual.used[READS] > found.first.used[READS]  # last month's marks
    assert registry.row_bytes > 0
    assert as_set_up(force).at_once > 0
