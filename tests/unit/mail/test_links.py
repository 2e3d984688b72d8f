"""Approval links: random in, secret out, and a code that only a reader has."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mail.links import (
    ALPHABET,
    CODE_BYTES,
    TOKEN_BYTES,
    code_sha256,
    is_code,
    is_token,
    mint,
    token_sha256,
)

tokens = st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES)
codes = st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES)


@given(tokens, codes)
def test_a_minted_link_is_found_by_its_hash_and_opened_by_its_code(
    random_token: bytes, random_code: bytes
) -> None:
    link = mint(random_token, random_code)

    assert is_token(link.token)
    assert link.token_sha256 == hashlib.sha256(link.token.encode()).hexdigest()
    assert link.token_sha256 == token_sha256(link.token)
    assert len(link.code) == 4
    assert set(link.code) <= set(ALPHABET)
    assert is_code(link.code, link.token, link.code_sha256)


@given(tokens, tokens, codes)
def test_different_chance_makes_a_different_token(a: bytes, b: bytes, random_code: bytes) -> None:
    assert (mint(a, random_code).token == mint(b, random_code).token) == (a == b)


@given(tokens, codes)
def test_the_code_says_nothing_of_the_token_nor_the_token_of_the_code(
    random_token: bytes, random_code: bytes
) -> None:
    other = mint(bytes(TOKEN_BYTES), random_code)

    assert mint(random_token, random_code).code == other.code


@given(tokens, tokens, codes)
def test_a_code_opens_only_its_own_link(a: bytes, b: bytes, random_code: bytes) -> None:
    link, other = mint(a, random_code), mint(b, random_code)

    assert is_code(link.code, other.token, link.code_sha256) == (a == b)


@pytest.mark.parametrize("typed", ["4f7k", " 4F7K ", "4F 7K", "4f-7k", "4F7K\n"])
def test_how_a_code_is_typed_does_not_matter(typed: str) -> None:
    assert is_code(typed, "token", code_sha256("token", "4F7K"))


@pytest.mark.parametrize("typed", ["", "4F7", "4F7KK", "4F7J", "\ud83d", "é" * 4, "4" * 100_000])
def test_a_wrong_code_is_wrong_whatever_it_is(typed: str) -> None:
    assert not is_code(typed, "token", code_sha256("token", "4F7K"))


@pytest.mark.parametrize(
    "text",
    ["", "A" * 42, "A" * 44, "A" * 42 + "=", "A" * 42 + "\n", "../" + "A" * 40, "é" * 43],
)
def test_what_has_not_the_shape_of_a_token_is_none(text: str) -> None:
    assert not is_token(text)


@pytest.mark.parametrize(
    ("token", "code"), [(b"", bytes(8)), (bytes(31), bytes(8)), (bytes(32), b"")]
)
def test_too_little_chance_mints_nothing(token: bytes, code: bytes) -> None:
    with pytest.raises(ValueError, match="random bytes"):
        mint(token, code)


def test_every_code_is_about_as_likely_as_any_other() -> None:
    drawn = [mint(bytes(32), hashlib.sha256(bytes([n])).digest()[:8]).code for n in range(256)]

    assert len(set(drawn)) > 250
    assert {code[0] for code in drawn} == set(ALPHABET)


def test_a_link_does_not_show_its_secrets_when_it_is_logged() -> None:
    link = mint(bytes(32), bytes(8))

    assert link.token not in repr(link)
    assert link.code not in repr(link).replace(link.token_sha256, "")
