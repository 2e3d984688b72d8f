"""The views of the copy: what is true of posts, approvals, deletions, as of a moment of the log."""

import re
from datetime import timedelta

import duckdb
import pytest

from archive.questions import views
from archive.questions.columns import COLUMNS
from archive.questions.engine import start
from archive.questions.errors import NoSuchViewError, TooLongError
from archive.questions.index import Index
from tests.unit.archive.copying import (
    ACCOUNT,
    HASH,
    MORNING,
    POST,
    SUBJECT,
    Told,
    a_post,
    deleted,
    lay_copy,
    published,
)


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def ask(told, tmp_path):
    """Asks what is true of what was told; `size` is how much of it was known."""
    opened = []

    def ask(question, **given):
        if not opened:
            opened.append(told.copied(tmp_path))
        size = given.pop("size", views.EVERYTHING)
        return opened[0].ask(question, given, size=size).as_dicts()

    yield ask
    for index in opened:
        index.__exit__(None, None, None)


class TestAVersionOfAPost:
    def test_has_its_words_its_author_and_where_it_stands(self, told, ask):
        index = a_post(told, urgency="prompt", platforms=["x", "facebook"], pictures=[{"alt": "A"}])
        published(told)

        [row] = ask("SELECT * FROM versions")

        assert (row["post_id"], row["version"], row["account_id"]) == (POST, 1, ACCOUNT)
        assert (row["written_by"], row["text"]) == ("p-officer", "The road is open.")
        assert row["written_at"] == MORNING.replace(tzinfo=None)
        assert (row["state"], row["content_hash"]) == ("published", HASH)
        assert (row["platforms"], row["pictures"]) == ('["x","facebook"]', 1)
        assert row["leaf_index"] == index
        assert row["leaf_hash"] == ask("SELECT leaf_hash FROM acts WHERE leaf_index = $i", i=index)[
            0
        ]["leaf_hash"]  # fmt: skip

    @pytest.mark.parametrize(
        ("kind", "said", "state"),
        [
            ("approval.asked", {}, "awaiting_approval"),
            ("approval.approved", {}, "cleared"),
            ("approval.returned", {}, "returned"),
            ("approval.rejected", {}, "rejected"),
            ("approval.edited", {}, "superseded"),
            ("post.blocked", {}, "blocked"),
            ("post.held", {}, "held"),
            ("post.reviewed", {"decision": "release"}, "cleared"),
            ("post.reviewed", {"decision": "return"}, "returned"),
            ("post.expired", {}, "expired"),
            ("post.withdrawn", {}, "withdrawn"),
            ("post.superseded", {}, "superseded"),
            ("post.refused", {"state": "partly_published"}, "partly_published"),
            ("post.refused", {}, "refused"),
            ("post.broken", {}, "failed"),
            ("post.author_untold", {}, "submitted"),
            ("post.checked", {}, "submitted"),
        ],
    )
    def test_stands_where_the_last_act_put_it(self, told, ask, kind, said, state):
        a_post(told)
        told.act(kind, SUBJECT, 60, **said)

        assert [row["state"] for row in ask("SELECT state FROM versions")] == [state]

    @pytest.mark.parametrize(
        ("outcomes", "state"),
        [
            ({"x": "sent", "bluesky": "sent"}, "published"),
            ({"x": "sent", "bluesky": "withdrawn"}, "published"),
            ({"x": "sent", "bluesky": "failed"}, "partly_published"),
            ({"x": "sent", "bluesky": "held"}, "partly_published"),
            ({"x": "failed", "bluesky": "failed"}, "failed"),
            ({"x": "sent", "bluesky": "uncertain"}, "uncertain"),
            ({"x": "pending"}, "uncertain"),
        ],
    )
    def test_ends_as_its_targets_did(self, told, ask, outcomes, state):
        a_post(told)
        told.act("post.concluded", SUBJECT, 60, outcomes=outcomes)

        assert ask("SELECT state FROM versions") == [{"state": state}]

    def test_that_was_blocked_again_at_the_door_is_one_version(self, told, ask):
        a_post(told)
        told.act("post.blocked", SUBJECT, 2, policy_version="2026-09", rules=["rumour"])

        assert ask("SELECT state, text FROM versions") == [
            {"state": "blocked", "text": "The road is open."}
        ]

    def test_entered_afterwards_was_published(self, told, ask):
        told.act("post.entered_afterwards", SUBJECT, text="By hand.", url="https://x.example/1")

        assert ask("SELECT state, text FROM posts") == [{"state": "published", "text": "By hand."}]


