"""Keys of many accounts are read together, as they come to be needed, and each fault is its own."""

import json

import pytest

from shared.accounts.registry import Handle
from shared.platforms.base import Credentials
from shared.platforms.keyring import TOGETHER, Keyring
from shared.platforms.keys import CredentialsError
from shared.posts.names import PlatformName
from tests.builders import an_account

MASTODON, FEED = PlatformName("mastodon"), PlatformName("feed")
SERVICE = "https://social.example"


class Secrets:
    """Secrets by name, and which were asked for, call by call; a `fault` is a code of one."""

    class exceptions:  # noqa: N801 - as the client calls it
        class ResourceNotFoundException(Exception):  # noqa: N818 - the same
            """There is none."""

    def __init__(self, names, faults=(), left_out=()):
        self.names, self.faults, self.left_out = set(names), dict(faults), set(left_out)
        self.calls = []

    def get_secret_value(self, *, SecretId):  # noqa: N803 - as the client calls it
        self.calls.append([SecretId])
        if SecretId not in self.names:
            raise self.exceptions.ResourceNotFoundException
        return self._value(SecretId)

    def batch_get_secret_value(self, *, SecretIdList):  # noqa: N803 - as the client calls it
        self.calls.append(SecretIdList)
        faults = {
            name: self.faults.get(name, "ResourceNotFoundException")
            for name in SecretIdList
            if name in self.faults or name not in self.names
        }
        return {
            "SecretValues": [
                self._value(name)
                for name in SecretIdList
                if name not in faults and name not in self.left_out
            ],
            "Errors": [{"SecretId": n, "ErrorCode": code} for n, code in faults.items()],
        }

    def _value(self, name):
        return {"Name": name, "SecretString": json.dumps({"identifier": name, "password": "p"})}


def accounts(count):
    handle = Handle(MASTODON, "riverside", SERVICE)
    return [an_account(f"account-{number:03}", handles=(handle,)) for number in range(count)]


def secret_of(account):
    return f"force/reading/{account.account_id}/mastodon"


def a_keyring(client, expected=(), **more):
    keyring = Keyring(lambda: client, "force/reading/", **more)
    keyring.expect((account, MASTODON) for account in expected)
    return keyring


def keys_of(account):
    return Credentials(SERVICE, secret_of(account), "p")


def test_twenty_are_read_in_one_call_and_each_has_its_own():
    many = accounts(TOGETHER * 2 + 5)
    client = Secrets(map(secret_of, many))
    keyring = a_keyring(client, many)

    assert [keyring.keys(each, MASTODON) for each in many] == [keys_of(each) for each in many]
    assert [len(call) for call in client.calls] == [TOGETHER, TOGETHER, 5]


def test_a_run_that_breaks_off_has_read_no_more_than_one_call_gives():
    many = accounts(TOGETHER * 3)
    client = Secrets(map(secret_of, many))

    keyring = a_keyring(client, many)
    assert client.calls == []
    keyring.keys(many[0], MASTODON)

    assert client.calls == [[secret_of(each) for each in many[:TOGETHER]]]


def test_whoever_is_passed_over_is_not_read_for():
    many = accounts(TOGETHER * 2)
    client = Secrets(map(secret_of, many))

    a_keyring(client, many).keys(many[TOGETHER], MASTODON)

    assert client.calls == [[secret_of(each) for each in many[TOGETHER:]]]


def test_one_that_nobody_expected_is_read_alone():
    one, *_ = accounts(1)
    client = Secrets([secret_of(one)])

    assert a_keyring(client).keys(one, MASTODON) == keys_of(one)
    assert client.calls == [[secret_of(one)]]


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "InvalidRequestException"])
def test_a_secret_that_is_missing_or_given_up_is_the_fault_of_its_account_alone(code):
    first, second, third = accounts(3)
    client = Secrets(map(secret_of, (first, second, third)), {secret_of(second): code})
    keyring = a_keyring(client, (first, second, third))

    assert keyring.keys(first, MASTODON) == keys_of(first)
    with pytest.raises(CredentialsError, match="mastodon"):
        keyring.keys(second, MASTODON)
    assert keyring.keys(third, MASTODON) == keys_of(third)
    assert len(client.calls) == 1


def test_a_secret_that_may_not_be_read_ends_the_run_by_the_name_of_its_error():
    class Refusing(Secrets):
        def get_secret_value(self, *, SecretId):  # noqa: N803 - as the client calls it
            raise PermissionError(SecretId)

    first, second = accounts(2)
    refused = {secret_of(second): "AccessDeniedException"}
    keyring = a_keyring(Refusing(map(secret_of, (first, second)), refused), (first, second))

    assert keyring.keys(first, MASTODON) == keys_of(first)
    with pytest.raises(PermissionError, match=secret_of(second)):
        keyring.keys(second, MASTODON)


def test_what_one_call_does_not_tell_of_is_asked_for_alone():
    busy, left_out = accounts(2)
    client = Secrets(
        map(secret_of, (busy, left_out)),
        {secret_of(busy): "InternalServiceError"},
        {secret_of(left_out)},
    )
    keyring = a_keyring(client, (busy, left_out))

    assert keyring.keys(busy, MASTODON) == keys_of(busy)
    assert keyring.keys(left_out, MASTODON) == keys_of(left_out)
    assert client.calls[1:] == [[secret_of(busy)], [secret_of(left_out)]]


def test_a_secret_that_is_none_is_the_fault_of_its_account_alone():
    class Odd(Secrets):
        def _value(self, name):
            value = super()._value(name)
            return {**value, "SecretString": "[]"} if name == secret_of(second) else value

    first, second = accounts(2)
    keyring = a_keyring(Odd(map(secret_of, (first, second))), (first, second))

    assert keyring.keys(first, MASTODON) == keys_of(first)
    with pytest.raises(CredentialsError, match="not readable"):
        keyring.keys(second, MASTODON)


def test_keys_are_handed_out_once_and_read_anew_for_whoever_asks_again():
    many = accounts(2)
    client = Secrets(map(secret_of, many))
    keyring = a_keyring(client, many)

    keyring.keys(many[0], MASTODON)
    keyring.keys(many[0], MASTODON)

    assert client.calls == [[secret_of(each) for each in many], [secret_of(many[0])]]


def test_an_account_without_a_handle_and_a_feed_have_no_secret_to_read():
    first, second = accounts(2)
    without = an_account("without", handles=())
    feed = an_account("feed", handles=(Handle(FEED, "feed", "https://force.example"),))
    client = Secrets(map(secret_of, (first, second)))
    keyring = Keyring(lambda: client, "force/reading/")
    keyring.expect(
        [(without, MASTODON), (feed, FEED), (first, MASTODON), (second, MASTODON)],
    )

    assert keyring.keys(feed, FEED).identifier == "feed"
    with pytest.raises(CredentialsError, match="no handle"):
        keyring.keys(without, MASTODON)
    assert client.calls == []
    keyring.keys(first, MASTODON)
    assert client.calls == [[secret_of(first), secret_of(second)]]


def test_whoever_reads_more_with_them_is_told_which_were_read_together():
    first, missing, last = accounts(3)
    client, told = Secrets(map(secret_of, (first, last))), []
    keyring = a_keyring(client, (first, missing, last), read=lambda keys: told.append(list(keys)))

    keyring.keys(first, MASTODON)

    assert told == [[(MASTODON, keys_of(first)), (MASTODON, keys_of(last))]]
