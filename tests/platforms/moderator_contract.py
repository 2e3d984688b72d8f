"""What every moderator promises (moderating.py), once for all: each moderator's tests inherit
these, on a strict server that can be told to fail.
"""

import json
import re
from dataclasses import asdict, dataclass

import pytest

from shared.platforms.base import (
    NotSentError,
    RateLimitedError,
    RefusedError,
    SignInError,
    UncertainError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.moderating import LONGEST_RAW
from shared.platforms.opening import Opening
from shared.posts.capabilities import Can, capabilities
from tests.platforms.builders import now
from tests.platforms.reader_contract import HOSTILE
from tests.platforms.served import Served
from tests.platforms.servers.watched import Someone

US = Someone(0, "Stoke Police")
"""The account itself."""

ANN = Someone(2, "Ann Tell", about="Leek.")


@dataclass(frozen=True)
class Deed:
    """One deed: which capability it is, what its faults are called, and what it undoes."""

    name: str
    can: Can
    on: str
    undoes: str = ""

    def __str__(self) -> str:
        return self.name


DEEDS = (
    Deed("hide", Can.HIDE_COMMENT, "hide"),
    Deed("show", Can.HIDE_COMMENT, "hide", undoes="hide"),
    Deed("delete", Can.DELETE_COMMENT, "delete-comment"),
    Deed("report", Can.REPORT_COMMENT, "report"),
    Deed("block", Can.BLOCK, "block"),
    Deed("unblock", Can.BLOCK, "block", undoes="block"),
)

UNDONE = ("500-before-commit", "reset-before-commit")
LOST = ("500-after-commit", "reset-after-commit")
ABSENT = re.compile("does not exist|Could not locate")
"""Some platforms say with a 400 that there is no such thing."""

SPOILED = ("truncated-body", "wrong-content-type")


class ModeratorContract(Served):
    """Inherit, and say how the server is started and the moderator, `platform`, is opened.

    The server has `say(text, by)` -> the comment's id, `author_of(by)` -> theirs, `nobody`, an id
    that nothing has, and looks of its own: `stands`, `is_hidden`, `reports`, `is_blocked`.
    """

    shows_hidden = True
    """Whether the platform tells that a comment is hidden."""

    def moderated_by(self, at: Opening):
        """The moderator."""
        raise NotImplementedError

    def opened(self, credentials, sessions, waits):
        return self.moderated_by(Opening(credentials, sessions, "", waits, now))

    @pytest.fixture(autouse=True)
    def _alone(self, server):
        server.forget()

    def pytest_generate_tests(self, metafunc):
        """What a platform cannot is not tried again and again: that it says so is a test."""
        if "deed" in metafunc.fixturenames:
            able = [deed for deed in DEEDS if capabilities(self.name).can(deed.can)]
            metafunc.parametrize("deed", able, ids=str)

    def do(self, moderator, deed, said):
        """The deed, on a comment or on who wrote it."""
        if deed.can is Can.BLOCK:
            getattr(moderator, deed.name)(self.server.author_of(ANN))
        elif deed.can is Can.REPORT_COMMENT:
            moderator.report(said, "It threatens a child.")
        else:
            getattr(moderator, deed.name)(said)

    def is_done(self, deed, said):
        """What stands, looked at without the adapter."""
        match deed.name:
            case "hide" | "show":
                return self.server.is_hidden(said) == (deed.name == "hide")
            case "delete":
                return not self.server.stands(said)
            case "report":
                return said in [named for named, _ in self.server.reports]
        return self.server.is_blocked(self.server.author_of(ANN)) == (deed.name == "block")

    def ready(self, moderator, deed):
        """A comment that the deed can be done to, and has not been."""
        said = self.server.say("You know where they live.", ANN)
        if deed.undoes:
            getattr(moderator, deed.undoes)(
                self.server.author_of(ANN) if deed.can is Can.BLOCK else said
            )
        else:
            moderator.comment(said)  # signs in
        return said

    def test_a_moderator_bears_the_name_of_its_platform(self, platform):
        assert platform.name == self.name

    def test_a_comment_is_told_with_its_author_its_time_and_the_platforms_own_answer(
        self, platform, server
    ):
        said = server.say("He lives in Mill Street!\nGo there.", ANN)

        told = platform.comment(said)

        assert told.platform_id == said
        assert told.text == "He lives in Mill Street!\nGo there."
        assert told.author.platform_id == server.author_of(ANN)
        assert "Ann Tell" in (told.author.name, "Ann Tell" if not told.author.name else "")
        assert abs((now() - told.at).total_seconds()) < 60
        assert told.hidden is (False if self.shows_hidden else None)
        assert "Mill Street" in told.raw

    def test_a_comment_that_is_not_there_is_none(self, platform, server):
        assert platform.comment(server.nobody) is None

    def test_our_own_words_are_left_to_deletions(self, platform, server):
        said = server.say("Good morning.", US)

        with pytest.raises(RefusedError, match="/deletions"):
            platform.comment(said)

    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_hostile_words_can_be_kept(self, platform, server, words):
        told = platform.comment(server.say(words, Someone(4, words, about=words)))

        json.dumps(asdict(told), default=str, ensure_ascii=False).encode()
        assert not set(told.raw + told.text) & set("\x00\x07\x1b\ud83d")
        assert len(told.raw.encode()) <= LONGEST_RAW
        assert told.raw

    def test_what_the_platform_cannot_it_says_as_the_pages_say_it(self, platform, server):
        said = server.say("Go home.", ANN)
        here = capabilities(self.name)

        for unable in (deed for deed in DEEDS if not here.can(deed.can)):
            with pytest.raises(UnsupportedError) as caught:
                self.do(platform, unable, said)
            assert str(caught.value) == here.sentence(unable.can) != ""

        assert server.stands(said)

    def test_a_deed_is_done(self, platform, deed):
        said = self.ready(platform, deed)
        assert not self.is_done(deed, said)

        self.do(platform, deed, said)

        assert self.is_done(deed, said)

    def test_a_deed_touches_nobody_else(self, platform, server, deed):
        other = server.say("Thank you.", bob := Someone(6, "Bob"))
        said = self.ready(platform, deed)

        self.do(platform, deed, said)

        assert server.stands(other)
        assert not server.is_hidden(other)
        assert other not in [named for named, _ in server.reports]
        assert not server.is_blocked(server.author_of(bob))

    def test_a_deed_done_before_is_no_error(self, platform, deed):
        said = self.ready(platform, deed)
        self.do(platform, deed, said)

        self.do(platform, deed, said)

        assert self.is_done(deed, said)

    def test_what_is_gone_needs_no_deed(self, platform, server, deed):
        if deed.name in ("hide", "delete", "report"):
            self.do(platform, deed, server.nobody)

            assert list(server.reports) == []

    def test_what_is_gone_cannot_be_shown_again(self, platform, server):
        if capabilities(self.name).can(Can.HIDE_COMMENT):
            with pytest.raises(RefusedError):
                platform.show(server.nobody)

    def test_a_hidden_comment_is_told_as_hidden_and_shown_again(self, platform, server):
        if capabilities(self.name).can(Can.HIDE_COMMENT) and self.shows_hidden:
            said = server.say("Liars.", ANN)

            platform.hide(said)
            hidden = platform.comment(said).hidden
            platform.show(said)

            assert (hidden, platform.comment(said).hidden) == (True, False)

    def test_a_report_says_why(self, platform, server):
        if capabilities(self.name).can(Can.REPORT_COMMENT):
            said = server.say("I will find her.", ANN)

            platform.report(said, "It threatens a witness.")

            assert server.reports == [(said, "It threatens a witness.")]

    def test_nothing_we_ask_is_unknown_to_the_platform(self, platform, server, deed):
        before = len(server.refused)

        self.do(platform, deed, self.ready(platform, deed))

        told = [reply for reply in server.refused[before:] if reply.status not in (401, 404)]
        assert [r.fields for r in told if not ABSENT.search(str(r.fields))] == []


class ModeratorFaultContract:
    """What every moderator promises when the platform fails it: never a silent success."""

    @pytest.mark.parametrize("fault", UNDONE)
    def test_a_deed_that_did_nothing_is_uncertain_and_done_again(
        self, platform, faults, deed, fault
    ):
        said = self.ready(platform, deed)
        faults.once(fault, on=deed.on)

        with pytest.raises(UncertainError):
            self.do(platform, deed, said)
        assert not self.is_done(deed, said)

        self.do(platform, deed, said)
        assert self.is_done(deed, said)

    @pytest.mark.parametrize("fault", [*LOST, *SPOILED])
    def test_a_deed_whose_answer_is_lost_is_proved_or_uncertain(
        self, platform, faults, deed, fault
    ):
        said = self.ready(platform, deed)
        faults.once(fault, on=deed.on)

        try:
            self.do(platform, deed, said)
        except UncertainError:
            assert not self.can_be_seen(deed)
        else:
            assert self.can_be_seen(deed) or fault in SPOILED

        assert self.is_done(deed, said)
        self.do(platform, deed, said)

    def test_a_deed_that_hangs_is_proved_or_uncertain(self, platform, hasty, faults, deed):
        said = self.ready(platform, deed)
        faults.once("timeout-after-commit", on=deed.on)

        try:
            self.do(hasty, deed, said)
        except UncertainError:
            assert not self.can_be_seen(deed)

        assert self.is_done(deed, said)

    def test_a_deed_that_cannot_be_read_back_is_uncertain(self, platform, faults, deed):
        if not self.can_be_seen(deed):
            return
        said = self.ready(platform, deed)
        faults.always("500-before-commit", on=self.looked_at_by(deed))

        with pytest.raises((UncertainError, NotSentError)):
            self.do(platform, deed, said)
        faults.clear()

    def test_not_now_tells_when_and_does_nothing(self, platform, faults, deed):
        said = self.ready(platform, deed)
        faults.once("429", on=deed.on)

        with pytest.raises(RateLimitedError) as caught:
            self.do(platform, deed, said)

        assert caught.value.retry_at > now()
        assert not self.is_done(deed, said)

    def test_nobody_listening_does_nothing(self, platform, unheard, deed):
        said = self.ready(platform, deed)

        with pytest.raises(NotSentError):
            self.do(unheard, deed, said)

    def test_keys_that_are_no_good_do_nothing(self, platform, stranger, deed):
        said = self.ready(platform, deed)

        with pytest.raises(SignInError):
            self.do(stranger, deed, said)

        assert not self.is_done(deed, said)

    @pytest.mark.parametrize("fault", [*UNDONE, *SPOILED])
    def test_a_look_that_failed_is_never_an_absence(self, platform, server, faults, fault):
        said = server.say("Go home.", ANN)
        platform.comment(said)  # signs in
        faults.once(fault, on="comment")

        with pytest.raises(UnreachableError):
            platform.comment(said)

    def test_a_look_not_now_tells_when(self, platform, server, faults):
        said = server.say("Go home.", ANN)
        platform.comment(said)
        faults.once("429", on="comment")

        with pytest.raises(RateLimitedError):
            platform.comment(said)

    def test_a_look_with_nobody_listening_tells_nothing(self, platform, unheard, server):
        said = server.say("Go home.", ANN)
        platform.comment(said)

        with pytest.raises(UnreachableError):
            unheard.comment(said)

    def can_be_seen(self, deed):
        """Whether the platform shows afterwards that it was done."""
        return deed.can is not Can.REPORT_COMMENT and (
            deed.can is not Can.HIDE_COMMENT or self.shows_hidden
        )

    def looked_at_by(self, deed):
        """What the look afterwards is called by faults."""
        return "blocked" if deed.can is Can.BLOCK else "comment"
