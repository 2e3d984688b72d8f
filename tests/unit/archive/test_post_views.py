"""The life of a post on a page: how each version stands, leaf by leaf, and what is not on it."""

from dataclasses import replace
from datetime import timedelta

from archive.auditing.post_life import Lived
from archive.auditing.post_views import LEAVES, MOST_FINDINGS, SEALED_WORDS, life_view, look_view
from shared.months.month import Month
from shared.months.question import Question
from shared.posts.names import PersonId, QuestionId
from shared.records.listing import cursor_behind
from tests.builders import NOW

POST = "01K0000000000000000000000B"
OCTOBER = Month(2026, 10)
QUESTION = Question(
    question_id=QuestionId("01K0000000000000000000000Q"),
    asks={"question": "search", "post": POST},
    first=OCTOBER,
    last=OCTOBER.next,
    read=((OCTOBER, "a" * 64),),
    missing=(),
    size=99,
    total=9,
    sha256="b" * 64,
    asked_by=PersonId("p-auditor"),
    asked_at=NOW,
)
SENT_IN = Lived(
    leaf_index=7,
    leaf_hash="c" * 64,
    leaf_id="01K0000000000000000000000L",
    type="post.submitted",
    at=NOW,
    subject=f"post:{POST}@v1",
    post_id=POST,
    version=1,
    platform=None,
    actor="p-officer",
    approver=None,
    reason=None,
    text="The road is closed.",
    payload={"text": "The road is closed."},
)


def at_target(index, kind, **changes):
    place = f"post:{POST}@v1/mastodon"
    return replace(
        SENT_IN, leaf_index=index, type=kind, subject=place, platform="mastodon", text=None,
        payload={}, **changes,
    )  # fmt: skip


def shown(*life, after=None, question=QUESTION, latest=OCTOBER.next):
    return life_view(POST, question, life, after=after, latest=latest, name=str.upper)


def fact(view, name):
    return next((each.lines for each in view.facts if each.name == name), None)


def said(row):
    return {each.name: each.lines[0] for each in row.facts}


def test_a_version_has_its_words_who_wrote_them_and_how_each_target_stands():
    life = (SENT_IN, at_target(9, "publication.sent", at=NOW + timedelta(minutes=1)))

    words, by, stands = fact(shown(*life), "Version 1")

    assert words == "The road is closed."
    assert by.startswith("By P-OFFICER, ")
    assert stands == "mastodon: published (leaf 9)"


def test_of_one_millisecond_sending_began_before_it_was_published_whatever_the_log_says():
    sent, began = at_target(8, "publication.sent"), at_target(9, "publication.claimed")

    assert fact(shown(SENT_IN, sent, began), "Version 1")[-1] == "mastodon: published (leaf 8)"


def test_a_version_whose_words_are_not_in_these_months_says_so():
    assert fact(shown(at_target(8, "publication.sent")), "Version 1")[0].startswith(
        "Sent in before"
    )


def test_every_leaf_says_what_happened_who_did_it_and_leads_to_its_proof():
    approved = replace(
        SENT_IN, leaf_index=8, type="approval.approved", approver="p-b", reason="Fine.", text=None
    )

    [row] = shown(approved).rows

    assert row.title == "Approved"
    assert said(row)["By"].startswith("P-OFFICER, ")
    assert (said(row)["Approved by"], said(row)["Reason"]) == ("P-B", "Fine.")
    assert [way.address for way in row.ways] == ["/audit/proofs/new?leaf=8"]


def test_findings_stand_there_and_what_is_sealed_does_not():
    findings = [{"rule": f"rule_{number}", "message": "Do."} for number in range(9)]
    payload = {"findings": findings, "sealed": {"ciphertext": "abc"}, "url": "https://x.example"}

    [row] = shown(replace(SENT_IN, payload=payload)).rows

    assert [f.lines[0] for f in row.facts if f.name == "Finding"] == [
        f"rule_{number}: Do." for number in range(MOST_FINDINGS)
    ]
    assert said(row)["Sealed"] == SEALED_WORDS
    assert said(row)["url"] == "https://x.example"
    assert "abc" not in repr(row)


def test_what_speaks_of_the_post_names_what_it_is_about():
    deletion = replace(
        SENT_IN, type="deletion.asked", subject="deletion:01D", post_id=None, version=None
    )

    [row] = shown(deletion).rows

    assert said(row)["About"] == "deletion:01D"
    assert "Version" not in said(row)


def test_a_long_life_goes_on_behind_the_last_leaf():
    life = [replace(SENT_IN, leaf_index=number) for number in range(LEAVES + 2)]

    first, second = shown(*life), shown(*life, after=LEAVES - 1)

    assert [row.leaf_index for row in first.rows] == list(range(LEAVES))
    assert first.next_address.endswith(f"&cursor={cursor_behind(str(LEAVES - 1))}")
    assert [row.leaf_index for row in second.rows] == [LEAVES, LEAVES + 1]
    assert second.next_address is None


def test_what_the_page_does_not_hold_is_said():
    gaps = replace(QUESTION, missing=(OCTOBER.next,), disposed=(OCTOBER,))

    notice = shown(SENT_IN, question=gaps, latest=Month(2029, 1)).notice

    assert "What was logged after 2026-11 is not on this page" in notice
    assert "Not sealed, and so not read: 2026-11." in notice
    assert "Disposed of, and so not read: 2026-10." in notice
    assert shown(SENT_IN).notice == ""


def test_before_anybody_looked_there_is_a_button_and_nothing_else():
    view = look_view(POST)

    assert (view.facts, view.history) == ((), ())
    assert view.forms[0].address == f"/audit/posts/{POST}"
