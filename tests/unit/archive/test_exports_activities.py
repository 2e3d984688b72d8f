"""Public posts as Activity Streams 2.0: what was said, changed and taken away; nobody of ours."""

import json
import re
from datetime import timedelta

import pytest

from archive.exporting.export_activities import PUBLIC, READ, export_activities
from archive.reading.choose_records import Wanted, chosen
from shared.posts.acts import Happened
from shared.posts.correction import Correction
from shared.posts.exception_found import Noticed
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from tests.builders import a_picture
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import SEPTEMBER, Archived, close, on
from tests.unit.archive.handed_over import handed_over

BEGUN = on(SEPTEMBER, 4)


def outbox_of(folder, reading, **how):
    def records():
        return chosen(reading, Wanted(types=READ))

    files = handed_over(folder, lambda parcel: export_activities(records, parcel, **how))
    return json.loads(files["outbox.json"])


def outbox_with(folder, acts, **how):
    world = Archived()
    made.tell(world, acts)
    close(world, SEPTEMBER)
    return outbox_of(folder, made.a_reading(objects=world.objects), **how)["orderedItems"]


@pytest.fixture(scope="module")
def outbox(tmp_path_factory):
    return outbox_of(tmp_path_factory.mktemp("o") / "o", made.a_reading())


def about(outbox, post):
    return [each for each in outbox["orderedItems"] if post in each["object"]["id"]]


def test_it_is_one_ordered_collection_of_what_the_public_could_see(outbox):
    assert outbox["@context"][0] == "https://www.w3.org/ns/activitystreams"
    assert outbox["type"] == "OrderedCollection"
    assert outbox["totalItems"] == len(outbox["orderedItems"])
    kinds = [each["type"] for each in outbox["orderedItems"]]
    assert kinds == ["Create", "Create", "Create", "Create", "Update", "Delete", "Create"]


def test_every_activity_has_what_the_vocabulary_asks_for_and_its_leaf(outbox):
    reading = made.a_reading()
    for each in outbox["orderedItems"]:
        assert {"actor", "id", "object", "published", "to", "type"} <= each.keys()
        assert each["to"] == [PUBLIC]
        assert each["actor"]["type"] == "Organization"
        assert re.fullmatch(r"tag:force\.example,\d{4}-\d\d-\d\d:leaf/\d+/[a-z]+", each["id"])
        record = next(chosen(reading, Wanted(leaves=frozenset({each["leafIndex"]}))))
        assert record.leaf_hash == each["leafHash"]
    ids = [each["id"] for each in outbox["orderedItems"]]
    assert len(set(ids)) == len(ids)


def test_a_post_is_created_with_its_words_as_text_its_address_and_its_account(outbox):
    [create] = about(outbox, made.OTHER)

    note = create["object"]
    assert (note["type"], note["content"]) == ("Note", "<p>A lost dog was found.</p>")
    assert note["url"] == f"https://social.example/@riverside/{made.OTHER}"
    assert note["attributedTo"]["name"] == "riverside"
    assert note["published"] == "2026-09-04T13:05:00Z"


def test_what_was_taken_away_is_a_tombstone_and_its_words_are_not_said_again(outbox):
    create, delete = about(outbox, made.WRONG)

    assert "content" not in create["object"]
    assert "attachment" not in create["object"]
    assert delete["type"] == "Delete"
    assert delete["object"] == {
        "deleted": "2026-10-05T12:00:03Z",
        "formerType": "Note",
        "id": create["object"]["id"],
        "type": "Tombstone",
    }
    assert "Rudyard" not in json.dumps(outbox)


def test_a_correction_answers_what_it_puts_right(outbox):
    [create] = about(outbox, made.CORRECTION)
    [wrong, _] = about(outbox, made.WRONG)

    assert create["object"]["inReplyTo"] == wrong["object"]["id"]


def test_words_changed_by_somebody_in_the_app_are_an_update_without_their_words(outbox):
    _, update = about(outbox, made.EDITED)

    assert update["type"] == "Update"
    assert "Hacked!" not in json.dumps(outbox)
    assert "with no act of ours" in update["object"]["summary"]


def test_nobody_of_ours_is_named_and_nothing_of_how_it_came_about_is_told(outbox):
    whole = json.dumps(outbox)

    for said in ("pc-okafor", "a-hughes", "payload_sha256", "Fine.", "flood", "useless", "C-17"):
        assert said not in whole


def test_words_are_escaped_because_readers_take_them_for_html(tmp_path):
    post = made.made(made.OTHER, "<script>x</script> & <b>\n\nNext\nline", BEGUN)

    [create] = outbox_with(tmp_path / "o", list(made.a_published_life(post, BEGUN)))

    assert create["object"]["content"] == (
        "<p>&lt;script&gt;x&lt;/script&gt; &amp; &lt;b&gt;</p><p>Next<br>line</p>"
    )


