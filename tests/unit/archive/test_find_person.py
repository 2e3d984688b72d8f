"""Everything about a person is found, in every way that a record may speak of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.find_person import (
    Sighting,
    find_person,
    others_than,
    people_in_registry,
    perhaps_the_same,
)
from archive.reading.names import (
    Names,
    TooShortError,
    addresses_in,
    longer_than,
    names_to_look_for,
    words_in,
)
from archive.reading.pointers import fields_of, names_in
from shared.recordlog.canonical import canonical_json
from tests.unit.archive import people_made as made
from tests.unit.archive.closing import OCTOBER


def looked_for(*names):
    sighting = Sighting()
    reading = made.bags_here().between(OCTOBER, OCTOBER)
    return {f.record.index: f for f in find_person(Names(names), reading, sighting)}, sighting


def test_whoever_is_known_by_id_name_and_address_is_found_in_every_record_that_speaks_of_them():
    found, _ = looked_for(*made.NAMES)

    about = {made.FIRST + place for place in range(len(made.ABOUT))}
    assert set(found) == about | {made.LAST}
    assert list(found) == sorted(found)


def test_it_is_told_as_what_they_stand_in_a_record_and_where():
    found, _ = looked_for(*made.NAMES)

    told = {index - made.FIRST: (each.roles, each.fields) for index, each in found.items()}
    assert told[0] == (("actor",), ("/envelope/actor",))
    assert told[1] == (("approver",), ("/envelope/approver",))
    assert told[2] == (("subject",), ("/envelope/subject",))
    changed = "/payload/changed/members"
    assert told[3] == (("named",), (f"{changed}/0/0", f"{changed}/1/0"))
    assert told[4] == (("named",), ("/payload/why",))
    assert told[5] == (("named",), ("/envelope/reason",))
    assert told[6] == (("named",), (f"/payload/answers/{made.OFFICER}",))
    assert told[7] == (("named",), ("/payload/asked_by",))
    assert told[8] == (("named",), ("/payload/to",))


def test_an_id_alone_finds_what_the_id_stands_in_and_no_longer_id():
    found, _ = looked_for(made.OFFICER)

    assert {index - made.FIRST for index in found} == {0, 1, 2, 3, 6, 7, 13}


def test_what_holds_sealed_text_is_listed_whoever_it_is_about_and_never_opened():
    _, sighting = looked_for(*made.NAMES)

    told = [(each.record.index - made.FIRST, each.names, each.erased) for each in sighting.unopened]
    assert told == [(7, True, False), (10, False, False)]


def test_people_are_known_from_every_line_read_and_from_the_registry_of_all_months():
    _, sighting = looked_for(made.OFFICER)
    bags = made.bags_here()

    assert sighting.people == {made.OFFICER, made.OTHER, "pc-okaforson"}
    assert people_in_registry(map(bags.bag, bags.months)) >= {"d-price", made.OTHER}


def test_everybody_else_is_whoever_has_another_id_however_alike():
    names = Names(made.NAMES)
    people = {made.OFFICER, made.ALIKE, made.OTHER}

    assert others_than(names, people, ["D. Price", ""]).said == (made.OTHER, made.ALIKE, "D. Price")
    assert perhaps_the_same(names, people) == (made.ALIKE,)


def test_somebody_whose_id_holds_theirs_is_found_until_it_is_said_that_it_is_another():
    whole = f"{made.OFFICER} and {made.ALIKE}"

    assert Names([made.OFFICER]).stand_in(made.ALIKE)
    longer = longer_than(Names([made.OFFICER]), [made.ALIKE, made.OFFICER, made.OTHER])
    assert longer.said == (made.ALIKE,)
    assert not Names([made.OFFICER]).stand_in(made.ALIKE, longer)
    assert Names([made.OFFICER]).stand_in(whole, longer)


def test_no_record_of_another_is_found_once_it_is_said_whose_it_is():
    reading = made.bags_here().between(OCTOBER, OCTOBER)
    names = Names(["Okafor"])

    def found(*others):
        some = find_person(names, reading, Sighting(), longer_than(names, others))
        return {each.record.index - made.FIRST for each in some}

    assert found() - found(made.OFFICER) == {0, 1, 2, 3, 6, 7, made.LAST - made.FIRST}
    assert found(made.OFFICER) == {4, 5, 8}


SAME = [
    ("pc-okafor", "PC OKAFOR"),
    ("Siân Okafor", "posted by sian okafor."),
    ("Siân Okafor", "Sia\u0302n\n\tOkafor"),
    ("sian.okafor@force.example", "To: <Sian.Okafor@Force.Example>"),
    ("@river_npt", "see @River_NPT!"),
    ("Ŵyn Ⅷ", "ŵyn viii"),
    ("Strauß", "STRAUSS"),
    ("Ｓｉâｎ", "Siân"),
    ("07700 900123", "call 07700-900123"),
]


@pytest.mark.parametrize(("name", "text"), SAME)
def test_a_name_is_found_as_people_would_read_it(name, text):
    assert Names([name]).stand_in(text)


OTHERS = [
    ("p-1", "p-10"),
    ("p-1", "sp-1"),
    ("Ann", "Annie"),
    ("Siân Okafor", "Okafor Siân"),
    ("Siân Okafor", "Siân and Okafor"),
    ("a.b@c.uk", "a.b@c.ukx"),
]


@pytest.mark.parametrize(("name", "text"), OTHERS)
def test_what_is_another_name_is_not_found(name, text):
    assert not Names([name]).stand_in(text)


@pytest.mark.parametrize("name", ["", "  ", "-", "p-", "ab", "…", "\U0001f6a7"])
def test_a_name_that_would_stand_everywhere_is_refused(name):
    with pytest.raises(TooShortError, match="too short"):
        names_to_look_for(["pc-okafor", name])


@pytest.mark.parametrize("name", ["abc", "p-12", "Ŵyn"])
def test_three_letters_or_digits_are_enough(name):
    assert names_to_look_for([name]).said == (name,)


def test_a_line_without_the_name_is_passed_over():
    line = canonical_json({"by": "a-hughes", "text": "Okaforlane, Siân and all that is Okafor"})

    assert not Names([made.OFFICER, made.FULL_NAME]).may_stand_in_line(line)
    assert not Names(["winterbourne"]).may_stand_in_line(line)


TEXTS = st.text(max_size=30) | st.sampled_from([*made.NAMES, "a\nSiân\tOkafor", '"pc-okafor"\\'])
PAYLOADS = st.dictionaries(
    TEXTS,
    st.recursive(
        TEXTS | st.integers(0, 99) | st.none() | st.booleans(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)


@given(PAYLOADS)
def test_no_line_is_passed_over_that_has_the_name_in_a_field_or_in_a_fields_name(payload):
    names = Names(made.NAMES)
    spelt = [
        text
        for pointer, value in fields_of(payload)
        for text in (*(names_in(pointer) if pointer else ()), value)
        if isinstance(text, str)
    ]

    if any(map(names.stand_in, spelt)):
        assert names.may_stand_in_line(canonical_json(payload))


@given(st.text(), st.text(min_size=1), st.text())
def test_a_name_is_found_wherever_it_stands_apart(before, name, after):
    assert not words_in(name) or Names([name]).stand_in(f"{before} {name} {after}")


def test_addresses_are_told_from_handles():
    text = "To d.price@force.example, cc <x+y@sub.force.example>; see @river_npt and a @ b."

    assert addresses_in(text) == ("d.price@force.example", "x+y@sub.force.example")


def test_a_long_text_in_one_piece_is_no_address_and_takes_no_time():
    assert addresses_in("a" * 100_000 + " @ b") == ()
