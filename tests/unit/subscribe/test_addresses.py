"""What is an address, and who counts as one asker."""

import pytest

from subscribe.addresses import AddressError, address_typed, network_of


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("sam@example.org", "sam@example.org"),
        ("  Sam.Khan+news@Example.ORG ", "Sam.Khan+news@example.org"),
        ("o'neil@mail.example.co.uk", "o'neil@mail.example.co.uk"),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org"),
    ],
)
def test_an_address_is_taken_as_its_owner_writes_it(typed, address):
    assert address_typed(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "sam", "sam@", "@example.org", "sam@example", "sam@@example.org"),
        *("sam@exam ple.org", "sam@example.org, jo@example.org", "sam@example.org;jo@example.org"),
        *("sam@example.org\nBcc: jo@example.org", "sam\r@example.org", "sam\x00@example.org"),
        *("Sam <sam@example.org>", '"sam"@example.org', "sam@[127.0.0.1]", "sam@-a.example"),
        *(".sam@example.org", "sam.@example.org", "s..m@example.org", "ŵyn@example.org"),
        *("sam@exämple.org", "a" * 65 + "@example.org", "a@" + "b." * 130 + "org", "sam@1.2.3.4"),
        "sam@example.org\u202e",
    ],
)
def test_what_no_letter_can_be_sent_to_is_refused_with_a_sentence(typed):
    with pytest.raises(AddressError, match=r"Enter .*\."):
        address_typed(typed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "nonsense", True),
    ],
)
def test_a_household_counts_as_one(one, other, same):
    assert (network_of(one) == network_of(other)) == same
