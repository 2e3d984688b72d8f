"""What tests against a strict server of their own share: its fixtures, and a few promises."""

from dataclasses import replace
from typing import Any, ClassVar

import pytest

from shared.platforms.base import Credentials, SignInError, UncertainError, UnsupportedError
from shared.platforms.wire import Timeouts
from shared.posts.content import Kind
from tests.platforms.builders import (
    HASTY,
    NO_MEDIA,
    PATIENT,
    MemoryMedia,
    MemorySessions,
    a_draft,
    a_key,
    a_png,
    now,
)

NOBODY = "http://127.0.0.1:9"
"""The discard port: nobody listens there."""


class Served:
    """Inherit, and say how the server is started and how it is spoken to; `server`, `account` and
    `sessions` last as long as the class, so that nobody signs in for every test."""

    nowhere: ClassVar = NOBODY

    @classmethod
    def serve(cls) -> Any:
        """The server, a context manager."""
        raise NotImplementedError

    def opened(self, credentials: Credentials, sessions: MemorySessions, waits: Timeouts) -> Any:
        """An adapter, a reader or an editor, as a new function would open it."""
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls):
        with cls.serve() as server:
            yield server

    @pytest.fixture(scope="class")
    @classmethod
    def account(cls, server):
        return server.account()

    @pytest.fixture(scope="class")
    @classmethod
    def sessions(cls):
        return MemorySessions()

    @pytest.fixture
    def platform(self, server, account, sessions):
        self.server = server
        return self.opened(account, sessions, PATIENT)

    @pytest.fixture
    def hasty(self, account, sessions):
        return self.opened(account, sessions, HASTY)

    @pytest.fixture
    def unheard(self, account, sessions):
        """One whose platform has nobody listening, though it has a session."""
        kept = MemorySessions()
        for name, session in sessions.kept.items():
            kept.save(name, {**session, **({"service": NOBODY} if "service" in session else {})})
        token_url = account.token_url and f"{NOBODY}/token"
        return self.opened(replace(account, service=self.nowhere, token_url=token_url), kept, HASTY)

    @pytest.fixture
    def stranger(self, account):
        """One whose keys are no good."""
        return self.opened(replace(account, password="ended"), MemorySessions(), PATIENT)

    @pytest.fixture
    def faults(self, server):
        server.faults.clear()
        yield server.faults
        assert not server.faults.waiting()


class ServedContract(Served):
    """What every adapter on a strict server promises; inherit PlatformContract too."""

    repetition: ClassVar = "."
    """Found in what the platform says of words that it has already."""

    def test_words_that_the_platform_has_already_mean_look(self, platform, faults):
        faults.once("duplicate-refusal")

        with pytest.raises(UncertainError, match=self.repetition):
            platform.send(self.frozen(platform), NO_MEDIA)

    def test_keys_that_are_no_good_are_a_sign_in_error(self, stranger):
        with pytest.raises(SignInError):
            stranger.send(self.frozen(stranger), NO_MEDIA)

    @pytest.mark.parametrize("kind", [Kind.RESHARE, Kind.REPLY])
    def test_what_is_no_post_of_our_own_is_unsupported_before_anything_is_sent(
        self, platform, kind
    ):
        with pytest.raises(UnsupportedError, match=kind.value):
            platform.prepare(a_draft("Look", kind=kind), a_key(), now())


class PictureContract:
    """A platform that carries pictures."""

    def last_alts(self) -> list[str]:
        """The alt texts of what was published last, looked at without the adapter."""
        raise NotImplementedError

    @pytest.mark.parametrize("count", [1, 3])
    def test_pictures_are_delivered_with_their_alt_texts(self, platform, count):
        media = MemoryMedia(*(a_png(shade) for shade in range(count)))
        alts = [f"Bicycle {number}, marked." for number in range(count)]
        frozen = self.frozen(platform, a_draft(f"Pictures {a_key()}", media=media.named(*alts)))

        receipt = platform.send(frozen, media)

        assert self.last_alts() == alts
        assert platform.find(frozen) == receipt