def test_pictures_are_there_with_the_words_for_who_cannot_see_them(tmp_path):
    post = made.made(made.OTHER, "Look.", BEGUN, media=(a_picture("A dog."),))

    [create] = outbox_with(tmp_path / "o", list(made.a_published_life(post, BEGUN)))

    [picture] = create["object"]["attachment"]
    assert picture == {"name": "A dog.", "sha256": "ab" * 32, "type": "Image"}


@pytest.mark.parametrize("place", ["sandbox", "viva-engage"])
def test_what_was_never_public_is_not_in_it(tmp_path, place):
    post = made.made(made.OTHER, "For us.", BEGUN, platform=place)
    acts = list(made.a_published_life(post, BEGUN, place))

    assert outbox_with(tmp_path / "o", acts) == []
    assert len(outbox_with(tmp_path / "p", acts, every_platform=True)) == 1


def test_each_part_of_a_thread_is_a_note_of_its_own(tmp_path):
    post = made.made(made.OTHER, "One.", BEGUN)
    acts = [
        *list(made.a_published_life(post, BEGUN))[:6],
        made.sent(post, BEGUN + timedelta(minutes=9), "Two.", place="mastodon#2"),
    ]

    first, second = outbox_with(tmp_path / "o", acts)

    assert second["object"]["content"] == "<p>Two.</p>"
    assert first["object"]["id"].endswith("@v1/mastodon")
    assert second["object"]["id"].endswith("@v1/mastodon%232")


def test_in_a_feed_what_was_wrong_is_an_update_of_the_post_that_was_wrong(tmp_path):
    wrong = made.made(made.WRONG, "Wrong.", BEGUN, platform="feed")
    right = made.made(
        *(made.CORRECTION, made.RIGHT, BEGUN + timedelta(hours=1)),
        platform="feed",
        correction=Correction(made.WRONG, 1, "All of it."),
    )
    acts = [
        *made.a_published_life(wrong, BEGUN, "feed"),
        *made.a_published_life(right, right.submitted_at, "feed"),
    ]

    create, correction, update = outbox_with(tmp_path / "o", acts)

    assert correction["object"]["inReplyTo"] == create["object"]["id"] == update["object"]["id"]
    assert (update["type"], "struck out" in update["object"]["summary"]) == ("Update", True)


def test_what_a_person_says_is_there_is_there_with_the_words_that_were_sent_in(tmp_path):
    post = made.made(made.OTHER, "Posted by hand.", BEGUN)
    said = {"decision": "sent", "reason": "I saw it.", "url": "https://social.example/9"}
    concluded = {"outcomes": {made.PLATFORM: "uncertain"}}
    acts = [
        *list(made.a_published_life(post, BEGUN))[:5],
        act_on(post, Happened.CONCLUDED, BEGUN + timedelta(hours=1), concluded),
        act_on(post, Happened.SETTLED, BEGUN + timedelta(hours=2), said, target=made.PLATFORM),
    ]

    [create] = outbox_with(tmp_path / "o", acts)

    assert create["object"]["content"] == "<p>Posted by hand.</p>"
    assert create["object"]["url"] == "https://social.example/9"
    assert "I saw it" not in json.dumps(create)


@pytest.mark.parametrize(
    ("cause", "kinds"),
    [("ours", ["Create", "Delete"]), ("platform", ["Create", "Delete"]), ("mistaken", ["Create"])],
)
def test_what_is_found_gone_is_a_delete_once_somebody_says_how_that_came_about(
    tmp_path, cause, kinds
):
    post = made.made(made.OTHER, "Gone.", BEGUN)
    said = {"cause": cause, "change": "gone", "place": made.PLATFORM, "post": f"{made.OTHER}-1"}
    name = f"exception:{made.OTHER}-1"
    closed = (Noticed.CLOSED.value, "riverside", name, BEGUN + timedelta(days=1), "p", None, cause)

    acts = [*made.a_published_life(post, BEGUN), Act(*closed, said)]

    assert [each["type"] for each in outbox_with(tmp_path / "o", acts)] == kinds


@pytest.mark.parametrize(
    ("place", "url"),
    [("x/../y", "javascript:alert(1)"), ("bluesky#x", "data:x"), ("A" * 99, "//x")],
)
def test_places_and_addresses_that_are_none_are_left_out(tmp_path, place, url):
    post = made.made(made.OTHER, "Hm.", BEGUN)
    odd = made.sent(post, BEGUN, place=place)
    bad = made.sent(post, BEGUN)
    bad = type(bad)(**{**vars(bad), "payload": {**bad.payload, "url": url}})

    [create] = outbox_with(tmp_path / "o", [odd, bad])

    assert "url" not in create["object"]
