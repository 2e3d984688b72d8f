"""The story of a year, the list of letters that follows from it, and how both are laid together."""

import json
import os
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from subprocess import PIPE, Popen

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto.ses.models import RawMessage, ses_backends

from local.aws import ACCOUNT, REGION
from local.force import COMMS, REGISTRAR
from local.sandbox import Neighbour
from local.stack import Stack
from local.tools import MissingToolError
from local.year.__main__ import NOT_LIVED, main
from local.year.comparing import compare
from local.year.crowd import PAGE, Crowd, Tokens, stands_out, turnover
from local.year.expected import CENTRE, ON_DUTY, Alert, answered_at, expected, heard_at
from local.year.letters import take_letters, tidy
from local.year.memory import memory_of
from local.year.names import email_of, handle_of
from local.year.story import LONDON, Fate, Remark, Signing, Size, Story, Stray, Voice, at, tell

FIRST = date(2027, 1, 1)
SIZE = Size(accounts=10, followers=20_000, mentions=500, months=3, first_day=FIRST)
FAR = date(2040, 1, 1)
MONTH = timedelta(days=31)


def a_voice(number=1, **changes):
    usual = {
        "rhythm": MONTH,
        "posts": tuple(at(FIRST + timedelta(days=20 * n), time(10)) for n in range(-1, 5)),
        "followers": 100,
        "taught": FAR,
        "looked_at_again": FAR,
        "two_step": FAR,
    }
    return Voice(number, **{**usual, **changes})


def a_story(*voices, remarks=(), strays=(), late=Signing.AT_ONCE, months=3):
    size = replace(SIZE, months=months)
    told = Story(size, voices or (a_voice(),), tuple(remarks), tuple(strays), {})
    signings = {(voice.number, month): late for voice in told.voices for month in told.months}
    return replace(told, signings=signings)


def told_of(story, kind):
    alerts = expected(story, FAR).elements()
    return sorted((alert.to, alert.what) for alert in alerts if alert.kind == kind)


def a_remark(hour, fate=Fate.LATE, *, calls=False, minute=0, day=10):
    return Remark(1, 1, at(date(2027, 1, day), time(hour, minute)), calls, fate)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_seed_tells_one_story_and_another_seed_another(seed):
    assert tell(SIZE, seed) == tell(SIZE, seed)
    assert tell(SIZE, seed) != tell(SIZE, 3)


@given(st.integers(0, 2**32), st.integers(1, 14))
def test_a_story_is_as_large_as_it_was_asked_for_and_stays_within_its_months(seed, months):
    story = tell(replace(SIZE, months=months, mentions=40), seed)

    assert (len(story.voices), len(story.remarks), len(story.months)) == (10, 40, months)
    assert abs(sum(voice.followers for voice in story.voices) - SIZE.followers) <= 10
    assert all(story.begins < remark.at < story.stops[-1] for remark in story.remarks)
    assert list(story.stops) == sorted(set(story.stops))
    assert all(list(voice.posts) == sorted(voice.posts) for voice in story.voices)
    for remark in story.remarks:
        assert remark.at <= heard_at(story, remark) <= answered_at(story, remark)


@given(st.integers(0, 2**32))
def test_nothing_that_is_said_falls_due_while_a_stop_lasts(seed):
    """A stop is made longer for what waits: an owner would be told at it, or at the next one."""
    story = tell(replace(SIZE, first_day=date(2027, 3, 1), months=1, mentions=200), seed)

    for remark in story.remarks:
        for after in (timedelta(hours=20), timedelta(hours=24)):
            here = (remark.at + after).astimezone(LONDON)
            for hour in (time(7, 45), time(18)):
                assert not timedelta(0) <= here - at(here.date(), hour) <= timedelta(minutes=30)


def test_a_year_that_begins_in_any_month_ends_before_the_same_one():
    assert [Size(1, 1, 1, 12, date(2027, n, 1)).days for n in (1, 2, 3)] == [365, 365, 366]
    assert Size(1, 1, 1, 1, date(2027, 12, 1)).days == 31


@pytest.mark.parametrize(
    ("hour", "minute", "fate", "reminded", "overdue"),
    [
        (9, 0, Fate.AT_ONCE, 0, 0),
        (9, 0, Fate.REMINDED, 1, 0),  # 5:00 is night: 21:00, and so at 7:45
        (9, 0, Fate.LATE, 1, 3),
        (15, 0, Fate.REMINDED, 0, 3),  # 11:00 and 15:00 the next day: both by 18:00
        (23, 30, Fate.LATE, 0, 3),  # 19:30 the next day; 23:30 is night: 7:00
    ],
)
def test_whoever_does_not_answer_is_reminded_before_a_day_is_over_and_the_centre_told_after(
    hour, minute, fate, reminded, overdue
):
    story = a_story(remarks=[a_remark(hour, fate, minute=minute)])

    owner = [email_of(1)] * reminded
    assert [to for to, _ in told_of(story, "reminded")] == owner
    assert [to for to, _ in told_of(story, "overdue")] == sorted(ON_DUTY)[:overdue]


