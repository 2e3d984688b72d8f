"""A post that is due after its keys end carries advice, and nothing else changes."""

from datetime import timedelta

import pytest

from shared.policy.keys_end import with_ending_keys
from shared.policy.verdict import Severity, Verdict
from shared.posts.localtime import day_text
from shared.posts.names import PlatformName
from tests.builders import NOW, a_draft

X, LINKEDIN = PlatformName("x"), PlatformName("linkedin")
CLEAR = Verdict((), "1+abc")
END = NOW + timedelta(days=3)
DAY = timedelta(days=1)


def on(due, ends, platforms=(X, LINKEDIN)):
    return with_ending_keys(CLEAR, a_draft(not_before=due, platforms=platforms), ends)


@pytest.mark.parametrize(
    ("due", "ends"),
    [
        (None, {X: END}),
        (END - DAY, {X: END}),
        (END + DAY, {}),
        (END + DAY, {PlatformName("mastodon"): END}),
    ],
)
def test_keys_that_last_until_then_or_are_not_known_to_end_are_not_spoken_of(due, ends):
    assert on(due, ends) is CLEAR


def test_a_post_that_is_due_later_is_advised_of_and_stays_clear():
    verdict = on(END, {X: END, LINKEDIN: END + 9 * DAY})

    [found] = verdict.findings
    assert found.severity is Severity.ADVISE
    assert verdict.outcome == "clear"
    assert f"X on {day_text(END)}" in found.message
    assert "LinkedIn" not in found.message
