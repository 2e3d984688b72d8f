"""Who could be taken for ours, and what is asked for to find them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.registry import AccountStatus, Handle, ReservedName
from shared.followers.someone import Someone
from shared.impostors.alike import Ours
from shared.impostors.evidence import Evidence, case_name, opened, sealed
from shared.impostors.variants import MOST, variants, words_of
from shared.posts.names import PlatformName
from tests.builders import an_account

X, MASTODON = PlatformName("x"), PlatformName("mastodon")
LEEK = an_account(
    "leek",
    title="Leek Neighbourhood Team",
    handles=(
        Handle(X, "leekpolice", "https://api.x.example"),
        Handle(MASTODON, "leekpolice", "https://social.example"),
    ),
    reserved_names=(ReservedName(X, "LeekPolice1"),),
)
STONE = an_account("stone", title="Stone", handles=(Handle(X, "stonepolice", "https://x.example"),))
OURS = Ours([LEEK, STONE])


def somebody(handle, name=""):
    return Someone("u-1", handle, name)


@pytest.mark.parametrize(
    ("platform", "who", "account"),
    [
        (X, somebody("leekpo1ice"), "leek"),
        (X, somebody("leek_police_official"), "leek"),
        (MASTODON, somebody("leekpolice@elsewhere.example"), "leek"),
        (X, somebody("st0nepolice"), "stone"),
        (X, somebody("nobody", "Leek Neighbourhood Team"), "leek"),
        (X, somebody("nobody", "The real LEEK neighb0urhood team!"), "leek"),
    ],
)
def test_who_could_be_taken_for_ours_is_told_for_which_and_why_without_their_own_words(
    platform, who, account
):
    found = OURS.taken_for(platform, who)

    assert found is not None
    assert found.account == account
    assert who.handle not in found.reason


@pytest.mark.parametrize(
    ("platform", "who"),
    [
        (X, somebody("LeekPolice", "Leek Neighbourhood Team")),
        (X, somebody("@leekpolice1")),
        (MASTODON, somebody("leekpolice@social.example")),
        (X, somebody("pat_invented", "Pat Invented")),
        (X, somebody("stone", "Stone")),
        (X, somebody("", "")),
    ],
)
def test_what_is_ours_and_what_is_nothing_like_it_is_nobodys_impostor(platform, who):
    assert OURS.taken_for(platform, who) is None


def test_a_name_that_we_keep_is_ours_and_one_of_a_closed_account_is_not():
    closed = an_account("old", handles=LEEK.handles, status=AccountStatus.CLOSED)

    assert OURS.owner_of(X, "@LEEKPOLICE1") == LEEK
    assert OURS.owner_of(X, "somebody") is None
    assert Ours([closed]).owner_of(X, "leekpolice") is None


def test_names_that_are_asked_for_are_likely_ones_each_once_and_never_our_own():
    found = variants("leekpolice", "Leek NPT", 15)

    assert {"leeknpt", "leekp0lice", "leekpolice_", "leekpolic", "leekpoliceuk"} <= set(found)
    assert "leekpolice" not in found
    assert len(found) == len(set(found))
    assert len(found) <= MOST


@given(st.text("abcdeilmoprstw_01", min_size=1, max_size=15), st.text(max_size=30))
def test_whatever_we_are_called_what_is_asked_for_is_a_name_there(handle, title):
    for name in variants(handle, title, 15):
        assert 0 < len(name) <= 15
        assert name.isascii()
        assert name.replace("_", "a").isalnum()


@given(st.text("abcdefghiklmnoprstuvw", min_size=8, max_size=12))
def test_most_of_what_is_asked_for_would_be_taken_for_ours(handle):
    ours = Ours([an_account("own", title="T", handles=(Handle(X, handle, "https://x.example"),))])

    alike = [ours.taken_for(X, somebody(name)) for name in variants(handle, "T", 15)]

    assert sum(each is not None for each in alike) * 2 > len(alike)


def test_words_too_short_to_find_anybody_are_not_searched_for():
    assert words_of("leekpolice.force.example", "  Leek   NPT ") == ("leekpolice", "leek npt")
    assert words_of("leek", "Leek") == ("leek",)
    assert words_of("npt", "NPT") == ()


@given(st.text(max_size=20))
def test_a_case_is_called_the_same_whoever_types_its_name(handle):
    assert case_name(X, handle) == case_name(X, f" @{handle.strip()}\n")
    assert case_name(X, handle) != case_name(MASTODON, handle)


def test_evidence_comes_back_as_it_was_sealed():
    evidence = Evidence(
        "leekpo1ice", "2026-11-20T09:00:00Z", "7", "Leek", about="Hello", picture=""
    )

    assert opened(sealed(evidence)) == evidence