def test_a_call_for_help_is_told_to_the_centre_and_everybody_on_duty_whatever_comes_of_it():
    story = a_story(remarks=[a_remark(9, Fate.AT_ONCE, calls=True)])

    assert {to for to, _ in told_of(story, "call")} == {*ON_DUTY, CENTRE}
    [what] = {what for _, what in told_of(story, "call")}
    assert what == "Neighbourhood 001 Team on The sandbox, 09:00 on Sunday 10 January 2027"


def steps_of(silent_days, rhythm=14):
    """What is told of a voice that spoke on 2 January and then not for so many days."""
    spoke, again = at(date(2027, 1, 2), time(10)), timedelta(days=silent_days)
    after = tuple(spoke + again + timedelta(days=7 * n) for n in range(20))
    voice = a_voice(rhythm=timedelta(days=rhythm), posts=(spoke, *after))
    told = told_of(a_story(a_voice(0), voice, months=4), "morning")
    ours = [(to, what) for to, what in told if "001 Team, silent since" in what]
    return [(to, what.partition(":")[0]) for to, what in ours]


def test_each_step_of_the_ladder_comes_after_a_further_silence_and_to_whom_it_belongs():
    assert steps_of(13) == []
    assert steps_of(17) == [(email_of(1), "Your account is silent")]
    assert (email_of(0), "An account below yours stays silent") in steps_of(25)
    assert len(steps_of(25)) == 2
    assert {to for to, what in steps_of(39) if what.startswith("An account stays")} == {*ON_DUTY}
    closing = {to for to, what in steps_of(67) if what.startswith("Close")}
    assert closing == {*ON_DUTY, REGISTRAR.email}


def test_a_review_is_told_once_to_its_owner_and_in_one_line_to_communications():
    def told(**late):
        every = told_of(a_story(months=1, **late), "morning")
        return [(to, what) for to, what in every if "Followers" in what]

    assert len(told()) == 1 + len(ON_DUTY)
    late = told(late=Signing.BOTH_LATE)
    assert sum(to == email_of(1) for to, _ in late) == 2  # ready, and after a week
    assert sum(to == COMMS.email for to, _ in late) == 3  # and after two
    assert sum(to == email_of(0) for to, _ in late) == 1  # whoever is above


def test_what_runs_out_is_told_to_whoever_sees_to_it():
    day = date(2027, 2, 10)
    voice = a_voice(taught=day, looked_at_again=day, two_step=day)

    told = told_of(a_story(voice), "morning")

    assert sum("Training is due" in what for _, what in told) == 2
    assert sum("looked at again" in what for _, what in told) == 2
    assert [to for to, what in told if "two-step" in what] == [REGISTRAR.email]


def test_a_post_by_hand_is_told_to_its_owner_and_everybody_on_duty():
    story = a_story(strays=[Stray(1, at(date(2027, 1, 10), time(9)))])

    assert {to for to, _ in told_of(story, "stray")} == {*ON_DUTY, email_of(1)}


ONE, OTHER = Alert("call", "a@force.example", "this"), Alert("call", "a@force.example", "that")


@pytest.mark.parametrize(
    ("came", "sorts"),
    [
        ({ONE: 1, OTHER: 2}, (0, 0, 0)),
        ({ONE: 2, OTHER: 2}, (1, 0, 0)),
        ({OTHER: 1}, (0, 2, 0)),
        ({ONE: 1, OTHER: 2, replace(ONE, to="b@force.example"): 1}, (0, 0, 1)),
    ],
)
def test_what_came_twice_or_not_at_all_or_unexpected_is_named(came, sorts):
    [found] = compare(Counter({ONE: 1, OTHER: 2}), Counter(came))

    assert (len(found.twice), len(found.missing), len(found.unexpected)) == sorts
    assert found.holds is (sorts == (0, 0, 0))


@given(st.lists(st.sampled_from([ONE, OTHER])), st.lists(st.sampled_from([ONE, OTHER])))
def test_nothing_is_wrong_only_where_both_are_the_same(wanted, came):
    found = compare(Counter(wanted), Counter(came))

    assert all(each.holds for each in found) is (Counter(wanted) == Counter(came))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Followers to review: 12 of 2027-01 are ready (http://x.example/reviews)",
         "Followers to review: of 2027-01 are ready"),
        ("Hood on The sandbox, 01:30 BST on Sunday 31 October 2027; due by noon",
         "Hood on The sandbox, 01:30 on Sunday 31 October 2027"),
        ("Hood on The sandbox, 09:00 on Monday 1 March 2027: http://x.example/remarks/m1",
         "Hood on The sandbox, 09:00 on Monday 1 March 2027"),
        ("Search by hand for impostors: Hood 001: X, YouTube",
         "Search by hand for impostors: Hood 001"),
        ("Training is due: PC Owner 001, data protection, safety: last taught on 2025-02-01",
         "Training is due: PC Owner 001, last taught on 2025-02-01"),
    ],
)  # fmt: skip
def test_a_line_says_what_it_is_about(line, what):
    assert tidy(line) == what