class TestAsOfADate:
    def test_what_came_later_is_not_known(self, told, ask):
        a_post(told)
        told.act("approval.asked", SUBJECT, 30, actor="bluelamp")
        size = len(told.leaves)
        told.act("approval.approved", SUBJECT, 90, actor="p-comms", way="queue")
        published(told, 120)

        assert ask("SELECT state FROM posts", size=size) == [{"state": "awaiting_approval"}]
        assert ask("SELECT * FROM approvals", size=size) == []
        assert ask("SELECT * FROM posts", size=0) == []
        assert ask("SELECT state FROM posts") == [{"state": "published"}]

    def test_an_index_and_a_text_with_its_views_before_it_say_the_same(self, told, ask):
        a_post(told)
        published(told)
        size = len(told.leaves) - 1

        for name in views.views():
            question = f"SELECT * FROM {name} ORDER BY leaf_index"  # noqa: S608
            assert ask(question, size=size) == ask(views.as_of(question, size)), name


class TestAPost:
    def test_is_what_its_newest_version_says(self, told, ask):
        a_post(told, text="The road is closed.")
        told.act("post.superseded", SUBJECT, 50)
        a_post(told, 50, version=2, text="The road is open.")

        [row] = ask("SELECT * FROM posts")

        assert (row["version"], row["text"], row["state"]) == (2, "The road is open.", "submitted")
        assert row["first_written_at"] == MORNING.replace(tzinfo=None)


class TestFindings:
    def test_are_rows_of_their_own_from_the_check_and_from_the_door(self, told, ask):
        found = [
            {"rule": rule, "severity": "review", "message": "Words.", "source": "C12"}
            for rule in ("rumour", "minor")
        ]
        index = a_post(told, findings=found)
        told.act("post.checked", SUBJECT, 3, policy_version="2026-10", rules=["rumour"])

        rows = ask("SELECT * FROM findings ORDER BY leaf_index, number")

        assert [(r["rule"], r["severity"], r["found_by"]) for r in rows] == [
            ("rumour", "review", "post.submitted"),
            ("minor", "review", "post.submitted"),
            ("rumour", None, "post.checked"),
        ]
        assert [r["leaf_index"] for r in rows] == [index, index, index + 1]


class TestApprovals:
    def test_tell_who_decided_about_whose_words_and_how_long_they_looked(self, told, ask):
        a_post(told)
        shown = (MORNING + timedelta(seconds=56)).isoformat()
        told.act("approval.approved", SUBJECT, 60, actor="p-comms", approver="p-comms",
                 way="link", shown_at=shown, content_hash=HASH, reason=None)  # fmt: skip
        told.act("approval.returned", SUBJECT, 90, actor="p-comms", way="queue", shown_at=None)

        rows = ask("SELECT * FROM approvals ORDER BY leaf_index")

        assert [(r["decision"], r["decided_by"], r["written_by"], r["seconds"]) for r in rows] == [
            ("approved", "p-comms", "p-officer", 4),
            ("returned", "p-comms", "p-officer", None),
        ]
        assert rows[0]["content_hash_written"] == rows[0]["content_hash"] == HASH


class TestPublications:
    def test_are_what_became_of_each_target(self, told, ask):
        a_post(told)
        published(told, platforms=("x", "bluesky"), bluesky="uncertain")
        told.act("publication.looked", f"{SUBJECT}/bluesky", 80, reason="It did not answer.")

        rows = ask("SELECT * FROM publications ORDER BY platform")

        assert [(r["platform"], r["state"], r["url"]) for r in rows] == [
            ("bluesky", "uncertain", None),
            ("x", "sent", "https://x.example/1"),
        ]
        assert rows[1]["text"] == "The road is open."

    @pytest.mark.parametrize(("decision", "state"), [("sent", "sent"), ("not_sent", "failed")])
    def test_that_a_person_settled_are_as_they_said(self, told, ask, decision, state):
        a_post(told)
        published(told, x="uncertain")
        told.act("publication.settled_by_person", f"{SUBJECT}/x", 900, decision=decision)

        assert ask("SELECT state FROM publications") == [{"state": state}]

    def test_of_a_thread_have_a_row_for_each_part(self, told, ask):
        a_post(told)
        for place in ("x", "x#2"):
            told.act("publication.claimed", f"{SUBJECT}/{place}", 9)

        rows = ask("SELECT subject, platform, state FROM publications ORDER BY subject")

        assert [(r["platform"], r["state"]) for r in rows] == [("x", "pending")] * 2


