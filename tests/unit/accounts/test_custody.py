"""When keys need somebody: too old, half set, refused, or known by somebody who has gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.accounts.custody import (
    CHECK_EVERY,
    ROTATE_AFTER,
    Attention,
    Check,
    Custody,
    attention,
    check_due,
    ends_by_rule,
    weakness,
)
from shared.accounts.registry import PersonStatus, StatusChange
from shared.posts.names import AccountId, PlatformName
from tests.builders import NOW, a_person

WHO = a_person()
PEOPLE = {WHO.person_id: WHO}
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
KEPT = Custody(
    AccountId("riverside"),
    PlatformName("sandbox"),
    frozenset({WHO.person_id}),
    WHO.person_id,
    (NOW + ROTATE_AFTER).date(),
    set_at=NOW,
)


def gone(status, at, *, back=False):
    """The same person, out since `at`, or back since."""
    steps = [StatusChange(status, at, "p-registrar", "Why.")]
    if back:
        steps.append(StatusChange(PersonStatus.ACTIVE, at + A_DAY, "p-registrar", "Back."))
    standing = PersonStatus.ACTIVE if back else status
    return {WHO.person_id: replace(WHO, status=standing, history=tuple(steps))}


@pytest.mark.parametrize(
    ("days", "why"), [(0, None), (75, None), (76, "due_soon"), (89, "due_soon"), (90, "overdue")]
)
def test_keys_are_due_after_ninety_days_and_told_of_a_fortnight_before(days, why):
    assert attention(KEPT, PEOPLE, (NOW + timedelta(days=days)).date()) == why


@pytest.mark.parametrize("status", [PersonStatus.LEFT, PersonStatus.SUSPENDED])
@pytest.mark.parametrize("back", [False, True])
def test_whoever_knew_them_and_lost_access_makes_them_due_even_once_they_are_back(status, back):
    people = gone(status, NOW + AN_HOUR, back=back)

    assert attention(KEPT, people, NOW.date()) is Attention.KNOWN_BY_LEAVER


def test_whoever_was_out_before_and_is_back_knows_only_what_they_typed_since():
    people = gone(PersonStatus.SUSPENDED, NOW - 2 * A_DAY, back=True)

    assert attention(KEPT, people, NOW.date()) is None


def test_somebody_the_registry_does_not_know_has_no_access():
    assert attention(KEPT, {}, NOW.date()) is Attention.KNOWN_BY_LEAVER


def test_a_rotation_that_was_forced_stays_so_until_it_is_done():
    forced = replace(KEPT, forced_at=NOW)

    assert attention(forced, PEOPLE, NOW.date()) is Attention.KNOWN_BY_LEAVER


@pytest.mark.parametrize("check", [Check.REFUSED, Check.MISSING])
def test_keys_that_do_not_open_need_somebody(check):
    assert attention(replace(KEPT, check=check), PEOPLE, NOW.date()) is Attention.NOT_GOOD


def test_a_platform_that_does_not_answer_says_nothing_about_keys():
    assert attention(replace(KEPT, check=Check.NO_ANSWER), PEOPLE, NOW.date()) is None


def test_a_setting_that_a_crash_cut_short_is_told_first():
    begun = replace(KEPT, begun_at=NOW, forced_at=NOW)

    assert attention(begun, PEOPLE, NOW.date()) is Attention.UNFINISHED
    assert not check_due(begun, NOW + CHECK_EVERY, speaks_soon=True)


def test_keys_are_tried_once_a_day_and_again_before_a_post():
    tried = replace(KEPT, checked_at=NOW)

    assert check_due(KEPT, NOW, speaks_soon=False)
    assert not check_due(tried, NOW + CHECK_EVERY / 2, speaks_soon=False)
    assert check_due(tried, NOW + CHECK_EVERY, speaks_soon=False)
    assert check_due(tried, NOW + AN_HOUR, speaks_soon=True)
    assert not check_due(tried, NOW + AN_HOUR / 2, speaks_soon=True)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "a" * 4001,
        "aaaaaaaaaaaa",
        " Tall-giraffe-9x",
        "Tall\u200bgiraffe-9xy",
        "riverside-pcso",
    ],
)
def test_a_password_that_is_easy_or_odd_is_refused_and_not_repeated(password):
    told = weakness(password, "Riverside-PCSO")

    assert told
    assert not password or password not in told


def test_a_good_password_has_no_weakness():
    assert weakness("Tall-giraffe-umbrella-3", "@riverside") is None


# ── when the platform ends them ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("days", "expected"),
    [(15, None), (14, Attention.ENDING), (1, Attention.ENDING), (-3, Attention.ENDING)],
)
def test_keys_that_the_platform_ends_within_two_weeks_need_somebody(days, expected):
    ending = replace(KEPT, ends_at=NOW + timedelta(days=days))

    assert attention(ending, PEOPLE, NOW.date()) is expected


def test_keys_that_are_refused_need_somebody_more_than_those_that_end():
    ending = replace(KEPT, ends_at=NOW, check=Check.REFUSED)

    assert attention(ending, PEOPLE, NOW.date()) is Attention.NOT_GOOD


@pytest.mark.parametrize(
    ("platform", "is_application", "days"),
    [
        ("linkedin", True, 365),
        ("linkedin", False, 60),
        ("x", True, None),
        ("viva-engage", True, None),
        ("facebook", False, None),
        ("mastodon", False, None),
    ],
)
def test_some_platforms_end_keys_by_rules_that_are_known(platform, is_application, days):
    ends = ends_by_rule(PlatformName(platform), NOW, is_application=is_application)

    assert ends == (NOW + timedelta(days=days) if days else None)
