"""A report's page says every number, in words and in a table, and weighs little."""

import re
from dataclasses import replace

import pytest

from shared.pages.render import render
from shared.pages.report_views import WIDTH
from shared.reports.count import AT_ONCE, LATER, SOON
from shared.reports.facts import Content
from shared.reports.report import Part, digest
from tests.pages.reports_made import full
from tests.pages.righting_made import ACCOUNT
from watch.reporting.report_shown import report_view, row_of
from watch.reporting.report_words import LABELS, SENTENCES, TITLES

LIGHT = 15_500
"""Bytes beside the style sheet and the ways of who is signed in; 60,000 with them."""


def shown(report=None):
    return report_view(report or full(), ACCOUNT)


def test_answers_come_first_and_followers_last():
    titles = [part.title for part in shown().parts]

    assert titles[0] == TITLES[Part.ANSWERS]
    assert titles[-1] == TITLES[Part.FOLLOWERS]


def test_every_number_stands_in_its_chart_and_in_its_table():
    page = render("report", shown())

    for part in shown().parts:
        for bar in part.bars:
            assert f"{bar.label}: {bar.number}</text>" in page
            assert f'<th scope="row">{bar.label}</th><td>{bar.number}</td>' in page
        assert part.described in page


def test_every_chart_has_a_title_and_is_told_in_words():
    page = render("report", shown())

    charts = re.findall(r'<svg role="img" aria-labelledby="(\S+) (\S+)"', page)
    assert len(charts) == len(Part)
    assert all(f'id="{name}"' in page for pair in charts for name in pair)


def test_the_page_needs_no_script_and_no_style_of_its_own():
    page = render("report", shown())

    assert "<script" not in page
    assert "style=" not in page
    assert len(page.encode()) < LIGHT


def test_it_says_the_hash_that_the_record_log_has():
    assert any(digest(full()) in line for line in shown().lines)


@pytest.mark.parametrize(("count", "length"), [(0, 0), (1, 1), (500, WIDTH // 2), (1000, WIDTH)])
def test_a_bar_is_as_long_as_its_number_is_large_and_never_nothing_for_something(count, length):
    report = replace(full(), parts={Part.SPEED: {"hour": 1000, "day": count}})

    speed = next(part for part in shown(report).parts if part.name == Part.SPEED.value)

    assert [bar.length for bar in speed.bars if bar.label == "Within a day"] == [length]


def test_a_part_without_numbers_says_so():
    report = replace(full(), parts={Part.RIGHTED: {"failed": 0}})

    assert not any(part.bars for part in shown(report).parts)
    assert render("report", shown(report)).count("Nothing in this month.") == len(Part)


def test_costs_are_said_in_dollars_however_small():
    report = replace(full(), parts={Part.COST: {"keys": 1_234_567, "mentions": 50}})

    cost = next(part for part in shown(report).parts if part.name == Part.COST.value)

    assert [bar.number for bar in cost.bars] == ["0.0001", "1.23"]
    assert "Together 1.23 US dollars" in cost.sentence
    assert "not billed" in cost.sentence


def test_everything_that_is_counted_has_its_words():
    assert {each.value for each in Content} == set(LABELS[Part.CONTENT])
    assert {*SOON, *AT_ONCE, LATER} == set(LABELS[Part.WAITED])
    assert set(SENTENCES) == set(TITLES) == set(Part)


def test_the_list_tells_the_force_from_an_account():
    force, one = row_of(full(None), None), row_of(full(), ACCOUNT)

    assert (force.title, force.tag) == ("The force, November 2026", "Force")
    assert (one.title, one.tag) == (f"{ACCOUNT.title}, November 2026", "Account")
    assert force.address == "/reports/2026-11"
