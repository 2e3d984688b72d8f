"""The whole life of a post, from sealed months: everything about it, nothing else, and every answer
says where it comes from."""

import json
from collections import Counter

import pytest

from archive.reading.find_leaf import NoLeafError, find_leaf
from archive.reading.find_life import BadPostNameError, NoLifeError, find_life, post_named
from shared.posts.names import LeafId
from shared.recordlog.leaf import Act
from shared.recordlog.tree import leaf_hash
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import NOVEMBER, OCTOBER, SEPTEMBER, Archived, close, on

SAID = [
    *("post.submitted", "approval.asked", "approval.approved", "post.released"),
    *("publication.claimed", "publication.sent", "post.concluded"),
]
DELETED = [
    *("deletion.asked", "deletion.approved", "deletion.evidence_kept"),
    *("publication.withdrawn", "deletion.proved", "deletion.concluded"),
]


@pytest.fixture(scope="module")
def reading():
    return made.a_reading()


def types(life):
    return [each.envelope.type for each in life.records]


def test_a_life_is_every_leaf_about_a_post_with_its_correction_its_deletion_and_its_note(reading):
    life = find_life(made.WRONG, reading)

    assert types(life) == [*SAID, *SAID, *DELETED, *SAID]
    about = Counter(each.envelope.subject.split("@")[0].split("/")[0] for each in life.records)
    assert about == {
        f"post:{made.WRONG}": 10,
        f"post:{made.CORRECTION}": 7,
        f"post:{made.NOTE}": 7,
        f"deletion:{made.DELETION}": 3,
    }


def test_a_life_holds_what_was_changed_in_the_app_and_that_people_were_told(reading):
    life = find_life(made.EDITED, reading)

    assert types(life) == [*SAID, "exception.found", "exception.told", "exception.closed"]


def test_nothing_of_another_post_is_in_it(reading):
    assert types(find_life(made.OTHER, reading)) == SAID


def test_a_correction_does_not_bring_the_life_of_what_it_puts_right(reading):
    assert types(find_life(made.CORRECTION, reading)) == SAID


def test_of_posts_that_are_deleted_together_each_has_its_own_targets():
    world, begun = Archived(), on(SEPTEMBER, 4)
    first, second = (made.made(each, each, begun) for each in (made.an_id(11), made.an_id(12)))
    deletion = made.a_deletion(first, begun)
    both = {"posts": [f"post:{each.post_id}@v1" for each in (first, second)]}
    asked = Act(
        *("deletion.asked", None, f"deletion:{deletion.deletion_id}", begun),
        *(made.AUTHOR, None, None, both),
    )
    targets = [act for each in (first, second) for act in made.deletion_acts(each, begun)]
    made.tell(world, [asked, *(act for act in targets if act.subject.startswith("post:"))])
    close(world, SEPTEMBER)

    life = find_life(first.post_id, made.a_reading(objects=world.objects))

    assert types(life) == ["deletion.asked", *DELETED[2:5]]
    assert all(second.post_id not in each.envelope.subject for each in life.records)


def test_the_erasure_of_what_was_sealed_in_a_leaf_of_it_belongs_to_its_life():
    world, begun, post = Archived(), on(SEPTEMBER, 4), made.an_id(21)
    seen = Act(
        *("mention.kept", "riverside", "mention:1", begun, "bluelamp", None, None),
        {"post": f"{post}-1"},
        {"text": "I live there."},
    )
    made.tell(world, [seen])
    [leaf_id] = world.rows
    world.rows[leaf_id] = type(world.rows[leaf_id])(world.rows[leaf_id].payload, None)
    done = ("erasure.done", None, f"leaf:{leaf_id}", begun, "p-1", "p-2", "objection", {})
    made.tell(world, [Act(*done)])
    close(world, SEPTEMBER)

    first, second = find_life(post, made.a_reading(objects=world.objects)).records

    assert (first.is_sealed, first.is_erased, second.is_sealed) == (True, True, False)
    assert second.envelope.type == "erasure.done"
    assert first.as_json()["salt"] is None


def test_it_says_how_every_target_stands_and_by_which_leaf(reading):
    [version] = find_life(made.WRONG, reading).versions

    stands, record = version.places()["mastodon"]
    assert (stands, record.envelope.type) == ("taken away, and proved", "deletion.proved")
    assert version.words.payload["text"] == made.WORDS