class TestActsOfOneMoment:
    """An id has milliseconds; of two acts within one, the log's order says nothing."""

    def test_what_was_sent_was_claimed_before(self, told, ask):
        a_post(told)
        told.act("publication.sent", f"{SUBJECT}/x", 9, url="https://x.example/1")
        told.act("publication.claimed", f"{SUBJECT}/x", 9, url=None)

        assert ask("SELECT state, leaf_index FROM publications") == [
            {"state": "sent", "leaf_index": 1}
        ]

    def test_what_was_asked_again_is_pending_again(self, told, ask):
        a_post(told)
        for after, step in enumerate(("claimed", "uncertain", "not_sent")):
            told.act(f"publication.{step}", f"{SUBJECT}/x", after)

        assert ask("SELECT state FROM publications") == [{"state": "pending"}]

    def test_what_was_cleared_was_submitted_before(self, told, ask):
        told.act("post.cleared", SUBJECT, 0, rules=[])
        a_post(told)

        assert ask("SELECT state FROM posts") == [{"state": "cleared"}]


class TestDeletions:
    def test_tell_the_ground_who_asked_who_agreed_and_what_was_kept(self, told, ask):
        deleted(told)

        [row] = ask("SELECT * FROM deletions")

        assert (row["ground"], row["why"], row["state"]) == ("illegal", "A name.", "removed")
        assert (row["asked_by"], row["decided_by"]) == ("p-officer", "p-comms")
        assert (row["evidence_kept"], row["removed"], row["proved"]) == (1, 1, 1)
        assert ask("SELECT state FROM publications") == [{"state": "withdrawn"}]

    def test_show_what_was_never_proved_and_what_still_stands(self, told, ask):
        deleted(told, proved=False, standing=["x"])

        [row] = ask("SELECT * FROM deletions")

        assert (row["state"], row["proved"]) == ("partly_removed", 0)


class TestTheRest:
    def test_a_correction_stands_beside_what_it_puts_right(self, told, ask):
        a_post(told, text="The road is closed.")
        told.act("post.submitted", f"post:{POST[:-1]}Z@v1", 600, text="Sorry, it is open.",
                 corrects={"post_id": POST, "version": 1, "wrong": "It was open.",
                           "complaint": "C/1", "closes_thread": True})  # fmt: skip

        [row] = ask("SELECT * FROM corrections")

        assert (row["text"], row["text_that_was_wrong"]) == (
            "Sorry, it is open.",
            "The road is closed.",
        )
        assert (row["wrong"], row["complaint"]) == ("It was open.", "C/1")

    def test_an_incident_has_a_beginning_and_an_end(self, told, ask):
        name = "incident:01I"
        told.act("incident.declared", name, account="north", scope="lpt", area="North",
                 why="A fire.", drill=False, exempt=[])  # fmt: skip
        told.act("incident.exempted", name, 10, drill=False, why="It may speak.", exempt=["force"])
        told.act("incident.told", name, 20, actor="bluelamp", drill=False, event="declared")
        size = len(told.leaves)
        told.act("incident.stood_down", name, 900, actor="p-comms", drill=False, why="It is out.")

        [before], [after] = (ask("SELECT * FROM incidents", size=s) for s in (size, size + 1))

        assert (before["why"], before["exempt"]) == ("A fire.", '["force"]')
        assert before["drill"] == "false"
        assert before["stood_down_at"] is None
        assert after["stood_down_by"] == "p-comms"

    def test_a_takedown_tells_the_rule_and_how_far_it_came(self, told, ask):
        same = {"asked_by": "p-officer", "comment": "77", "deed": "hide", "platform": "facebook"}
        for after, step in enumerate(("asked", "evidence_kept", "done", "proved", "told")):
            told.act(f"takedown.{step}", "takedown:01T", after, reason="offensive", **same)

        [row] = ask("SELECT * FROM takedowns")

        assert (row["rule"], row["state"], row["deed"]) == ("offensive", "proved", "hide")
        assert (row["platform"], row["evidence_kept"]) == ("facebook", 1)

    def test_an_account_has_the_owner_it_was_handed_to(self, told, ask):
        name = "account:riverside"
        told.act("account.requested", name, entry={"owner": "p-1", "title": "Riverside"})
        told.act("account.approved", name, 5, was="requested")
        told.act("account.activated", name, 9, was="approved")
        told.act("account.handed_over", name, 50, of="p-1", to="p-2")
        told.act("account.changed", name, 70, changed={"title": ["Riverside", "Riverside NPT"]})

        [row] = ask("SELECT * FROM accounts")

        assert (row["state"], row["owner"], row["title"]) == ("activated", "p-2", "Riverside NPT")

    def test_a_person_has_a_role_a_standing_and_what_they_were_taught(self, told, ask):
        name, nobody = "person:p-1", {"account": None}
        told.act("person.entered", name, role="officer", **nobody)
        told.act("person.trained", name, 5, topic="law", on="2026-10-01", **nobody)
        told.act("person.trained", name, 6, topic="tone", on="2026-10-01", **nobody)
        told.act("person.policy_accepted", name, 7, version="2026-09", **nobody)
        told.act("person.signed_in", name, 8, role="officer", status="active", **nobody)
        told.act("person.suspended", name, 9, why="asked", **nobody)

        [row] = ask("SELECT * FROM people")

        assert (row["person_id"], row["role"], row["state"]) == ("p-1", "officer", "suspended")
        assert (row["topics_taught"], row["policy_accepted"]) == (2, "2026-09")


