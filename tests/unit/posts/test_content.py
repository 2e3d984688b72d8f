"""The hash clearance, approval and release speak of: it stands for everything that goes out."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.posts.content import (
    Card,
    Draft,
    Kind,
    Media,
    Variant,
    canonical_bytes,
    content_hash,
    said_on,
    wordings,
)
from tests.builders import NOW, a_draft, a_picture

A_DRAFT = a_draft(about="@moorshire", media=(a_picture(),), not_before=NOW, expires_at=NOW)

CHANGES = {
    "text": "The road is closed again.",
    "account": "another",
    "platforms": ("sandbox", "bluesky"),
    "kind": Kind.REPLY,
    "about": "@somebody",
    "language": "cy",
    "media": (),
    "not_before": NOW + timedelta(seconds=1),
    "expires_at": None,
    "embargo": True,
    "variants": (Variant("sandbox", "The A34 is open again."),),
    "card": Card("https://force.example/a34", "The A34 is open"),
    "thread": ("Thank you for your patience.",),
}
MEDIA_CHANGES = {
    "sha256": "cd" * 32,
    "content_type": "image/png",
    "alt": "A lorry across one lane.",
}


def test_no_field_was_forgotten_here():
    assert set(CHANGES) == {field.name for field in fields(Draft)}
    not_said = {"key", "credit", "unasked", "size", "milliseconds"}
    assert {*MEDIA_CHANGES, *not_said} == {field.name for field in fields(Media)}


@pytest.mark.parametrize("field", CHANGES)
def test_whatever_changes_the_hash_changes(field):
    changed = replace(A_DRAFT, **{field: CHANGES[field]})

    assert content_hash(changed) != content_hash(A_DRAFT)


@pytest.mark.parametrize("field", MEDIA_CHANGES)
def test_whatever_changes_about_a_picture_the_hash_changes(field):
    picture = replace(a_picture(), **{field: MEDIA_CHANGES[field]})

    assert content_hash(replace(A_DRAFT, media=(picture,))) != content_hash(A_DRAFT)


def test_where_a_picture_lies_does_not_matter_because_its_bytes_are_named():
    moved = replace(a_picture(), key="media/elsewhere")

    assert content_hash(replace(A_DRAFT, media=(moved,))) == content_hash(A_DRAFT)


def test_the_order_of_pictures_and_of_platforms_is_content():
    pictures = (a_picture("A lorry."), a_picture("A queue."))

    for field, value in (("media", pictures), ("platforms", ("bluesky", "x"))):
        one, other = (replace(A_DRAFT, **{field: v}) for v in (value, value[::-1]))
        assert content_hash(one) != content_hash(other)


@pytest.mark.parametrize(
    "text",
    ["Caf\u00e9 ", "Cafe\u0301", "Caf\u00e9\u200b", "Caf\u00e9\r\n", "Caf\u00e9\n", "CAF\u00c9"],
)
def test_words_that_look_alike_are_not_the_same_words(text):
    assert content_hash(a_draft(text)) != content_hash(a_draft("Caf\u00e9"))


def test_the_canonical_bytes_are_sorted_utf8_json_without_blanks():
    written = canonical_bytes(A_DRAFT).decode("utf-8")

    known = json.loads(written)
    assert written == json.dumps(known, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert known["not_before"] == "2026-11-20T09:00:00+00:00"
    assert content_hash(A_DRAFT) == hashlib.sha256(written.encode()).hexdigest()


def test_the_hash_of_a_known_post_never_changes():
    # Hashes are on record for years: a new way of writing would make old approvals void.
    draft = a_draft("Größe 👮🏽‍♀️", not_before=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))

    assert canonical_bytes(draft).decode() == (
        '{"about":null,"account":"riverside","expires_at":null,"kind":"original",'
        '"language":"en-GB","media":[],"not_before":"2026-11-20T09:00:00+00:00",'
        '"platforms":["sandbox"],"text":"Größe 👮🏽‍♀️"}'
    )


def test_an_embargo_is_content_and_its_absence_is_not_said():
    draft = a_draft(not_before=NOW)

    assert '"embargo":true' in canonical_bytes(replace(draft, embargo=True)).decode()
    assert b"embargo" not in canonical_bytes(draft)


texts = st.text(max_size=20)
drafts = st.builds(
    a_draft,
    texts,
    language=texts,
    about=st.none() | texts,
    kind=st.sampled_from(Kind),
    platforms=st.lists(texts, max_size=3).map(tuple),
    media=st.lists(st.builds(a_picture, texts), max_size=2).map(tuple),
    not_before=st.none() | st.datetimes(timezones=st.just(UTC)),
    embargo=st.booleans(),
)


@settings(max_examples=60)
@given(drafts, drafts)
def test_drafts_that_go_out_alike_have_one_hash_and_others_have_another(one, other):
    assert (content_hash(one) == content_hash(other)) == (one == other)


@settings(max_examples=30)
@given(drafts)
def test_a_hash_is_the_same_however_often_it_is_taken(draft):
    again = replace(draft, media=tuple(replace(m) for m in draft.media))

    assert content_hash(draft) == content_hash(again)
    assert len(content_hash(draft)) == 64


def test_one_moment_in_two_zones_is_two_contents_because_people_read_the_clock():
    summer = timezone(timedelta(hours=1))

    assert content_hash(a_draft(not_before=NOW)) != content_hash(
        a_draft(not_before=NOW.astimezone(summer))
    )


def test_a_platform_says_its_own_words_or_the_common_ones():
    draft = a_draft("Open.", platforms=("x", "sandbox"), variants=(Variant("x", "A34 open."),))

    assert said_on(draft, "x").text == "A34 open."
    assert said_on(draft, "sandbox").text == "Open."
    assert said_on(draft, "x").variants == ()


def test_every_text_that_would_stand_somewhere_is_a_wording():
    draft = a_draft(
        "Open.",
        platforms=("x", "sandbox", "bluesky"),
        variants=(Variant("x", "A34."), Variant("bluesky", "A34.")),
        card=Card("https://force.example/a34", "The A34", "Is open."),
    )

    assert wordings(draft) == (
        ("Open.", ("sandbox",)),
        ("A34.", ("x", "bluesky")),
        ("The A34\nIs open.\nhttps://force.example/a34", ()),
    )


def test_the_common_words_are_a_wording_even_where_no_platform_says_them():
    draft = a_draft("Open.", platforms=("x",), variants=(Variant("x", "A34."),))

    assert wordings(draft) == (("Open.", ()), ("A34.", ("x",)))


def test_the_order_of_variants_is_no_content():
    variants = Variant("x", "A."), Variant("bluesky", "B.")

    assert content_hash(a_draft(variants=variants)) == content_hash(
        a_draft(variants=variants[::-1])
    )
