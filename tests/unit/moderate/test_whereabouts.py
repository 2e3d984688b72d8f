"""From where a decision came: the network and the device, and no closer."""

import pytest

from moderate.whereabouts import LONGEST_DEVICE, device_of, network_of
from shared.http.call import Call


def a_call(source="", agent=""):
    return Call("POST", "/", {"user-agent": agent}, source=source)


@pytest.mark.parametrize(
    ("source", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", ""),
        ("elsewhere", ""),
        ("192.0.2.77, 10.0.0.1", ""),
    ],
)
def test_a_network_is_told_and_not_who_sits_in_it(source, network):
    assert network_of(a_call(source)) == network


def test_a_device_is_what_it_calls_itself_in_so_many_characters():
    assert device_of(a_call(agent="Phone/1.0")) == "Phone/1.0"
    assert device_of(a_call(agent="a\x00\nb\x1b[31m")) == "ab[31m"
    assert len(device_of(a_call(agent="a" * 9_999))) == LONGEST_DEVICE
