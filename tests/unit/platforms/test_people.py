"""Of the people on a page nobody is read who is not asked for, and nothing is taken for an id."""

import pytest

from shared.platforms.actors import Actor
from shared.platforms.base import UnreachableError
from shared.platforms.looking import Look
from shared.platforms.people import People, among, ids_of
from shared.platforms.reading import Page, all_of
from tests.platforms.builders import NOON

LOOK = Look("Here", lambda *_: None, lambda _: "", lambda: NOON)


class Told:
    """An answer's list, and who of it was read."""

    def __init__(self, *fields):
        self.fields = list(fields)
        self.read = []

    def people(self, named="id"):
        return People(self.fields, self.actor_of, LOOK.understood, named)

    def actor_of(self, fields):
        self.read.append(fields["id"])
        return Actor(str(fields["id"]), fields["handle"], "")


def somebody(number):
    return {"id": number, "handle": f"person-{number}"}


def test_ids_are_known_and_nobody_is_read():
    told = Told(somebody(1), somebody("two"))

    assert ids_of(told.people()) == ("1", "two")
    assert told.read == []


def test_whoever_is_asked_for_is_read_alone():
    told = Told(*map(somebody, range(5)))

    assert told.people()[3].handle == "person-3"
    assert told.read == [3]


def test_all_of_them_come_in_order_and_may_be_cut():
    people = Told(*map(somebody, range(5))).people()

    assert [each.handle for each in people] == [f"person-{n}" for n in range(5)]
    assert [each.platform_id for each in people[1:3]] == ["1", "2"]
    assert len(people) == 5


def test_some_of_them_are_read_and_nobody_else():
    told = Told(*map(somebody, range(5)))

    assert [each.handle for each in among(told.people(), (3, 1))] == ["person-3", "person-1"]
    assert told.read == [3, 1]


def test_of_some_who_are_garbled_nobody_is_told():
    people = Told(somebody(1), {"id": 2}).people()

    with pytest.raises(UnreachableError):
        among(people, (0, 1))


def test_some_of_a_plain_list_are_those_at_their_places():
    people = tuple(Told(somebody(1), somebody(2)).people())

    assert among(people, [1]) == (people[1],)


def test_an_id_may_have_another_name():
    told = Told({"did": "did:plc:1", "id": 9, "handle": "a"})

    assert told.people("did").ids == ("did:plc:1",)


def test_whoever_is_beyond_the_end_is_not_there():
    with pytest.raises(IndexError):
        Told(somebody(1)).people()[1]


@pytest.mark.parametrize(
    "fields", ["no list", [1], [{"handle": "a"}], [{"id": None}], [{"id": ""}]]
)
def test_a_list_of_another_shape_is_not_understood_at_once(fields):
    told = Told()
    told.fields = fields

    with pytest.raises(UnreachableError, match="not understood"):
        told.people()


def test_somebody_of_another_shape_is_not_understood_when_asked_for():
    people = Told(somebody(1), {"id": 2}).people()

    assert people[0].handle == "person-1"
    with pytest.raises(UnreachableError, match="not understood"):
        people[1]
    with pytest.raises(UnreachableError, match="not understood"):
        list(people)


def test_a_page_that_comes_back_is_known_by_its_ids():
    page = [somebody(1), somebody(2)]
    answers = iter([Page(Told(*page).people(), "a"), Page(Told(*page).people(), "b")])

    with pytest.raises(UnreachableError, match="again"):
        list(all_of(lambda _cursor: next(answers)))


def test_other_people_are_no_page_that_comes_back():
    assert Told(somebody(1)).people() == Told(somebody(1)).people()
    assert Told(somebody(1)).people() != Told(somebody(2)).people()


def test_ids_of_people_who_were_read_before_are_theirs():
    assert ids_of((Actor("u1", "ann", ""), Actor("u2", "bob", ""))) == ["u1", "u2"]
