"""What every reader promises (reading.py), once for all: each reader's tests inherit these."""

import json
from dataclasses import asdict
from datetime import timedelta

import pytest

from shared.platforms.base import (
    RateLimitedError,
    SignInError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.opening import Opening
from shared.platforms.reading import all_of
from shared.posts.capabilities import Can, capabilities
from tests.platforms.builders import now
from tests.platforms.served import Served
from tests.platforms.servers.watched import Remark, Someone

READS = (Can.PROFILE, Can.FOLLOWERS, Can.FOLLOWING, Can.MENTIONS, Can.LIMITS)

SPOILED = (
    *("500-before-commit", "reset-before-commit"),
    *("truncated-body", "wrong-content-type"),
)
SLOW = ("timeout-before-commit", "slow-drip")
"""These take their time, and every look is made alike: the profile stands for all."""

FAILED = [
    *((fault, what) for fault in SPOILED for what in READS),
    *((fault, Can.PROFILE) for fault in SLOW),
]

HOSTILE = (
    "Two\nlines\r\nand\ttabs",
    "\u202egnidaer\u202c \u2066isolated\u2069",
    "<script>alert(1)</script>",
    "nul \x00 bell \x07 escape \x1b[31m",
    "half \ud83d a character",
    "x" * 100_000,
    "  \u200b\ufeff  ",
    "Zoë 👩🏽\u200d🚒 Ŵyl",
)


LISTS = (Can.FOLLOWERS, Can.FOLLOWING, Can.MENTIONS)


def around(server, *names: str) -> None:
    """People of these names follow, are followed, and say their name, the first of them last."""
    moment = now()
    for place, name in enumerate(names):
        one = Someone(place + 1, name, about=f"I am {name}")
        server.followers.append(one)
        server.following.append(one)
        at = moment - timedelta(seconds=place)
        server.remarks.append(Remark(100_000 - place, one, name, at))


def said_or_called(one) -> str:
    """What a mention says, what a person is called."""
    return getattr(one, "text", None) or one.name


class ReaderContract(Served):
    """Inherit, and say how the server is started and the reader, `platform`, is opened."""

    people_pages = 120
    """More people than one page has."""

    def read_by(self, at: Opening):
        """The reader."""
        raise NotImplementedError

    def opened(self, credentials, sessions, waits):
        return self.read_by(Opening(credentials, sessions, "", waits, now))

    @pytest.fixture(autouse=True)
    def _alone(self, server):
        server.forget()

    def pytest_generate_tests(self, metafunc):
        """What a platform cannot is not tried again and again: that it says so is a test."""
        given = set(metafunc.fixturenames)
        if {"fault", "reads"} <= given:
            failed = [one for one in FAILED if self.can(one[1])]
            metafunc.parametrize(("fault", "reads"), failed)
        elif "reads" in given:
            metafunc.parametrize("reads", list(filter(self.can, READS)))
        elif "lists" in given:
            metafunc.parametrize("lists", list(filter(self.can, LISTS)))

    def can(self, what: Can) -> bool:
        return capabilities(self.name).can(what)

    def read(self, reader, what: Can):
        """Everything of this kind, or the platform's refusal."""
        match what:
            case Can.PROFILE:
                return reader.profile()
            case Can.LIMITS:
                return reader.limits()
            case Can.MENTIONS:
                since = now() - timedelta(days=1)
                return list(all_of(lambda cursor: reader.mentions(since, cursor)))
            case Can.FOLLOWERS:
                return list(all_of(reader.followers))
        return list(all_of(reader.following))

    def test_a_reader_bears_the_name_of_its_platform(self, platform):
        assert platform.name == self.name

    @pytest.mark.parametrize("what", READS)
    def test_what_the_platform_cannot_it_says_as_the_pages_say_it(self, platform, what):
        if self.can(what):
            self.read(platform, what)
            return
        with pytest.raises(UnsupportedError) as caught:
            self.read(platform, what)

        assert str(caught.value) == capabilities(self.name).sentence(what) != ""

    def test_the_profile_is_the_account_as_the_public_sees_it(self, platform, server):
        server.followers.append(Someone(1, "Ann"))

        profile = platform.profile()

        assert profile.actor.platform_id
        assert profile.actor.name
        assert profile.followers in (1, None)

    def test_a_list_comes_in_order_each_with_their_own_words(self, platform, server, lists):
        around(server, "Ann", "Bob & Co")

        read = self.read(platform, lists)

        assert [said_or_called(one) for one in read] == ["Ann", "Bob & Co"]
        assert len({one.platform_id for one in read}) == len(read)

    def test_a_list_of_many_pages_is_read_to_its_end(self, platform, server, lists):
        names = [f"Person {number}" for number in range(1, self.people_pages)]
        around(server, *names)

        read = self.read(platform, lists)

        assert [said_or_called(one) for one in read] == names

    def test_a_list_of_nobody_is_empty(self, platform, lists):
        assert self.read(platform, lists) == []

    def test_mentions_come_newest_first_and_none_from_before(self, platform, server):
        ann, moment = Someone(1, "Ann"), now().replace(microsecond=0)
        for hours in (30, 20, 2, 1):
            remark = Remark(100 - hours, ann, f"{hours} h ago", moment - timedelta(hours=hours))
            server.remarks.append(remark)

        said = self.read(platform, Can.MENTIONS)

        assert [one.text for one in said] == ["1 h ago", "2 h ago", "20 h ago"]
        assert [one.at for one in said] == [r.at for r in server.newest()[:3]]
        assert said[0].author is None or said[0].author.platform_id

    def test_an_answer_names_the_post_it_answers(self, platform, server):
        server.remarks.append(Remark(7, Someone(1, "Ann"), "Thank you", now(), answers=3))

        [said] = self.read(platform, Can.MENTIONS)

        assert said.answers is None or "3" in said.answers

    @pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
    def test_a_hostile_name_is_one_line_that_can_be_kept_and_shown(self, platform, server, name):
        by = Someone(1, name, about=name)
        server.remarks.append(Remark(7, by, name, now()))
        server.followers.append(by)
        server.following.append(by)

        read = [
            *self.read(platform, Can.MENTIONS),
            *(self.read(platform, Can.FOLLOWERS) if self.can(Can.FOLLOWERS) else ()),
        ]

        for one in read:
            json.dumps(asdict(one), default=str, ensure_ascii=False).encode()
            actor = getattr(one, "author", one)
            if actor is not None:
                assert len(actor.name) <= 200
                assert not set(actor.name) & set("\n\r\t\x00\x07\x1b\u202e\u2066")
                assert actor.url.startswith(("https://", "http://127.0.0.1")) or not actor.url

    def test_a_server_that_repeats_its_pages_does_not_keep_us(self, platform, server, lists):
        around(server, *["Ann"] * self.people_pages)
        server.endless = True

        with pytest.raises(UnreachableError, match="again"):
            self.read(platform, lists)

    def test_reading_never_writes(self, platform, server):
        server.methods.clear()
        for what in filter(self.can, READS):
            self.read(platform, what)

        strange = {(m, p) for m, p in server.methods if m != "GET" and not self.signs_in(p)}
        assert strange == set()

    def signs_in(self, path: str) -> bool:
        return any(word in path for word in ("token", "session", "Session"))

    def test_nothing_we_ask_is_unknown_to_the_platform(self, platform, server):
        before = len(server.refused)

        for what in filter(self.can, READS):
            self.read(platform, what)

        assert [r.fields for r in server.refused[before:] if r.status != 401] == []


class ReaderFaultContract:
    """What every reader promises when the platform fails it."""

    def test_a_look_that_failed_tells_nothing(self, platform, hasty, server, faults, fault, reads):
        around(server, "So much to say that no answer is over before it is given up.")
        self.read(platform, reads)  # signs in
        self.forget_limits()
        faults.once(fault, on=reads.value)

        with pytest.raises(UnreachableError):
            self.read(hasty, reads)

    def test_not_now_tells_when_to_ask_again(self, platform, faults, reads):
        self.forget_limits()
        faults.once("429", on=reads.value)

        with pytest.raises(RateLimitedError) as caught:
            self.read(platform, reads)

        assert caught.value.retry_at > now()

    def test_nobody_listening_tells_nothing(self, unheard):
        with pytest.raises(UnreachableError):
            unheard.profile()

    def test_keys_that_are_no_good_are_a_sign_in_error(self, stranger):
        with pytest.raises(SignInError):
            stranger.profile()

    def forget_limits(self) -> None:
        """A server's limits are kept for a day; not here."""
