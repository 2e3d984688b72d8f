"""A month in the life of a force, sealed and copied: the views say what the tables say."""

import json
from datetime import time

import pytest

from archive.questions.answer import answer, asked_fixed
from archive.questions.index import Index
from archive.questions.pack import pack
from local.force import AUDITOR
from local.million.lines import lines
from shared.months.lines import read_line, type_of
from shared.months.month import month_of
from shared.posts.life import State
from shared.posts.names import PostId
from shared.recordlog.tree import leaf_hash as hashed
from tests.workflows.archiving import Archive
from tests.workflows.deleting import a_published, asked, carried_out, decided
from tests.workflows.force import WATCHED, a_force, clock_at

pytestmark = pytest.mark.timeout(400)  # a month is lived before the first test

OPTIONAL = {"pictures"}
"""What a post may have and those below have not."""

HASHTAGS = "Too many. #one #two #three #four #five"


def live(force):
    """Posts that end in every usual way; the words of one of them."""
    force.until(force.submit("The road at Rudyard is open again."), State.PUBLISHED)
    approved = force.submit("Come and meet us at the market on Friday.", account=WATCHED)
    force.decide(approved, "approve")
    force.until(approved, State.PUBLISHED)
    for choice in ("return", "reject"):
        post_id = force.submit(f"We would like to {choice} this one.", account=WATCHED)
        force.decide(post_id, choice, reason="Say where.")
        force.until(post_id)
    blocked = {"text": HASHTAGS, "account": WATCHED, "platforms": ["sandbox"]}
    assert force.officer.post_json("/v1/posts", blocked).status == 422
    wrong = a_published(force, "The witness lives in Mill Street.")
    deletion = asked(force, wrong)
    decided(force, deletion)
    carried_out(force, deletion)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The force, the archive, and the copy of its month in a folder, opened."""
    with a_force(clock=clock_at(time(10))) as force:
        live(force)
        archive = Archive(force.stack)
        archive.sequence()
        month = month_of(force.stack.clock.now())
        archive.pass_month()
        archive.night()
        said = force.stack.call("CopyMonths", {})
        assert said == {"copied": [str(month)]}
        folder = tmp_path_factory.mktemp("copy")
        bucket = force.stack.environment("CopyMonths")["ARCHIVE_INDEX_BUCKET"]
        pages = archive.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        for entry in (each for page in pages for each in page.get("Contents", ())):
            if f"/month={month}/" in entry["Key"]:
                path = folder / entry["Key"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(
                    archive.s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
                )
        with Index(folder) as index:
            yield force, archive, index, month


def test_every_post_stands_where_the_tables_say_it_stands(copied):
    force, _, index, _ = copied

    found = index.ask("SELECT * FROM posts").as_dicts()

    assert len(found) == 6
    for row in found:
        post = force.posts.get(PostId(row["post_id"]))
        assert (row["state"], row["version"]) == (post.state.value, post.version)
        assert (row["text"], row["written_by"]) == (post.draft.text, post.author)
        assert (row["content_hash"], row["account_id"]) == (post.content_hash, post.draft.account)


def test_every_target_is_what_the_tables_say_it_is(copied):
    force, _, index, _ = copied

    found = index.ask("SELECT * FROM publications").as_dicts()

    assert len(found) == 3
    for row in found:
        kept = force.publication(PostId(row["post_id"]))
        assert row["state"] == kept.state.value
        assert row["platform_id"] == kept.receipt.platform_id
        assert row["text"] == kept.receipt.text


def test_who_decided_about_whose_words_is_there_and_how_long_they_looked(copied):
    _, _, index, _ = copied

    rows = index.ask("SELECT * FROM approvals ORDER BY leaf_index").as_dicts()

    assert [row["decision"] for row in rows] == ["approved", "returned", "rejected"]
    assert {row["written_by"] for row in rows} == {"p-officer"}
    assert all(row["decided_by"] != row["written_by"] for row in rows)
    assert all(row["content_hash"] == row["content_hash_written"] for row in rows)
    assert [row["words"] for row in rows] == [None, "Say where.", "Say where."]


def test_a_deletion_shows_what_was_kept_and_proved_before_it_was_over(copied):
    _, _, index, _ = copied

    [row] = index.ask("SELECT * FROM deletions").as_dicts()

    assert (row["state"], row["ground"]) == ("removed", "prejudicial")
    assert (row["evidence_kept"], row["removed"], row["proved"]) == (1, 1, 1)
    assert row["asked_by"] != row["decided_by"]


def test_every_rule_that_was_found_is_a_row(copied):
    _, _, index, _ = copied

    rows = index.ask("SELECT rule, severity FROM findings WHERE severity = 'block'").rows

    assert ("too-many-hashtags", "block") in rows


def test_fixed_questions_find_that_a_robot_decides_and_nobody_was_taught_and_no_more(copied):
    _, _, index, month = copied

    def found(**given):
        for name, question in pack().items():
            typed = given if name == "quick_approvals" else {}
            asked = asked_fixed(question, month.begins, month.ends, typed)
            if answer(index, asked).total:
                yield name

    # The robot reads for three seconds, on a busy machine for longer.
    assert {*found(seconds="3600")} == {"quick_approvals", "untrained_authors"}
    assert {*found(seconds="2")} == {"untrained_authors"}


def test_every_row_leads_to_its_leaf_in_the_live_log(copied):
    _, archive, index, month = copied
    log = archive.log()

    rows = index.ask("SELECT leaf_index, leaf_hash FROM acts ORDER BY leaf_index").rows

    assert [place for place, _ in rows] == list(range(archive.sealed(month).end.size))
    for place, leaf_hash in rows:
        assert hashed(log.entry(place)).hex() == leaf_hash


def test_whoever_audits_asks_the_month_over_http_and_gets_its_very_leaves(copied):
    force, _, index, month = copied
    said = {"from": str(month), "to": str(month), "account": WATCHED}

    heard = force.caller(AUDITOR.person_id).post_json("/v1/audit/records", said)

    wanted = "SELECT leaf_index, leaf_hash FROM versions WHERE account_id = $account"
    rows = index.ask(f"{wanted} ORDER BY leaf_index", {"account": WATCHED}).rows
    assert heard.status == 201, heard.text
    assert [(row["leaf_index"], row["leaf_hash"]) for row in heard.json()["rows"]] == list(rows)
    assert len(rows) == 4


def test_a_month_that_has_its_copy_is_not_copied_again(copied):
    force, _, _, _ = copied

    assert force.stack.call("CopyMonths", {}) == {"copied": []}


def test_the_million_that_is_measured_with_is_drawn_like_what_really_happens(copied):
    _, _, index, _ = copied
    real, drawn = {}, {}
    for kind, payload in index.ask("SELECT type, payload FROM acts").rows:
        real.setdefault(kind, set()).update(json.loads(payload))
    for line in lines(20_000):
        kind = type_of(line)
        drawn.setdefault(kind, set()).update(json.loads(read_line(line).payload))

    both = real.keys() & drawn.keys()

    assert both >= {"post.submitted", "post.cleared", "approval.approved", "publication.sent",
                    "post.concluded", "deletion.evidence_kept", "deletion.concluded"}  # fmt: skip
    for kind in both:
        assert drawn[kind] - OPTIONAL == real[kind] - OPTIONAL, kind
