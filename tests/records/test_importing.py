"""An import of many accounts: seen as a whole or not at all, wherever it is cut short."""

from dataclasses import replace

import pytest

from shared.posts.names import AccountId, PersonId
from shared.records import importing
from shared.records.accounts import Accounts
from shared.records.errors import AlreadyExistsError, BusyError, HeldError, NotFoundError
from shared.records.importing import Importing, Order
from shared.records.imports import Imports
from shared.records.outbox import Outbox
from shared.records.people import People
from shared.records.snapshot import Snapshots
from tests.builders import NOW, a_pen, a_person, an_account, an_act

MANY = 60
BATCH = tuple(an_account(f"team-{number:03d}", history=()) for number in range(MANY))
ORDER = Order(BATCH, "spring.csv", PersonId("web-team"))


class CutError(Exception):
    """The power went."""


@pytest.fixture
def room(store):
    return Importing(store, a_pen(), lambda: NOW, pause=lambda _: None)


def shown(store):
    """What a reader who comes fresh sees, by every way of reading."""
    accounts = Accounts(store, a_pen())
    ids = {each.account_id for each in accounts.all()}
    listed, cursor = set(), None
    while True:
        page = accounts.page(50, cursor)
        listed |= {each.account_id for each in page.entries}
        if (cursor := page.cursor) is None:
            break
    found = Snapshots(store).read(accounts=[*ids, *(each.account_id for each in BATCH)]).accounts
    assert listed == ids == set(found)
    return ids


def leaves(store):
    return list(Outbox(store).pending(1000))


def test_all_of_an_import_is_there_when_it_is_finished(room, store):
    assert room.write(ORDER, room.standing(ORDER)) == MANY

    assert shown(store) == {each.account_id for each in BATCH}
    account = Accounts(store, a_pen()).get(BATCH[0].account_id)
    [step] = account.history
    assert replace(account, history=()) == BATCH[0]
    assert (step.status, step.by, step.at) == (BATCH[0].status, "web-team", NOW)
    assert "spring.csv" in step.why


def test_every_account_has_its_leaf_and_the_import_its_beginning_and_end(room, store):
    room.write(ORDER, room.standing(ORDER))

    assert len(leaves(store)) == MANY + 2


@pytest.mark.parametrize("cut", range(5))
def test_cut_short_anywhere_nothing_is_seen_and_running_it_again_finishes_it(
    room, store, monkeypatch, cut
):
    commits, left = importing.commit, [cut]

    def failing(connection, writes):
        if left[0] == 0:
            raise CutError
        left[0] -= 1
        commits(connection, writes)

    standing = room.standing(ORDER)
    with monkeypatch.context() as power:
        power.setattr("shared.records.importing.commit", failing)
        power.setattr("shared.records.imports.commit", failing)
        with pytest.raises(CutError):
            room.write(ORDER, standing)
    assert shown(store) == set()
    with pytest.raises(NotFoundError):
        Accounts(store, a_pen()).get(BATCH[0].account_id)

    again = Importing(store, a_pen(), lambda: NOW)
    again.write(ORDER, again.standing(ORDER))

    assert len(shown(store)) == MANY
    assert len(leaves(store)) == MANY + 2


def test_run_again_when_it_is_finished_nothing_is_written(room, store):
    room.write(ORDER, room.standing(ORDER))
    before = leaves(store)

    assert room.write(ORDER, room.standing(ORDER)) == 0
    assert leaves(store) == before


def test_another_file_is_told_of_one_that_was_cut_short(room, store):
    half = Order(BATCH[:30], "half.csv", PersonId("web-team"))
    begun = room._begin(half)
    for _, writes in room._parts(half, half.accounts[:10]):
        room._commit(writes)
    assert begun.finished_at is None

    standing = room.standing(ORDER)

    assert standing.unfinished == {each.account_id: "half.csv" for each in BATCH[:10]}


def test_what_is_hidden_holds_its_names_all_the_same(room, store):
    room._begin(ORDER)
    for _, writes in room._parts(ORDER, BATCH[:1]):
        room._commit(writes)

    with pytest.raises(HeldError):
        Accounts(store, a_pen()).enter(an_account("other", email=BATCH[0].email), an_act())
    with pytest.raises(AlreadyExistsError):
        Accounts(store, a_pen()).enter(BATCH[0], an_act())


def test_a_name_taken_after_the_look_stops_the_import_before_anything_shows(room, store):
    standing = room.standing(ORDER)
    taken = an_account("quick", email=BATCH[-1].email)
    Accounts(store, a_pen()).enter(taken, an_act())

    with pytest.raises(HeldError):
        room.write(ORDER, standing)

    assert shown(store) == {taken.account_id}


def test_the_registry_is_read_with_everything_the_file_speaks_of(room, store):
    parent = an_account("above")
    Accounts(store, a_pen()).enter(parent, an_act())
    People(store, a_pen()).enter(a_person("ada"), an_act())
    order = Order((an_account("below", parent=AccountId("above")),), "f", PersonId("w"))

    standing = room.standing(order)

    assert dict(standing.accounts) == {"above": parent}
    assert set(standing.people) == {"ada"}
    assert standing.unfinished == {}


def test_a_busy_database_is_waited_for_and_not_for_ever(room, monkeypatch):
    waited = []
    patient = Importing(room._tables, a_pen(), lambda: NOW, pause=waited.append)

    def busy(connection, writes):
        raise BusyError("TransactWriteItems")

    monkeypatch.setattr("shared.records.importing.commit", busy)

    with pytest.raises(BusyError):
        patient._commit([])
    assert waited == list(importing.PATIENCE_SECONDS)


def test_an_import_is_called_by_what_it_holds_whatever_its_file_is_called():
    renamed = Order(BATCH, "other.csv", PersonId("somebody"))
    changed = Order((replace(BATCH[0], title="Other"), *BATCH[1:]), "spring.csv", ORDER.by)

    assert renamed.import_id == ORDER.import_id != changed.import_id


def test_a_finished_import_is_remembered_without_asking_again(room, store, calls):
    room.write(ORDER, room.standing(ORDER))
    imports = Imports(store)
    assert imports.shows(ORDER.import_id)
    asked = len(calls)

    assert imports.shows(ORDER.import_id)
    assert imports.shows(None)
    assert len(calls) == asked
