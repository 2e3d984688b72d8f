"""Every server is asked once a day; what it told last stays until it tells something better."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from shared.accounts.registry import AccountStatus, Handle
from shared.platforms.base import RefusedError, SignInError, UnreachableError
from shared.posts.names import PlatformName
from shared.posts.server_limits import NOTHING_TOLD, ServerAnswer, ServerLimits
from shared.records.errors import ChangedError
from tests.builders import NOW, an_account
from watch.read_limits import MOST, MOST_KEYS, Desk, Looked, read_limits
from watch.reading_ways import ways

MASTODON = PlatformName("mastodon")
HERE = (MASTODON, "https://social.example")
GENEROUS, MEAN = ServerLimits(characters=5_000), ServerLimits(characters=300)
TOMORROW = NOW + timedelta(days=1)


@dataclass
class Registry:
    accounts: tuple

    def all(self):
        return self.accounts


@dataclass
class Kept:
    """What is on record, and the leaves; `overtaken` plays another run of this moment."""

    rows: dict = field(default_factory=dict)
    acts: list = field(default_factory=list)
    overtaken: bool = False

    def several(self, servers):
        return {server: self.rows[server] for server in servers if server in self.rows}

    def keep(self, before, after, act):
        server = after.platform, after.service
        if self.overtaken or self.rows.get(server) != before:
            raise ChangedError("server", "it", "was asked by somebody else")
        self.rows[server] = after
        self.acts += [act] if act else []


@dataclass
class Server:
    """Answers what it is told to, one after the other; the last again and again."""

    says: list
    asked: int = 0

    def limits(self):
        self.asked += 1
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if isinstance(said, BaseException):
            raise said
        return said


def at(service="https://social.example/", platform=MASTODON, **so):
    return an_account(handles=(Handle(platform, "riverside", service),), **so)


def a_desk(*ways, accounts=None, kept=None):
    return Desk(Registry(accounts or (at(),)), kept or Kept(), lambda *_: iter(ways))


def test_what_a_server_tells_is_kept_with_a_leaf():
    desk = a_desk(Server([GENEROUS]))

    assert read_limits(desk, NOW) == Looked(1, 1, ())

    assert desk.told.rows[HERE] == ServerAnswer(*HERE, NOW, GENEROUS, NOW)
    [act] = desk.told.acts
    assert act.type == "server.limits_told"
    assert act.subject == "server:mastodon https://social.example"
    assert act.payload["is"]["characters"] == 5_000
    assert act.payload["was"] is None


def test_the_same_again_the_next_day_is_no_news():
    desk = a_desk(server := Server([GENEROUS]))
    read_limits(desk, NOW)

    assert read_limits(desk, TOMORROW) == Looked(1, 0, ())
    assert server.asked == 2
    assert len(desk.told.acts) == 1
    assert desk.told.rows[HERE].told_at == TOMORROW


def test_fired_twice_it_asks_once():
    desk = a_desk(server := Server([GENEROUS]))

    read_limits(desk, NOW)
    again = read_limits(desk, NOW + timedelta(minutes=5))

    assert again == Looked(0, 0, ())
    assert server.asked == 1


def test_of_two_runs_at_once_one_writes():
    desk = a_desk(Server([GENEROUS]), kept=Kept(overtaken=True))

    assert read_limits(desk, NOW) == Looked(0, 0, ())
    assert desk.told.acts == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (UnreachableError("Mastodon answered 500."), "answered 500"),
        (ServerLimits(characters=1), "characters 1"),
        (ServerLimits(characters=10**12), "characters 1000000000000"),
        (UnreachableError("x" * 10_000), "xxx"),
    ],
)
def test_a_broken_or_hostile_answer_leaves_the_last_good_one_and_says_so_once(answer, why):
    desk = a_desk(Server([GENEROUS, answer]))
    read_limits(desk, NOW)

    first = read_limits(desk, TOMORROW)
    second = read_limits(desk, TOMORROW + timedelta(days=1))

    assert first.newly_silent == ("mastodon https://social.example",)
    assert second == Looked(1, 0, ())
    kept = desk.told.rows[HERE]
    assert (kept.limits, kept.told_at) == (GENEROUS, NOW)
    assert why in kept.fault
    assert len(kept.fault) <= 300
    assert [act.type for act in desk.told.acts] == [
        "server.limits_told",
        "server.limits_not_told",
    ]
    assert desk.told.acts[-1].reason is None  # a stranger's words are in no envelope


def test_a_server_that_tells_again_is_on_record():
    desk = a_desk(Server([UnreachableError("Away."), GENEROUS]))

    assert read_limits(desk, NOW).newly_silent
    assert desk.told.rows[HERE].limits == NOTHING_TOLD
    assert read_limits(desk, TOMORROW) == Looked(1, 1, ())
    assert desk.told.rows[HERE].fault == ""


@pytest.mark.parametrize("no", [SignInError("Who are you?"), RefusedError("Not to strangers.")])
def test_one_that_tells_strangers_nothing_is_asked_with_a_key_that_only_reads(no):
    stranger, known = Server([no]), Server([MEAN])
    desk = a_desk(stranger, known)

    assert read_limits(desk, NOW).newly_silent == ()
    assert desk.told.rows[HERE].limits == MEAN


def test_one_that_tells_everybody_is_asked_without_a_key():
    stranger, known = Server([GENEROUS]), Server([MEAN])

    read_limits(a_desk(stranger, known), NOW)

    assert (stranger.asked, known.asked) == (1, 0)


def test_one_that_is_away_is_not_shown_our_keys():
    stranger, known = Server([UnreachableError("Away.")]), Server([MEAN])

    read_limits(a_desk(stranger, known), NOW)

    assert known.asked == 0


def test_several_accounts_of_one_server_are_one_question():
    asked = []

    def ways(server, accounts):
        asked.append((server, len(accounts)))
        return iter([Server([GENEROUS])])

    desk = Desk(Registry((at(), at("https://social.example"))), Kept(), ways)

    read_limits(desk, NOW)

    assert asked == [(HERE, 2)]


def test_nobody_asks_a_platform_that_does_not_tell_nor_for_an_account_that_is_closed():
    closed, silent = at(status=AccountStatus.CLOSED), at(platform=PlatformName("x"))

    assert read_limits(a_desk(accounts=(closed, silent)), NOW) == Looked(0, 0, ())


def test_a_run_asks_so_many_and_the_next_goes_on_with_those_that_waited_longest():
    accounts = tuple(at(f"https://s{number:03}.example") for number in range(MOST + 5))
    desk = Desk(Registry(accounts), Kept(), lambda *_: iter([Server([GENEROUS])]))

    assert read_limits(desk, NOW).asked == MOST
    assert read_limits(desk, NOW + timedelta(hours=1)).asked == 5
    assert read_limits(desk, NOW + timedelta(hours=2)).asked == 0


class KilledError(BaseException):
    """The function is gone."""


def test_killed_between_two_servers_it_goes_on_and_no_server_is_told_of_twice():
    accounts = at("https://a.example"), at("https://b.example"), at("https://c.example")
    for dies_at in range(3):
        kept, questions = Kept(), []

        def ways(server, _, questions=questions, dies_at=dies_at):
            questions.append(server)
            return iter([Server([KilledError()] if len(questions) == dies_at + 1 else [GENEROUS])])

        desk = Desk(Registry(accounts), kept, ways)
        with pytest.raises(KilledError):
            read_limits(desk, NOW)
        read_limits(desk, NOW)

        assert len(kept.rows) == len(kept.acts) == 3


def test_an_account_that_is_suspended_may_speak_again_and_its_server_is_asked():
    account = replace(at(), status=AccountStatus.SUSPENDED)

    assert read_limits(a_desk(Server([GENEROUS]), accounts=(account,)), NOW).asked == 1


# ── the ways to ask ──────────────────────────────────────────────────────────


class Secrets:
    """Secrets Manager, with these."""

    exceptions = SimpleNamespace(ResourceNotFoundException=LookupError)

    def __init__(self, **kept):
        self.kept, self.asked = kept, []

    def get_secret_value(self, **named):
        self.asked.append(named["SecretId"])
        account = named["SecretId"].split("/")[2]
        if account not in self.kept:
            raise LookupError
        return {"SecretString": json.dumps(self.kept[account])}


def named(account_id):
    handles = (Handle(MASTODON, account_id, HERE[1]),)
    return an_account(account_id, handles=handles)


def test_a_server_is_asked_without_a_key_and_then_with_keys_that_only_read():
    token = {"identifier": "a", "password": "token"}
    secrets = Secrets(a=token, c={**token, "client_id": "app"}, d=token)
    to_ask = ways("stack/reading/", lambda: secrets)

    readers = to_ask(HERE, tuple(map(named, "abcd")))
    first = next(readers)

    assert first.name == MASTODON
    assert secrets.asked == []
    # One that is renewed by an application is not spent on this: it may work once only.
    assert len(list(readers)) == 2
    assert secrets.asked == [f"stack/reading/{name}/mastodon" for name in "abcd"]


def test_no_more_keys_are_tried_than_a_few():
    names = [f"n{number}" for number in range(9)]
    token = {"identifier": "a", "password": "token"}
    secrets = Secrets(**dict.fromkeys(names, token))

    readers = list(ways("stack/reading/", lambda: secrets)(HERE, tuple(map(named, names))))

    assert len(readers) == 1 + MOST_KEYS