def test_letters_are_read_once_and_one_that_nobody_knows_is_named():
    sent = ses_backends[ACCOUNT][REGION].sent_messages
    before = list(sent)
    sent.clear()
    for subject, body in (("2 things to see to", "- This: one\n- That: two\n"), ("Odd", "- no")):
        mail = EmailMessage()
        mail["Subject"], mail["To"] = subject, "a@force.example"
        mail.set_content(body)
        sent.append(RawMessage("1", "from@force.example", ["a@force.example"], mail.as_string()))

    told, again = take_letters(), take_letters()
    sent.extend(before)

    kinds = [(alert.kind, alert.what) for alert in sorted(told)]
    assert kinds == [("another letter", "Odd"), ("morning", "That: two"), ("morning", "This: one")]
    assert again == Counter()


def everybody(crowd, account):
    """Whoever follows, page after page."""
    found, cursor = [], ""
    while cursor is not None:
        fields = json.loads(crowd.people(account, "followers", "https://s.example", cursor).body())
        assert len(fields["accounts"]) <= PAGE
        found += fields["accounts"]
        cursor = fields["next"]
    return found


def test_everybody_who_follows_is_shown_once_and_some_go_and_come_each_month():
    story, clock = a_story(a_voice(followers=2_500)), [datetime(2027, 1, 5, tzinfo=UTC)]
    crowd = Crowd(story, lambda: clock[0])

    first = everybody(crowd, handle_of(1))
    clock[0] = datetime(2027, 2, 5, tzinfo=UTC)
    second = everybody(crowd, handle_of(1))

    first, second = ([each["id"] for each in every] for every in (first, second))
    assert len(first) == len(set(first)) == len(second) == 2_500
    assert len(set(second) - set(first)) == len(set(first) - set(second)) == turnover(2_500) == 50


def test_a_follower_says_what_anybody_on_the_sandbox_says_and_few_of_the_new_follow_thousands():
    story = a_story(a_voice(followers=2_500))
    crowd = Crowd(story, lambda: datetime(2027, 3, 5, tzinfo=UTC))

    told = everybody(crowd, handle_of(1))

    for number, fields in enumerate(told, 2 * turnover(2_500)):
        following = 9_000 if stands_out(number, 2_500) else 120
        name = f"f1-{number}"
        usual = Neighbour(name, name, "Somebody Nearby", "Walks a dog.", following, 90, 40)
        assert fields == usual.as_fields("https://s.example")
    assert len([each for each in told if each["following"] == 9_000]) == 4


def test_nobody_hears_what_has_not_been_said_yet_and_the_newest_comes_first():
    remarks = [replace(a_remark(9, minute=n), number=n) for n in range(5)]
    now = remarks[3].at + timedelta(seconds=1)
    crowd = Crowd(a_story(remarks=remarks), lambda: now)

    told = crowd.remarks(handle_of(1), remarks[1].at.isoformat(), "https://s.example", "").fields

    assert [each["id"] for each in told["mentions"]] == ["m3", "m2", "m1"]


def test_keys_last_the_whole_year():
    tokens = Tokens(lambda: datetime(2027, 1, 1, tzinfo=UTC))
    told = tokens.sign_in({"identifier": "@hood001", "password": "any"}).fields

    assert tokens.account_of(str(told["token"])) == "@hood001"
    assert tokens.account_of("another") is None


def test_memory_is_that_of_a_process_and_all_it_started_and_none_of_one_that_ended():
    alone = memory_of(os.getpid())
    held = "x = b'x' * 50_000_000; print(flush=True); input()"
    with Popen([sys.executable, "-c", held], stdin=PIPE, stdout=PIPE) as child:
        child.stdout.readline()
        together, below = memory_of(os.getpid()), memory_of(child.pid)
        child.communicate(b"\n")

    assert 50_000_000 < below < together
    assert together > alone + 25_000_000
    assert memory_of(child.pid) == 0


def test_without_the_tool_a_database_needs_one_is_told_how_to_name_another(monkeypatch, capsys):
    def start(**_):
        raise MissingToolError("No Rust here.")

    monkeypatch.setattr(Stack, "start", start)
    monkeypatch.setattr(sys, "argv", ["make year", "--accounts=3", "--mentions=9", "--months=1"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == NOT_LIVED
    assert "No Rust here. Or name another database: --database" in capsys.readouterr().err