def test_every_record_of_an_answer_carries_the_index_and_hash_it_has_in_the_log(reading):
    answer = json.loads(find_life(made.WRONG, reading).answer)

    indexes = [each["leaf_index"] for each in answer["records"]]
    assert indexes == sorted(set(indexes))
    for each in answer["records"]:
        entry = reading.holding(each["leaf_index"]).envelope(each["leaf_index"])
        assert each["leaf_hash"] == leaf_hash(entry).hex()
        assert each["envelope"] == json.loads(entry)


def test_an_answer_names_the_months_it_was_read_from_and_their_bags(reading):
    read = json.loads(find_life(made.WRONG, reading).answer)["read"]

    assert [each["month"] for each in read["months"]] == ["2026-09", "2026-10"]
    assert [each["bag"] for each in read["months"]] == [b.sealed.bag for b in reading.bags]
    assert (read["missing"], read["keys_given"]) == ([], True)
    assert made.a_reading(keys=None).as_json()["keys_given"] is False


def test_the_same_question_of_the_same_months_has_the_same_answer_to_the_byte(reading):
    again = find_life(made.WRONG, made.a_reading())

    assert again.answer == find_life(made.WRONG, reading).answer
    assert again.sha256 == find_life(made.WRONG, reading).sha256


def test_of_fewer_months_it_is_shorter_and_says_so():
    bags = made.bags_of()
    september = find_life(made.WRONG, bags.between(last=SEPTEMBER))

    assert types(september) == SAID
    assert len(september.reading.bags) == 1
    assert types(find_life(made.WRONG, bags.between(first=OCTOBER)))[:7] == SAID


def test_a_month_that_is_missing_between_two_is_told():
    world = made.archive_with_november()
    objects = {path: data for path, data in world.objects.items() if "2026-10" not in path}

    reading = made.a_reading(objects=objects)

    assert [str(each) for each in reading.missing] == ["2026-10"]
    assert reading.as_json()["missing"] == ["2026-10"]
    assert reading.bags[-1].month == NOVEMBER


@pytest.mark.parametrize(
    "name",
    [made.WRONG, f"post:{made.WRONG}@v1", f"{made.WRONG}-1", f" post:{made.WRONG}@v12/bluesky#2\n"],
)
def test_a_post_is_known_by_its_id_or_a_version_of_it(name):
    assert post_named(name) == made.WRONG


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "1",
            "the post",
            made.WRONG[:-1],
            f"{made.WRONG}0",
            made.WRONG.lower(),
            "../etc/passwd",
        ),
        *(
            f"{made.WRONG}@v0",
            f"{made.WRONG}' OR 1=1",
            "%" * 26,
            "8" + made.WRONG[1:],
            "(a+)+" * 99,
        ),
        *(f"{made.WRONG}\x00", f"deletion:{made.WRONG}", "٠" * 26, "O" * 26),
    ],
)
def test_what_names_no_post_is_refused_in_a_sentence(name):
    with pytest.raises(BadPostNameError, match="names no post"):
        post_named(name)


def test_a_post_that_nothing_speaks_of_is_told_apart_from_one_that_is_empty(reading):
    with pytest.raises(NoLifeError, match=made.an_id(999)):
        find_life(made.an_id(999), reading)


def test_a_leaf_is_found_by_its_index_and_by_its_id(reading):
    for index in (0, 7, 328, 329, 371):
        record = find_leaf(reading, str(index))
        assert record.index == index
        assert find_leaf(reading, record.envelope.leaf_id).index == index


def test_a_leaf_is_found_in_a_month_before_the_one_its_id_tells():
    world = Archived()
    late = on(NOVEMBER, 3)  # by a clock that was wrong
    made.tell(world, [Act("person.entered", None, "person:1", late, "p", None, None, {})])
    world.publish(on(SEPTEMBER, 5))
    close(world, SEPTEMBER)
    close(world, OCTOBER)
    reading = made.a_reading(objects=world.objects)
    [leaf_id] = world.rows

    assert find_leaf(reading, leaf_id).index == 0


@pytest.mark.parametrize(
    "name", ["372", "-1", "07", "1e3", "", "x", "9" * 30, "٣", LeafId(made.an_id(999)), "\x1b[2J"]
)
def test_a_leaf_that_is_not_there_is_told_without_repeating_what_would_steer_a_terminal(
    reading, name
):
    with pytest.raises(NoLeafError) as refused:
        find_leaf(reading, name)

    assert "\x1b" not in str(refused.value)
