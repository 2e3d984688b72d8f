"""A second reader at the door: its doubts reach a person, its failures stop nothing."""

import pytest

from moderate.check_policy import check_policy
from shared.accounts.registry import ApprovalMode, Level
from shared.policy.second import (
    GarbledReadingError,
    NoSecondReaderError,
    SecondReading,
    SlowSecondReaderError,
    Suspected,
)
from shared.posts.content import Variant
from shared.posts.life import State
from tests.builders import NOW, a_person, a_post, an_account
from tests.unit.fakes import Ledger
from tests.unit.policy.candidates import PACK

CLEAN = "The road is open again."
FLAGGED = "Look at example.com, the road is open again."
BLOCKED = "Open again! #a1 #b2 #c3 #d4 #e5 #f6"
RULE = "protective-marking"
DOUBT = Suspected(RULE, 0.8, 4, 8)


class Reader:
    """Reads as it was told, and notes what it was given."""

    def __init__(self, *suspected, error=None):
        self.suspected, self.error, self.given = suspected, error, []

    def read(self, candidate):
        self.given.append(candidate)
        if self.error:
            raise self.error
        return SecondReading("tiny 7", self.suspected)


def a_scene(post, **account):
    return Ledger().keep(post, an_account(**account), a_person())


def check(ledger, post, reader):
    return check_policy(
        post.post_id,
        1,
        posts=ledger.posts,
        snapshots=ledger.snapshots,
        pack=PACK,
        now=NOW,
        reader=reader,
    )


def test_a_doubt_of_the_second_reader_asks_a_person_and_the_person_is_told():
    post = a_post(CLEAN)
    ledger = a_scene(post)

    checked = check(ledger, post, Reader(DOUBT))

    kept = ledger.posts.get(post.post_id)
    [found] = kept.findings
    assert checked.outcome == "needs_approval"
    assert (found["rule"], found["severity"], found["start"]) == (RULE, "review", 4)
    assert kept.state is State.SUBMITTED, "only asking moves it"
    assert (kept.second_reader, kept.policy_version) == ("tiny 7", PACK.policy_version)


def test_a_doubt_is_on_record_before_anybody_is_asked():
    post = a_post(CLEAN)
    ledger = a_scene(post)

    check(ledger, post, Reader(DOUBT))

    [act] = ledger.acts
    assert act.type == "post.checked"
    assert act.payload["second_reader"] == "tiny 7"
    assert act.payload["policy_version"] == PACK.policy_version
    assert act.payload["rules"] == [RULE]


def test_a_clearance_names_the_reader_that_had_no_doubt():
    post = a_post(CLEAN)
    ledger = a_scene(post)

    assert check(ledger, post, Reader()).outcome == "clear"
    assert ledger.happened == ["post.cleared"]
    assert ledger.acts[0].payload["second_reader"] == "tiny 7"
    assert ledger.posts.get(post.post_id).second_reader == "tiny 7"


FAILURES = [
    (NoSecondReaderError(), "did not read, there is none"),
    (SlowSecondReaderError(), "did not read, it took too long"),
    (GarbledReadingError(), "did not read, its answer made no sense"),
]


@pytest.mark.parametrize(("error", "words"), FAILURES)
@pytest.mark.parametrize(
    ("text", "outcome", "leaf"),
    [(CLEAN, "clear", "post.cleared"), (FLAGGED, "needs_approval", "post.checked")],
)
def test_without_the_second_reader_a_post_goes_on_as_the_first_reader_says(
    error, words, text, outcome, leaf
):
    post = a_post(text)
    ledger = a_scene(post)

    checked = check(ledger, post, Reader(error=error))

    assert checked.outcome == outcome
    assert ledger.happened == [leaf]
    assert ledger.acts[0].payload["second_reader"] == words
    assert ledger.posts.get(post.post_id).second_reader == words


def test_the_words_are_not_in_what_is_logged(caplog):
    post = a_post(CLEAN)

    check(a_scene(post), post, Reader(error=SlowSecondReaderError("5 seconds")))

    assert "SlowSecondReaderError" in caplog.text
    assert CLEAN not in caplog.text


def test_a_blocked_post_stays_blocked_and_its_author_is_told_of_the_doubt_as_well():
    post = a_post(BLOCKED)
    ledger = a_scene(post)

    assert check(ledger, post, Reader(DOUBT)).outcome == "blocked"
    assert ledger.happened == ["post.blocked"]
    assert RULE in {found["rule"] for found in ledger.posts.get(post.post_id).findings}


def test_where_there_is_no_second_reader_nothing_is_said_of_one():
    post = a_post(CLEAN)
    ledger = a_scene(post)

    check(ledger, post, None)

    assert "second_reader" not in ledger.acts[0].payload
    assert ledger.posts.get(post.post_id).second_reader is None


def test_it_reads_the_words_with_their_circumstances():
    post, reader = a_post(CLEAN), Reader()

    check(a_scene(post, level=Level.LPT), post, reader)

    [given] = reader.given
    assert (given.text, given.author_role, given.account_level) == (CLEAN, "officer", "lpt")


@pytest.mark.parametrize("mode", [ApprovalMode.FLAGGED, ApprovalMode.ALWAYS])
def test_a_repeated_call_tells_the_same_and_reads_and_records_nothing_more(mode):
    post, reader = a_post(CLEAN), Reader(DOUBT)
    ledger = a_scene(post, approval_mode=mode)
    first = check(ledger, post, reader)
    acts = list(ledger.acts)

    assert check(ledger, post, Reader()) == first
    assert ledger.acts == acts
    assert len(reader.given) == 1


def test_a_doubt_about_the_centres_own_account_asks_a_second_person_of_the_centre():
    post = a_post(CLEAN)
    ledger = a_scene(post, approval_mode=ApprovalMode.NONE, level=Level.CORPORATE)

    assert check(ledger, post, Reader(DOUBT)).outcome == "needs_approval"
    assert ledger.posts.get(post.post_id).findings[0]["rule"] == RULE


def test_a_second_reader_reads_every_wording():
    other = "Look at the road, it is open."
    post = a_post(CLEAN, platforms=("sandbox", "x"), variants=(Variant("x", other),))
    ledger, reader = a_scene(post), Reader(DOUBT)

    check(ledger, post, reader)

    assert [candidate.text for candidate in reader.given] == [CLEAN, other]
    assert [candidate.platforms for candidate in reader.given] == [("sandbox",), ("x",)]
