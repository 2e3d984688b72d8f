"""Mentions on both engines: each once, its words sealed, first who cries for help; and ears."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.mentions.acts import Heard
from shared.mentions.checks import Check
from shared.mentions.mention import Mention, MentionState, Outcome, Told, mention_name, settle
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from shared.recordlog.erasure import Basis, Erasure, State, carried_out
from shared.records.checks import Checks
from shared.records.ears import Ear, Ears
from shared.records.erasures import Erasures
from shared.records.errors import ChangedError, NotFoundError
from shared.records.mention_entries import act_on_mention
from shared.records.mentions import Mentions, Step
from tests.builders import NOW, a_pen

LEEK, STONE, SANDBOX = AccountId("leek"), AccountId("stone"), PlatformName("sandbox")
WORDS = {"text": "Is the bridge open? Pat Invented, 4 Mill Lane", "url": "https://x.example/77"}
TODAY = date(2026, 11, 20)
ANSWERED = Outcome(MentionState.ANSWERED, answer="https://x.example/9")


@pytest.fixture
def mentions(store):
    return Mentions(store, a_pen())


def a_mention(number=1, account=LEEK, minutes=0, **changes):
    said_at = NOW + timedelta(minutes=minutes)
    name = mention_name(account, SANDBOX, str(number))
    return Mention(name, account, SANDBOX, said_at, said_at, LeafId(""), **changes)


def received(mentions, mention):
    act = act_on_mention(mention, Heard.RECEIVED, mention.received_at, personal=WORDS)
    assert mentions.receive([(mention, act)]) == {mention.mention_id}
    return mentions.get(mention.mention_id)


def settled(mentions, mention, outcome=ANSWERED):
    after = settle(mention, outcome, PersonId("pc-1"), NOW, TODAY)
    mentions.settle(Step(mention, after, act_on_mention(after, Heard.ANSWERED, NOW)))
    return after


def rows_of(table):
    return repr([row.serialize() for row in table.scan()])


def test_a_mention_is_kept_once_whoever_brings_it_again(mentions, store):
    mention = a_mention()
    received(mentions, mention)
    act = act_on_mention(mention, Heard.RECEIVED, NOW, personal=WORDS)

    assert mentions.receive([(mention, act)]) == frozenset()
    assert mentions.known([mention.mention_id, "f" * 32]) == {mention.mention_id}
    assert sum(1 for _ in store.outbox.scan(consistent_read=True)) == 1


def test_its_words_open_and_stand_in_no_row_of_it(mentions, store):
    mention = received(mentions, a_mention())

    assert mentions.words([mention]) == {mention.mention_id: WORDS}
    for table in (store.mentions, store.outbox, store.payloads):
        assert "Mill Lane" not in rows_of(table)


def test_words_that_were_erased_are_gone_and_the_mention_stays(mentions, store):
    mention = received(mentions, a_mention())
    erasures = Erasures(store, a_pen())
    who, other = PersonId("comms-1"), PersonId("comms-2")
    asked = Erasure("01E", mention.leaf, Basis.OBJECTION, "They asked.", who, NOW)
    erasures.ask(asked)
    approved = replace(asked, state=State.APPROVED, decided_by=other, decided_at=NOW)
    erasures.decide(asked, approved)
    erasures.carry_out(approved, carried_out(approved, NOW))

    assert mentions.words([mention]) == {}
    assert mentions.get(mention.mention_id) == mention


def test_calls_for_help_stand_first_then_the_oldest(mentions):
    made = [
        a_mention(1, minutes=0),
        a_mention(2, minutes=5, calls=True),
        a_mention(3, STONE, minutes=2),
        a_mention(4, minutes=1),
    ]
    for each in made:
        received(mentions, each)

    everybody = [each.mention_id for each in mentions.waiting().entries]
    of_one = [each.mention_id for each in mentions.waiting(LEEK).entries]
    newest = [each.mention_id for each in mentions.of_account(LEEK).entries]

    assert everybody == [made[n].mention_id for n in (1, 0, 3, 2)]
    assert of_one == [made[n].mention_id for n in (1, 0, 3)]
    assert newest == [made[n].mention_id for n in (1, 3, 0)]


def test_a_list_goes_on_page_by_page_until_nothing_is_left(mentions):
    made = [received(mentions, a_mention(n, minutes=n)) for n in range(7)]
    found, cursor = [], None
    while True:
        page = mentions.waiting(LEEK, cursor, 3)
        found += page.entries
        cursor = page.cursor
        if cursor is None:
            break

    assert found == made


def test_a_page_of_mentions_is_on_record_each_with_its_leaf_in_a_few_transactions(
    mentions, store, calls
):
    page = [a_mention(number) for number in range(60)]
    old = received(mentions, page[7])
    calls.clear()

    fresh = mentions.receive(
        [(m, act_on_mention(m, Heard.RECEIVED, NOW, personal=WORDS)) for m in page]
    )

    assert fresh == {each.mention_id for each in page} - {old.mention_id}
    assert calls == ["TransactWriteItems"] * 4  # three, and one again without what was known
    assert mentions.known([each.mention_id for each in page]) == {m.mention_id for m in page}
    assert sum(1 for _ in store.outbox.scan(consistent_read=True)) == len(page)
    assert mentions.get(old.mention_id) == old
    assert len(mentions.words(mentions.several([m.mention_id for m in page]).values())) == len(page)


def test_one_that_was_settled_meanwhile_keeps_none_of_the_others_from_it(mentions, store, calls):
    read = [received(mentions, a_mention(number)) for number in range(60)]
    changed = settled(mentions, read[7], Outcome(MentionState.NO_ANSWER, why="Thanks."))
    afters = [settle(each, ANSWERED, PersonId("pc-1"), NOW, TODAY) for each in read]
    acts = [act_on_mention(each, Heard.ANSWERED, NOW) for each in afters]
    calls.clear()

    refused = mentions.settle_each([*map(Step, read, afters, acts)])

    assert calls == ["TransactWriteItems"] * 3
    assert [number for number, why in enumerate(refused) if why] == [7]
    assert isinstance(refused[7], ChangedError)
    assert mentions.waiting().entries == ()
    assert mentions.get(changed.mention_id) == changed
    assert sum(1 for _ in store.outbox.scan(consistent_read=True)) == 60 + 1 + 59


def test_who_was_told_is_noted_of_all_but_those_that_were_settled_meanwhile(mentions):
    read = [received(mentions, a_mention(number)) for number in range(3)]
    after = settled(mentions, read[1])

    mentions.told((each, replace(each, told=Told.TEAM)) for each in read)

    found = mentions.several([each.mention_id for each in read])
    assert found[read[1].mention_id] == after
    assert [found[read[n].mention_id].told for n in (0, 2)] == [Told.TEAM] * 2


def test_what_is_answered_waits_no_more_and_only_one_settles_it(mentions):
    mention = received(mentions, a_mention())
    after = settled(mentions, mention)

    assert mentions.get(mention.mention_id) == after
    assert mentions.waiting().entries == ()
    assert mentions.of_account(LEEK).entries == (after,)
    assert mentions.ringing(NOW + timedelta(days=30)) == ()
    with pytest.raises(ChangedError):
        settled(mentions, mention)


def test_it_rings_when_somebody_has_to_be_told_and_no_more_when_all_were(mentions):
    mention = received(mentions, a_mention(calls=True))

    assert mentions.ringing(NOW - timedelta(seconds=1)) == ()
    assert mentions.ringing(NOW) == (mention,)
    called = replace(mention, told=Told.CALL)
    mentions.told([(mention, called)])
    assert mentions.ringing(NOW) == ()
    assert mentions.ringing(NOW + timedelta(hours=25)) == (called,)
    mentions.told([(called, replace(mention, told=Told.CENTRE))])
    assert mentions.ringing(NOW + timedelta(days=9)) == ()


def test_a_holding_reply_stays_on_the_list_and_comes_back_as_it_was_kept(mentions):
    mention = received(mentions, a_mention())
    held = settled(mentions, mention, Outcome(MentionState.HOLDING, follow_up=TODAY))

    assert mentions.waiting().entries == (held,)
    assert mentions.get(mention.mention_id).follow_up == TODAY


def test_somebody_looks_once_a_day(store):
    checks = Checks(store, a_pen())
    check = Check(LEEK, TODAY, PersonId("pc-1"), NOW)

    assert checks.record(check)
    assert not checks.record(replace(check, by=PersonId("pc-2")))
    assert checks.several([(STONE, TODAY), (LEEK, TODAY)]) == (check,)


def test_how_far_listening_is_comes_back_and_of_two_runs_one_counts(store):
    ears, before = Ears(store), Ear(LEEK, SANDBOX)
    target = (LEEK, SANDBOX)
    after = replace(before, heard_to=NOW, gap_since=NOW, gap_at="c", fault="No.", since=NOW)

    assert ears.several([target]) == {target: before}
    assert ears.keep([(before, after)]) == (after,)
    assert ears.several([target]) == {target: after}
    assert ears.keep([(before, replace(after, fault=""))]) == ()
    assert ears.several([target]) == {target: after}


def test_how_far_many_targets_are_is_kept_in_one_transaction_but_where_another_run_was(
    store, calls
):
    ears, names = Ears(store), [AccountId(f"account-{number}") for number in range(60)]
    before = [Ear(name, SANDBOX) for name in names]
    after = [Ear(name, SANDBOX, heard_to=NOW) for name in names]
    ears.keep([(before[7], Ear(names[7], SANDBOX, heard_to=NOW, fault="No."))])
    calls.clear()

    kept = ears.keep(zip(before, after, strict=True))

    assert kept == (*after[:7], *after[8:])
    assert calls == ["TransactWriteItems"] * 2  # and one again without the other run's
    assert ears.keep(zip(after[8:], after[8:], strict=True)) == tuple(after[8:])
    assert len(calls) == 2  # nothing has changed, and nothing is written


@pytest.mark.parametrize("name", ["check:leek/2026-11-20", "ear:leek/sandbox", "nothing", ""])
def test_neither_a_check_nor_an_ear_is_a_mention(store, mentions, name):
    Checks(store, a_pen()).record(Check(LEEK, TODAY, PersonId("pc-1"), NOW))
    Ears(store).keep([(Ear(LEEK, SANDBOX), Ear(LEEK, SANDBOX, heard_to=NOW))])

    with pytest.raises(NotFoundError):
        mentions.get(name)
