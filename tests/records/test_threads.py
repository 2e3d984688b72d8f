"""A thread on record: each part a publication, claimed only behind one that is sent."""

from dataclasses import replace

import pytest

from shared.platforms.base import Frozen, Receipt
from shared.posts.content import content_hash
from shared.posts.life import Outcome, State
from shared.posts.names import PlatformName
from shared.posts.threads import spelled
from shared.records.concluding import concluded, outcomes_of, reasons_of
from shared.records.errors import AlreadyClaimedError, PublicationMovedError, TakenError
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots
from shared.records.stopped import Stopped
from shared.records.uncertain import Uncertain
from tests.builders import NOW, a_pen, a_post, an_act

SANDBOX = PlatformName("sandbox")
PARTS = tuple(f"Part {number}." for number in range(2, 11))


def a_receipt(number):
    return Receipt(f"p-{number}", f"https://sandbox.example/{number}", f"Part {number}.")


def a_frozen(part):
    return Frozen(SANDBOX, f"{part:026d}", {"text": f"Part {part}."})


@pytest.fixture
def publications(store):
    return Publications(store, a_pen())


@pytest.fixture
def post(store):
    return Posts(store, a_pen()).submit(a_post("Part 1.", thread=PARTS), an_act())


def say(publications, post, count):
    """The first parts of a thread, each sent."""
    before = None
    for part in range(1, count + 1):
        claim = publications.claim(post, a_frozen(part), an_act(), after=before)
        before = publications.settle(claim, Outcome.SENT, an_act(), receipt=a_receipt(part))
    return before


def test_every_part_is_read_back_in_its_order(publications, post):
    last = say(publications, post, 10)

    found = publications.of(post.post_id, 1)

    assert [each.part for each in found] == list(range(1, 11))
    assert [each.place for each in found] == [spelled(SANDBOX, part) for part in range(1, 11)]
    assert publications.get(post.post_id, 1, SANDBOX, 10) == last == found[-1]
    assert publications.get(post.post_id, 1, SANDBOX) == found[0]


def test_a_part_is_claimed_once(publications, post):
    first = say(publications, post, 1)
    claim = publications.claim(post, a_frozen(2), an_act(), after=first)

    with pytest.raises(AlreadyClaimedError) as refused:
        publications.claim(post, a_frozen(2), an_act(), after=first)

    assert refused.value.publication == claim


@pytest.mark.parametrize("state", [Outcome.UNCERTAIN, Outcome.FAILED, Outcome.WITHDRAWN])
def test_no_part_is_claimed_behind_one_that_is_not_sent(publications, post, state):
    if state is Outcome.WITHDRAWN:
        first = say(publications, post, 1)
    else:
        first = publications.claim(post, a_frozen(1), an_act())
    settled = publications.settle(first, state, an_act(), reason="No.")

    with pytest.raises(PublicationMovedError) as refused:
        publications.claim(post, a_frozen(2), an_act(), after=first)

    assert refused.value.found == settled
    assert len(publications.of(post.post_id, 1)) == 1


def test_a_post_on_a_platform_is_one_part_s_and_no_other_s(publications, post):
    first = say(publications, post, 1)
    second = publications.claim(post, a_frozen(2), an_act(), after=first)

    with pytest.raises(TakenError):
        publications.settle(second, Outcome.SENT, an_act(), receipt=a_receipt(1))


def test_whoever_reads_several_nouns_at_once_reads_parts_as_well(publications, post, store):
    say(publications, post, 2)
    places = [(post.post_id, 1, spelled(SANDBOX, part)) for part in (1, 2, 3)]

    found = Snapshots(store).read(publications=places).publications

    assert set(found) == set(places[:2])
    assert found[places[1]].part == 2


def test_a_part_under_way_is_in_flight(publications, post, store):
    first = say(publications, post, 1)
    claim = publications.claim(post, a_frozen(2), an_act(), after=first)

    [found] = [each for each in Stopped(store).in_flight([post], NOW) if each.part > 1]

    assert found == claim


def test_a_person_settles_a_part_and_only_that(publications, post, store):
    first = say(publications, post, 1)
    claim = publications.claim(post, a_frozen(2), an_act(), after=first)
    publications.settle(claim, Outcome.UNCERTAIN, an_act(), reason="No answer.")
    uncertain = Uncertain(store, a_pen())
    before = uncertain.get(post.post_id, 1)

    settled = replace(before.target(SANDBOX, 2), state=Outcome.SENT, settled_at=NOW)
    uncertain.settle(before, settled, None, [an_act()])

    after = uncertain.get(post.post_id, 1)
    assert after.target(SANDBOX, 2).state is Outcome.SENT
    assert after.target(SANDBOX) == first
    with pytest.raises(PublicationMovedError):
        uncertain.settle(before, replace(settled, part=1), None, [an_act()])


def test_a_thread_that_was_cut_off_says_where_and_why(publications, post):
    second = say(publications, post, 2)
    third = publications.claim(post, a_frozen(3), an_act(), after=second)
    publications.settle(third, Outcome.FAILED, an_act(), reason="Too long there.")
    found = publications.of(post.post_id, 1)

    outcomes = outcomes_of(post, found)

    assert outcomes == [Outcome.SENT, Outcome.SENT, *[Outcome.FAILED] * 8]
    assert reasons_of(found) == "sandbox, part 3: Too long there."
    told = concluded(post, found, NOW).payload["outcomes"]
    assert told == {"sandbox": "sent", "sandbox#2": "sent", "sandbox#3": "failed"}


def test_a_thread_comes_back_with_the_hash_it_was_cleared_by(post, store):
    found = Posts(store, a_pen()).get(post.post_id)

    assert found.draft.thread == PARTS
    assert content_hash(found.draft) == post.content_hash
    assert found.state is State.SUBMITTED
