"""Sessions: the token is kept nowhere, and an ended one opens nothing."""

import threading
from datetime import timedelta

import pytest

from shared.platforms.base import Sessions as SessionsOfPlatforms
from shared.posts.names import PersonId
from shared.records.errors import BusyError, ExpiredSessionError, TooLargeError, UnstorableError
from shared.records.platform_sessions import PlatformSessions
from shared.records.sessions import Sessions
from tests.builders import NOW

TOMORROW = NOW + timedelta(days=1)
ADA = PersonId("ada")


@pytest.fixture
def sessions(store):
    return Sessions(store)


class TestSessions:
    def test_a_token_tells_who_is_signed_in(self, sessions):
        created = sessions.create("token", ADA, NOW, TOMORROW)

        assert sessions.resolve("token", NOW) == created
        assert created.person_id == ADA

    def test_a_session_is_refused_from_the_moment_it_ends_though_its_row_is_there(
        self, sessions, store
    ):
        created = sessions.create("token", ADA, NOW, TOMORROW)

        with pytest.raises(ExpiredSessionError):
            sessions.resolve("token", TOMORROW)

        assert store.sessions.get(created.token_hash).person_id == ADA

    def test_a_session_ends_to_the_microsecond(self, sessions):
        sessions.create("token", ADA, NOW, TOMORROW)

        assert sessions.resolve("token", TOMORROW - timedelta(microseconds=1))

    def test_whoever_signs_out_is_out(self, sessions):
        sessions.create("token", ADA, NOW, TOMORROW)

        sessions.end("token")
        sessions.end("token")

        with pytest.raises(ExpiredSessionError):
            sessions.resolve("token", NOW)

    @pytest.mark.parametrize("token", ["", "other", "TOKEN", "x" * 9000, "\ud83d", "token\x00"])
    def test_another_token_opens_nothing(self, sessions, token):
        sessions.create("token", ADA, NOW, TOMORROW)

        with pytest.raises(ExpiredSessionError):
            sessions.resolve(token, NOW)

    def test_the_token_lies_nowhere(self, sessions, store):
        created = sessions.create("token-of-ada", ADA, NOW, TOMORROW)

        item = store.sessions.get(created.token_hash).to_simple_dict()

        assert "token-of-ada" not in str(item)
        assert created.token_hash not in repr(created)

    def test_the_database_may_forget_it_when_it_has_ended(self, sessions, store):
        created = sessions.create("token", ADA, NOW, TOMORROW)

        assert store.sessions.get(created.token_hash).ttl == TOMORROW

    def test_a_session_without_a_time_zone_is_refused(self, sessions):
        with pytest.raises(UnstorableError):
            sessions.create("token", ADA, NOW.replace(tzinfo=None), TOMORROW)


class TestPlatformSessions:
    def test_a_session_is_kept_for_the_next_caller(self, store):
        kept: SessionsOfPlatforms = PlatformSessions(store)
        session = {"accessJwt": "a.b.c", "refreshJwt": "d.e.f", "expires": 1.5, "did": None}

        kept.save("riverside/bluesky", session)

        assert PlatformSessions(store).load("riverside/bluesky") == session

    def test_the_last_sign_in_wins(self, store):
        kept = PlatformSessions(store)
        kept.save("riverside/bluesky", {"accessJwt": "old"})

        kept.save("riverside/bluesky", {"accessJwt": "new"})

        assert kept.load("riverside/bluesky") == {"accessJwt": "new"}
        assert PlatformSessions(store).load("riverside/bluesky") == {"accessJwt": "new"}

    def test_one_attempt_reads_its_session_once(self, store, calls):
        PlatformSessions(store).save("riverside/bluesky", {"accessJwt": "kept"})
        kept = PlatformSessions(store)

        found = [kept.load("riverside/bluesky") for _ in range(3)]

        assert found == [{"accessJwt": "kept"}] * 3
        assert calls == ["PutItem", "GetItem"]

    def test_those_of_a_run_are_read_together_and_whoever_signed_in_nowhere_has_none(
        self, store, calls
    ):
        for name in ("a/x", "b/x"):
            PlatformSessions(store).save(name, {"accessJwt": name})
        kept = PlatformSessions(store)

        kept.foresee(["a/x", "b/x", "nobody/x"])

        found = [kept.load(name) for name in ("a/x", "b/x", "nobody/x")]
        assert found == [{"accessJwt": "a/x"}, {"accessJwt": "b/x"}, None]
        assert calls == ["PutItem", "PutItem", "BatchGetItem"]

    def test_what_was_read_together_is_read_anew_by_whoever_holds_it(self, store):
        kept = PlatformSessions(store)
        kept.foresee(["a/x"])
        PlatformSessions(store).save("a/x", {"accessJwt": "renewed"})

        with kept.alone("a/x"):
            assert kept.load("a/x") == {"accessJwt": "renewed"}

    @pytest.mark.parametrize("name", ["", "nobody/x", "x" * 5000])
    def test_where_nobody_signed_in_there_is_none(self, store, name):
        assert PlatformSessions(store).load(name) is None

    def test_a_session_beyond_400_kb_is_refused(self, store):
        with pytest.raises(TooLargeError):
            PlatformSessions(store).save("riverside/bluesky", {"jwt": "x" * 500_000})


class TestHoldingAPlatformSession:
    def test_whoever_comes_second_waits_and_reads_what_the_first_one_saved(self, store):
        first, second = PlatformSessions(store), PlatformSessions(store)
        first.save("riverside/x", {"access": "old"})
        assert second.load("riverside/x") == {"access": "old"}
        inside, order = threading.Event(), []

        def renew():
            with first.alone("riverside/x"):
                inside.set()
                order.append("first")
                first.save("riverside/x", {"access": "new"})

        thread = threading.Thread(target=renew)
        thread.start()
        inside.wait(10)
        with second.alone("riverside/x"):
            order.append("second")
            assert second.load("riverside/x") == {"access": "new"}
        thread.join()

        assert order == ["first", "second"]

    def test_a_holder_that_died_is_waited_for_half_a_minute_of_its_clock(self, store):
        moment = [NOW]
        died = PlatformSessions(store, lambda: moment[0]).alone("riverside/x")
        died.__enter__()  # and never leaves

        def turn(_):
            moment[0] += timedelta(seconds=1)

        with PlatformSessions(store, lambda: moment[0], turn).alone("riverside/x"):
            assert moment[0] >= NOW + timedelta(seconds=30)

    def test_a_holder_that_never_ends_is_an_error_and_no_renewal(self, store):
        holder = PlatformSessions(store, lambda: NOW).alone("riverside/x")
        holder.__enter__()

        with (
            pytest.raises(BusyError),
            PlatformSessions(store, lambda: NOW, lambda _: None).alone("riverside/x"),
        ):
            raise AssertionError("somebody else holds it")
