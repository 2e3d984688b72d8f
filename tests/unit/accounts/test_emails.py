"""Work e-mail: the force's own domain exactly, and a sentence for whatever is anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.accounts.emails import PERSONAL, is_work_email, work_email
from shared.accounts.errors import (
    EmailError,
    ForeignEmailError,
    LookalikeEmailError,
    MalformedEmailError,
    PersonalEmailError,
    SubdomainEmailError,
    TaggedEmailError,
)

DOMAIN = "moorshire.police.example"

GOOD = [
    ("leek.npt@moorshire.police.example", "leek.npt@moorshire.police.example"),
    ("Leek.NPT@Moorshire.Police.Example", "leek.npt@moorshire.police.example"),
    ("o'brien-12_a@moorshire.police.example", "o'brien-12_a@moorshire.police.example"),
]

BAD = [
    # typed, why it is refused
    ("", MalformedEmailError),
    ("leek", MalformedEmailError),
    ("@moorshire.police.example", MalformedEmailError),
    ("leek@", MalformedEmailError),
    ("a@b@moorshire.police.example", MalformedEmailError),
    ("leek npt@moorshire.police.example", MalformedEmailError),
    (" leek@moorshire.police.example", MalformedEmailError),
    ("leek@moorshire.police.example\n", MalformedEmailError),
    ("leek\u00a0npt@moorshire.police.example", MalformedEmailError),
    ("le\u200bek@moorshire.police.example", MalformedEmailError),
    ("leek@moorshire\u200b.police.example", MalformedEmailError),
    ("le\u00adek@moorshire.police.example", MalformedEmailError),
    ("\u202eleek@moorshire.police.example", MalformedEmailError),
    (".leek@moorshire.police.example", MalformedEmailError),
    ("le..ek@moorshire.police.example", MalformedEmailError),
    ('"leek"@moorshire.police.example', MalformedEmailError),
    ("leek%gmail.com@moorshire.police.example", MalformedEmailError),
    ("leek@moorshire.police.example,b@c.example", MalformedEmailError),
    ("leek@[127.0.0.1]", MalformedEmailError),
    ("leek@moorshire", MalformedEmailError),
    ("x" * 65 + "@moorshire.police.example", MalformedEmailError),
    ("leek+press@moorshire.police.example", TaggedEmailError),
    ("leek@gmail.com", PersonalEmailError),
    ("leek@GMAIL.COM", PersonalEmailError),
    ("leek@gm\u0430il.com", PersonalEmailError),
    ("leek@btinternet.com", PersonalEmailError),
    ("leek@mail.moorshire.police.example", SubdomainEmailError),
    ("leek@a.b.moorshire.police.example", SubdomainEmailError),
    ("leek@m\u043eorshire.police.example", LookalikeEmailError),
    ("leek@\uff4doorshire.police.example", LookalikeEmailError),
    ("leek@moorsh\u0131re.police.example", LookalikeEmailError),
    ("leek@xn--morshire-nbh.police.example", LookalikeEmailError),
    ("leek@moorshire.police.example.", LookalikeEmailError),
    ("leek@moorshire.police\u3002example", LookalikeEmailError),
    ("leek@moorshire-police.example", LookalikeEmailError),
    ("leek@moorshire.police.example.net", LookalikeEmailError),
    ("leek@moorshire.police.examp1e", LookalikeEmailError),
    ("leek@morshire.police.example", LookalikeEmailError),
    ("leek@evilmoorshire.police.example", LookalikeEmailError),
    ("l\u0435ek@moorshire.police.example", LookalikeEmailError),
    ("leek@police.example", ForeignEmailError),
    ("leek@staffs.example", ForeignEmailError),
]


@pytest.mark.parametrize(("typed", "kept"), GOOD)
def test_an_address_at_the_forces_domain_is_kept_in_lower_case(typed, kept):
    assert work_email(typed, DOMAIN) == kept


@pytest.mark.parametrize(("typed", "why"), BAD)
def test_anything_else_is_refused_with_a_sentence_for_what_it_is(typed, why):
    with pytest.raises(EmailError) as refused:
        work_email(typed, DOMAIN)

    assert type(refused.value) is why
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("domain", sorted(PERSONAL))
def test_no_domain_that_gives_mailboxes_to_anybody_is_accepted(domain):
    with pytest.raises(PersonalEmailError):
        work_email(f"leek@{domain}", DOMAIN)


@given(st.text(st.sampled_from("leka.@+xn-\u043e\u200bМ moorshire.police.example"), max_size=60))
def test_what_is_accepted_is_plain_and_ends_with_the_domain_whatever_is_typed(typed):
    if is_work_email(typed, DOMAIN):
        kept = work_email(typed, DOMAIN)
        assert kept.isascii()
        assert kept == kept.lower()
        assert kept.partition("@")[2] == DOMAIN
        assert "+" not in kept
        assert work_email(kept, DOMAIN) == kept


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_typed_is_answered_with_yes_or_no(local, host):
    assert is_work_email(f"{local}@{host}", DOMAIN) in {True, False}