def test_every_row_of_every_view_names_a_leaf(told, ask):
    a_post(told)

    for name in views.views():
        columns = ask(f"SELECT * FROM (DESCRIBE SELECT * FROM {name})")  # noqa: S608
        found = {row["column_name"] for row in columns}
        assert "leaf_index" in found, name
        assert {"leaf_hash", "month"} <= found or name == "steps", name


def test_an_older_copy_that_lacks_a_column_is_read_with_nulls(told, tmp_path):
    a_post(told)
    lay_copy(tmp_path, told.lines())
    old = tmp_path / "post" / "month=2026-09" / "part-0.parquet"
    old.parent.mkdir()
    kept = ", ".join(f'"{column.name}"' for column in COLUMNS if column.name != "text")
    engine = start(tmp_path)
    copied = f"COPY (SELECT {kept} FROM '{tmp_path}/post/*/*.parquet') TO $1"  # noqa: S608
    engine.execute(copied, [str(old)])

    with Index(tmp_path) as index:
        found = index.ask("SELECT month, text FROM acts ORDER BY month").rows

    assert found == (("2026-09", None), ("2026-10", "The road is open."))


class TestAQuestion:
    @pytest.mark.parametrize(
        "question",
        [
            "SELECT * FROM read_text('/etc/hostname')",
            "SELECT * FROM read_csv('../*.csv')",
            "COPY (SELECT 1) TO '/tmp/out.csv'",
            "ATTACH '/tmp/other.db'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET memory_limit = '9GB'",
            "SET enable_external_access = true",
            "RESET allowed_directories",
        ],
    )
    def test_cannot_leave_its_folder_nor_loosen_its_bounds(self, told, ask, question):
        a_post(told)
        with pytest.raises(duckdb.Error):
            ask(question)

    def test_that_takes_too_long_is_stopped_with_a_sentence(self, told, tmp_path):
        a_post(told)

        with told.copied(tmp_path) as index, pytest.raises(TooLongError, match="fewer months"):
            index.ask("SELECT count(*) FROM range(10_000_000) a, range(10_000_000) b", seconds=0.05)

    @pytest.mark.parametrize("seconds", [0.0, 1e-4, 1e-3, 1e-2])
    def test_that_is_stopped_before_it_has_begun_is_stopped_all_the_same(
        self, told, tmp_path, seconds
    ):
        a_post(told)

        with told.copied(tmp_path) as index, pytest.raises(TooLongError):
            index.ask("SELECT count(*) FROM range(10_000_000) a, range(10_000_000) b",
                      seconds=seconds)  # fmt: skip

    def test_after_one_that_was_stopped_is_answered(self, told, tmp_path):
        a_post(told)

        with told.copied(tmp_path) as index:
            with pytest.raises(TooLongError):
                index.ask("SELECT count(*) FROM range(10_000_000) a, range(10_000_000) b",
                          seconds=0.05)  # fmt: skip
            assert index.ask("SELECT count(*) FROM acts").rows == ((1,),)

    def test_is_given_values_that_stay_values(self, told, ask):
        a_post(told)

        assert ask("SELECT * FROM acts WHERE account_id = $a", a="x' OR '1'='1") == []

    def test_with_a_nested_regex_takes_no_time(self, told, ask):
        a_post(told, text="a" * 5_000 + "!")

        assert ask("SELECT * FROM acts WHERE regexp_like(text, '(a+)+$')") == []


def test_a_view_that_is_not_there_is_named():
    with pytest.raises(NoSuchViewError, match="no view “postz”"):
        views.view("postz")


def test_a_view_is_made_only_of_those_above_it():
    names = list(views.views())

    for number, (name, text) in enumerate(views.views().items()):
        read = set(re.findall(r"(?:FROM|JOIN) ([a-z]+)", text))
        assert read <= {*names[:number], "leaves"}, name
