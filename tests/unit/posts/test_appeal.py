"""An appeal has an owner, a last day and an end; it is closed when nothing of it is left open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shared.posts import appeal as appeals
from shared.posts.appeal import (
    Appeal,
    AppealState,
    Copy,
    Fate,
    Said,
    Settled,
    closed,
    day_words,
    extended,
    found,
    last_day,
    named_day,
    settled,
    with_copy,
    with_post,
)
from shared.posts.appeal_marks import MOST_MARKS, marks_of
from shared.posts.errors import InvalidDraftError
from shared.posts.names import AccountId, PersonId, PostId
from tests.builders import NOW, a_draft, a_picture

TODAY = date(2026, 11, 20)
OWNER = PersonId("pc-okafor")
OPEN = Appeal(PostId("01APPEAL"), AccountId("riverside"), OWNER, NOW, date(2026, 12, 18))
SAID = Said(OWNER, NOW, "Found, safe and well. Thank you.")
FOUND = found(OPEN, SAID)
GONE = Settled(Fate.GONE, OWNER, NOW, "Taken down by the group.")
HERE, THERE = "https://sandbox.example/1", "https://group.example/post/7"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Witnesses wanted until 5 December.", date(2026, 12, 5)),
        ("Tell us by Friday 4th of December 2026", date(2026, 12, 4)),
        ("The appeal ends on the 3rd January", date(2027, 1, 3)),
        ("It closes on Monday, 30 Nov", date(2026, 11, 30)),
        ("Call us until 31 November, or till 1 December.", date(2026, 12, 1)),
        ("Last seen on 5 December.", None),
        ("Missing since 18 November 2026.", None),
        ("Until 5 December 2031.", None),
        ("By 19 November 2026.", None),
        ("By 99 May.", None),
    ],
)
def test_an_appeal_lasts_until_the_day_its_words_name(text, day):
    assert named_day(text, TODAY) == day


def test_an_appeal_that_names_no_day_lasts_as_long_as_the_force_says():
    midnight = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)

    assert last_day(a_draft("Have you seen him?"), NOW, 28) == date(2026, 12, 18)
    assert last_day(a_draft("Until 5 December."), NOW, 28) == date(2026, 12, 5)
    assert last_day(a_draft("x", thread=("Until 5 December.",)), NOW, 28) == date(2026, 12, 5)
    assert last_day(a_draft("Until 5 May.", expires_at=midnight), NOW, 28) == date(2026, 12, 1)


def test_it_is_extended_with_a_reason():
    after = extended(OPEN, date(2027, 1, 5), "New pictures.", TODAY)

    assert after == replace(OPEN, ends_on=date(2027, 1, 5))


@pytest.mark.parametrize(
    ("until", "why", "field"),
    [
        (TODAY - timedelta(days=1), "New.", "until"),
        (TODAY + timedelta(days=367), "New.", "until"),
        (OPEN.ends_on, "New.", "until"),
        (TODAY, " ", "why"),
    ],
)
def test_it_is_not_extended_into_the_past_for_ever_or_without_a_reason(until, why, field):
    with pytest.raises(InvalidDraftError) as refused:
        extended(OPEN, until, why, TODAY)

    assert refused.value.field == field


def test_copies_and_posts_are_listed_once_and_not_without_end():
    copy = Copy(THERE, "A village group.", OWNER, NOW)
    one = with_post(with_copy(OPEN, copy), PostId("01OTHER"))
    full = replace(OPEN, copies=(copy,) * appeals.MOST_COPIES, added=("x",) * appeals.MOST_ADDED)

    assert one.copies == (copy,)
    assert one.added == ("01OTHER",)
    for again in (
        lambda: with_copy(one, copy),
        lambda: with_post(one, PostId("01OTHER")),
        lambda: with_post(one, OPEN.appeal_id),
        lambda: with_copy(full, replace(copy, address=HERE)),
        lambda: with_post(full, PostId("01OTHER")),
    ):
        with pytest.raises(InvalidDraftError):
            again()


def test_somebody_says_of_each_copy_what_became_of_it():
    listed = with_copy(FOUND, Copy(THERE, "", OWNER, NOW))

    both = settled(settled(listed, THERE, GONE, [HERE]), HERE, GONE, [HERE])

    assert [(each.address, each.ours) for each in both.copies] == [(THERE, False), (HERE, True)]
    assert all(each.settled == GONE for each in both.copies)
    for address, said in ((HERE, GONE), (THERE, replace(GONE, why=" "))):
        with pytest.raises(InvalidDraftError):
            settled(listed, address, said, [])


def test_closing_words_are_words():
    assert FOUND.state is AppealState.FOUND
    assert FOUND.found == SAID
    with pytest.raises(InvalidDraftError):
        found(OPEN, replace(SAID, words=" \n"))


def test_it_is_closed_when_nothing_of_it_is_left_open():
    listed = with_copy(FOUND, Copy(THERE, "", OWNER, NOW))
    done = settled(settled(listed, THERE, GONE, [HERE]), HERE, GONE, [HERE])
    why = Said(OWNER, NOW, "All home.")

    over = closed(done, why, [HERE], unsaid=False)

    assert (over.state, over.closed) == (AppealState.CLOSED, why)
    assert [each.address for each in over.copies] == [HERE]  # where others have it is forgotten
    for before, standing, unsaid in (
        (OPEN, [], False),
        (FOUND, [], True),
        (FOUND, [HERE], False),
        (listed, [], False),
    ):
        with pytest.raises(InvalidDraftError) as refused:
            closed(before, why, standing, unsaid=unsaid)
        assert refused.value.field == "why"


def test_days_are_told_in_words():
    assert day_words(TODAY) == "Friday 20 November 2026"


def test_posts_with_the_same_page_or_picture_have_a_mark_in_common():
    page = "https://www.force.example/appeals/2026/maisie/"
    same = marks_of(["force.example/appeals/2026/maisie"], ())

    assert marks_of([page, page], ()) == same
    assert marks_of(["https://force.example/a?case=7"], ()) == marks_of(
        ["http://FORCE.example/a/?case=7#top"], ()
    )
    assert marks_of([], (a_picture(),)) == marks_of([], (a_picture("Other words."),))
    assert len(marks_of([f"force.example/appeals/{n}" for n in range(50)], ())) == MOST_MARKS


@pytest.mark.parametrize(
    "address", ["https://force.example", "force.example/contact", "https://[::1/a/b", ""]
)
def test_a_link_that_everybody_has_marks_nothing(address):
    assert marks_of([address], ()) == ()
