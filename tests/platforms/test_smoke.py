"""`make smoke` against the strict servers and a real Bluesky server: nothing is left standing."""

import json
from datetime import UTC, datetime

import pytest

from local.pds import PdsServer
from local.sandbox import Fault, FaultKind
from local.smoke.__main__ import main
from local.smoke.keys import FileSessions, MissingKeysError, keys_for
from local.smoke.run import Smoke, SmokeError
from shared.platforms.base import Clues
from shared.posts.names import PlatformName
from tests.platforms.builders import now
from tests.platforms.servers.facebook import FacebookServer
from tests.platforms.servers.linkedin import LinkedInServer
from tests.platforms.servers.mastodon import MastodonServer
from tests.platforms.servers.viva_engage import VivaEngageServer
from tests.platforms.servers.x import XServer

STRICT = {
    "mastodon": (MastodonServer, "statuses"),
    "x": (XServer, "tweets"),
    "facebook": (FacebookServer, "posts"),
    "linkedin": (LinkedInServer, "shares"),
    "viva-engage": (VivaEngageServer, "messages"),
}


def environment(account, **more):
    return {
        "SMOKE_SERVICE": account.service,
        "SMOKE_IDENTIFIER": account.identifier,
        "SMOKE_PASSWORD": account.password,
        "SMOKE_CLIENT_ID": account.client_id,
        "SMOKE_CLIENT_SECRET": account.client_secret,
        "SMOKE_TOKEN_URL": account.token_url,
        **more,
    }


@pytest.fixture(params=STRICT)
def strict(request):
    kind, said = STRICT[request.param]
    with kind(now) as server:
        yield request.param, server, lambda: len(getattr(server, said))


def test_it_publishes_reads_back_and_leaves_nothing_standing(strict, capsys):
    name, server, count = strict

    code = main(["--platform", name, "--yes"], environment(server.account()))

    out = capsys.readouterr().out
    assert code == 0
    assert [f"{n}. " in out for n in range(1, 5)] == [True] * 4
    assert count() == 0
    assert server.account().password not in out


def test_without_being_confirmed_it_says_what_it_would_do_and_does_nothing(strict, capsys):
    name, server, count = strict

    assert main(["--platform", name], environment(server.account())) == 2

    told = capsys.readouterr()
    assert "A test of our publishing" in told.out
    assert "CONFIRM=yes" in told.err
    assert count() == 0


def test_a_step_that_does_not_hold_says_what_to_take_away_by_hand(strict, capsys):
    name, server, _ = strict
    server.faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on="timeline", times=None))
    server.faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on="read", times=None))

    assert main(["--platform", name, "--yes"], environment(server.account())) == 1

    assert "by hand" in capsys.readouterr().err


@pytest.mark.pds
@pytest.mark.timeout(900)
def test_a_real_bluesky_server_holds_every_step(capsys):
    with PdsServer.start() as pds:
        keys = pds.create_account("smoke.test")
        code = main(["--platform", "bluesky", "--yes"], environment(keys))

    assert code == 0
    assert "4. read back: it is gone" in capsys.readouterr().out


def test_what_is_missing_is_named_and_never_shown():
    with pytest.raises(MissingKeysError, match="SMOKE_IDENTIFIER, SMOKE_SERVICE"):
        keys_for(PlatformName("mastodon"), {"SMOKE_PASSWORD": "hunter2"})
    keys = keys_for(PlatformName("x"), {"SMOKE_PASSWORD": "hunter2", "SMOKE_IDENTIFIER": "@a"})
    assert "hunter2" not in repr(keys)
    assert "SMOKE_SESSIONS" in keys.warning


def test_tokens_are_kept_for_the_next_run_and_for_nobody_else(tmp_path):
    path = tmp_path / "sessions.json"
    FileSessions(path).save("x", {"refresh": "one"})
    FileSessions(path).save("x", {"refresh": "two"})

    assert FileSessions(path).load("x") == {"refresh": "two"}
    assert json.loads(path.read_text())["x"]["refresh"] == "two"
    assert path.stat().st_mode & 0o077 == 0


class Shy:
    """A platform that shows nothing of what it took."""

    looks = 0

    def prepare(self, draft, key, now):
        return draft

    def send(self, frozen, media):
        raise AssertionError

    def find(self, frozen, clues=None):
        assert isinstance(clues, Clues)
        self.looks += 1


def test_it_waits_for_a_slow_platform_and_then_says_so():
    platform, waited = Shy(), []
    smoke = Smoke(PlatformName("x"), platform, "K" * 26, waited.append, lambda: datetime.now(UTC))
    platform.send = lambda _frozen, _media: type("Receipt", (), {"platform_id": "1"})

    with pytest.raises(SmokeError, match="not shown"):
        list(smoke.steps())
    assert platform.looks == len(waited) == 20
