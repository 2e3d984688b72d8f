"""The policy pack: what a force may change, and what is refused (policy.md G02, G22)."""

import json
from datetime import date, timedelta

import pytest

from shared.policy.errors import ExpiredPackError, InvalidPackError
from shared.policy.pack import bundled, load
from shared.policy.verdict import Severity
from shared.posts.counting import Counting
from tests.unit.policy.candidates import PACK, TODAY, a_candidate, a_pack, pack_content


def changed(path, value):
    """The bundled pack's bytes with one field set, or dropped if the value is Ellipsis."""
    content = pack_content()
    *outer, last = path.split("/")
    place = content
    for name in outer:
        place = place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(content).encode()


WRONG = [
    ("version", ..., "version is missing"),
    ("version", "", "version is empty"),
    ("version", "two words", "version may hold letters"),
    ("owner", 7, "owner is not text"),
    ("owner", ..., "owner is missing"),
    ("format", 2, "format is not 1"),
    ("review_by", "soon", "review_by is not a date"),
    ("review_by", "2099-01-01", "review_by is after the day"),
    ("expires", ..., "expires is missing"),
    ("most_hashtags", 0, "most_hashtags is not a whole number from 1 up"),
    ("most_hashtags", True, "most_hashtags is not a whole number from 1 up"),
    ("most_hashtags", "3", "most_hashtags is not a whole number"),
    ("limits/x/maximum", -1, r"limits\.x\.maximum is not a whole number from 1 up"),
    ("limits/x/counting", "guess", r"limits\.x\.counting is none of"),
    ("limits/x/source", ..., r"limits\.x\.source is missing"),
    ("limits/x/max", 280, r"limits\.x\.max is not a field of a pack"),
    ("limits/x", 280, r"limits\.x is not an object"),
    ("hosts/every", ["https://gov.uk/"], r"hosts\.every holds 'https://gov\.uk/'"),
    ("hosts/every", ["*.gov.uk"], r"hosts\.every holds '\*\.gov\.uk'"),
    ("hosts/every", ["Gov.UK"], r"hosts\.every holds 'Gov\.UK'"),
    ("hosts/every", ["uk"], r"hosts\.every holds 'uk'"),
    ("hosts/lpt", ..., r"hosts\.lpt is missing"),
    ("hosts/village", [], r"hosts\.village is not a field"),
    ("shorteners", ["bit.ly", "bit.ly"], "shorteners holds something twice"),
    ("senior", [""], "senior is not a list of texts"),
    ("partners", ..., "partners is missing"),
    ("partners", "@metoffice", "partners is not a list"),
    ("colleagues", [""], "colleagues is not a list of texts"),
    ("pre_election", ..., "pre_election is missing"),
    ("pre_election", {"x": {"first": "2027-04-01"}}, r"pre_election\.x\.last is missing"),
    ("pre_election", {"x": "May"}, r"pre_election\.x is not an object"),
    ("rules/too-long/usual", "fatal", r"rules\.too-long\.usual is none of block, review, advise"),
    ("rules/too-long/source", ..., r"rules\.too-long\.source is missing"),
    ("rules/too-long/by_role", {"king": "block"}, r"rules\.too-long\.by_role\.king is none of"),
    ("rules/too-long/by_level", {"lpt": "x"}, r"rules\.too-long\.by_level\.lpt is none of"),
    ("terms/marks/source", ..., r"terms\.marks\.source is missing"),
    ("terms/handling/phrases", ["... x"], r"terms\.handling\.phrases holds '\.\.\. x'"),
    ("terms/handling/phrases", ["a ... ... b"], r"terms\.handling\.phrases holds"),
    ("terms/handling/phrases", "not for you", r"terms\.handling\.phrases is not a list"),
    ("colour", "blue", "colour is not a field of a pack"),
]


@pytest.mark.parametrize(("path", "value", "sentence"), WRONG)
def test_a_wrong_field_is_named(path, value, sentence):
    with pytest.raises(InvalidPackError, match=sentence):
        load(changed(path, value), TODAY)


@pytest.mark.parametrize("source", [b"", b"[]", b"{", b"\xff", b"null"])
def test_what_is_no_pack_is_refused(source):
    with pytest.raises(InvalidPackError, match="Policy pack: file is not"):
        load(source, TODAY)


def test_a_pack_holds_on_its_last_day_and_not_a_day_longer():
    source = json.dumps(pack_content()).encode()

    assert load(source, PACK.expires).version == PACK.version
    with pytest.raises(ExpiredPackError, match="ask Corporate Communications"):
        load(source, PACK.expires + timedelta(days=1))


def test_the_version_changes_with_the_content_and_not_with_the_spacing():
    spaced = json.dumps(pack_content(), indent=7).encode()

    assert load(spaced, TODAY).policy_version == PACK.policy_version
    assert a_pack(most_hashtags=4).policy_version != PACK.policy_version
    assert PACK.policy_version == f"{PACK.version}+{PACK.sha256[:12]}"


def test_the_bundled_pack_says_who_owns_it_and_when_it_is_reviewed():
    assert PACK.owner == "Corporate Communications"
    assert TODAY < PACK.review_by <= PACK.expires


def test_the_bundled_pack_is_refused_when_its_time_is_over():
    with pytest.raises(ExpiredPackError):
        bundled(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("platform", "maximum", "counting"),
    [
        ("x", 280, Counting.X),
        ("bluesky", 300, Counting.GRAPHEMES),
        ("mastodon", 500, Counting.MASTODON),
        ("linkedin", 3000, Counting.CHARACTERS),
        ("facebook", 63206, Counting.CHARACTERS),
        ("sandbox", 500, Counting.MASTODON),
    ],
)
def test_the_limits_are_those_the_platforms_publish(platform, maximum, counting):
    limit = PACK.limit(platform)

    assert (limit.maximum, limit.counting) == (maximum, counting)


def test_a_case_outweighs_role_and_role_outweighs_level():
    rules = pack_content()["rules"]
    rules["protective-marking"] |= {"by_role": {"comms": "advise"}, "by_level": {"lpt": "review"}}
    pack = a_pack(rules=rules)
    writer = a_candidate("", account_level="lpt", author_role="comms")

    assert pack.severity("protective-marking", writer, "handling") is Severity.REVIEW
    assert pack.severity("protective-marking", writer) is Severity.ADVISE
    assert pack.severity("protective-marking", a_candidate("")) is Severity.BLOCK


def test_handles_are_compared_as_people_write_them():
    assert PACK.is_senior("@StaffsPolice")
    assert PACK.is_senior(" staffspolice ")
    assert not PACK.is_senior("@StaffsPolice1")
    assert not PACK.is_senior(None)
