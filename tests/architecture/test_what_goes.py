"""Of every table it is said what becomes of its rows when their month is disposed of."""

from pynamodb.attributes import TTLAttribute

from shared.months.remains import Kind
from shared.records.plain_things import PLAIN
from shared.records.tables import ROWS
from tests.architecture import cloud

STAY = {
    "accounts": "the registry tells who may speak now",
    "handles": "the registry",
    "imports": "the registry",
    "custodies": "the registry",
    "people": "the registry",
    "policies": "the rules in use, and those before",
    "server_limits": "what a server says of itself",
    "platform_sessions": "what a platform keeps of us",
    "notices": "names of what was told, and when; when accounts spoke last",
    "outbox": "what is to be logged yet",
    "legal_holds": "what was kept, and by whose word",
    "disposals": "what was let go, and by whose word",
    "loghead": "the log itself",
    "attestations": "what others said of the log",
    "months": "that a month was sealed",
    "questions": "that something was asked; the words are sealed in the leaf",
    "proofs": "that something was proved",
}
"""Tables whose rows no disposal takes, and why."""


def removed_by_disposal():
    """The tables that whoever disposes of months may remove rows from."""
    return {
        target.rpartition("-")[2].strip('"}')
        for who, action, target in cloud.permissions()
        if who == "DisposeMonths" and action == "dynamodb:DeleteItem"
    }


def vanishing():
    """The tables whose rows go by themselves."""
    return {
        row.noun
        for row in ROWS
        if any(isinstance(each, TTLAttribute) for each in row.get_attributes().values())
    }


def test_of_every_table_it_is_said_whether_its_rows_go_vanish_or_stay():
    goes, vanishes, stays = removed_by_disposal(), vanishing(), set(STAY)

    assert {row.noun for row in ROWS} - (goes | vanishes | stays) == set()
    assert goes & stays == set()
    assert goes & vanishes == set()


def test_whoever_disposes_may_remove_every_kind_of_thing():
    three = {Kind.POST, Kind.PICTURE, Kind.DELETION}  # which are more than one row

    assert set(PLAIN) | three == set(Kind)
