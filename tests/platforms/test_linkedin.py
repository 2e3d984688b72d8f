"""The LinkedIn adapter keeps the contract, on a server made from LinkedIn's documentation."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from shared.platforms.base import (
    Credentials,
    NotSentError,
    SignInError,
    UncertainError,
    UnsupportedError,
)
from shared.platforms.linkedin import linkedin
from shared.platforms.linkedin.little import read, written
from shared.platforms.linkedin.service import VERSIONED
from shared.platforms.wire import Wire
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
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract
from tests.platforms.servers.linkedin import ORGANISATION, LinkedInServer
from tests.platforms.timelined import TimelineContract
from tests.platforms.words import texts

NOBODY = "http://127.0.0.1:9"
GOLDEN = json.loads((Path(__file__).parent / "golden" / "linkedin.json").read_text())


def an_adapter(credentials, waits=PATIENT):
    return linkedin(credentials, MemorySessions(), wire=Wire(waits), clock=now)


class TestLinkedIn(PlatformContract, FaultContract, TimelineContract):
    too_long = "x" * 3_001

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls):
        with LinkedInServer(now) as server:
            yield server

    @pytest.fixture
    def platform(self, server):
        self.server = server
        return an_adapter(server.account())

    @pytest.fixture
    def hasty(self, server):
        return an_adapter(server.account(), HASTY)

    @pytest.fixture
    def unheard(self):
        return an_adapter(Credentials(NOBODY, ORGANISATION, "token"))

    @pytest.fixture
    def faults(self, server):
        server.faults.clear()
        yield server.faults
        assert not server.faults.waiting()

    def standing_texts(self):
        return [read(share.commentary) for share in self.server.shares]

    def change_words(self, receipt, text):
        share = next(s for s in self.server.shares if s.urn == receipt.platform_id)
        share.commentary = written(text)

    def test_the_request_is_the_documented_one(self, platform):
        words = "Bike marking (free) on Saturday, #StaffordshirePolice"

        frozen = platform.prepare(a_draft(words), a_key(), now())

        assert frozen.request["fields"]["post"] == GOLDEN["post"]
        assert GOLDEN["headers"] == VERSIONED

    @pytest.mark.parametrize("fault", ["truncated-body", "wrong-content-type", "slow-drip"])
    def test_an_answer_that_is_none_is_uncertain_and_the_post_is_found(
        self, platform, hasty, faults, fault
    ):
        """LinkedIn names the post in a header and sends no body that could be spoiled."""
        frozen = self.frozen(platform, a_draft(text := f"Spoiled {a_key()}"))
        faults.once(fault)

        receipt = hasty.send(frozen, NO_MEDIA)

        assert platform.find(frozen) == receipt
        assert self.copies(text) == 1

    @pytest.mark.parametrize("count", [1, 3])
    def test_pictures_are_delivered_with_their_alt_texts(self, platform, count):
        media = MemoryMedia(*(a_png(shade) for shade in range(count)))
        alts = [f"Bicycle {number}, marked." for number in range(count)]
        frozen = self.frozen(platform, a_draft(f"Pictures {a_key()}", media=media.named(*alts)))

        receipt = platform.send(frozen, media)

        assert all(alt in json.dumps(self.server.shares[-1].content) for alt in alts)
        assert platform.find(frozen) == receipt

    def test_a_picture_goes_to_no_address_but_the_platforms_own(self, platform, monkeypatch):
        monkeypatch.setattr(self.server, "url", "http://elsewhere.example")
        media = MemoryMedia(a_png())
        frozen = self.frozen(platform, a_draft("A picture", media=media.named("A bicycle.")))

        with pytest.raises(NotSentError, match="not its own"):
            platform.send(frozen, media)

    def test_words_that_linkedin_has_already_mean_look(self, platform, faults):
        faults.once("duplicate-refusal")

        with pytest.raises(UncertainError, match="urn:li:share:7141"):
            platform.send(self.frozen(platform), NO_MEDIA)

    def test_a_token_that_has_ended_is_a_sign_in_error(self, platform, server):
        stranger = an_adapter(replace(server.account(), password="ended"))

        with pytest.raises(SignInError):
            stranger.send(self.frozen(stranger), NO_MEDIA)

    def test_a_reply_is_unsupported_before_anything_is_sent(self, platform):
        with pytest.raises(UnsupportedError, match="reply"):
            platform.prepare(a_draft("Yes", kind=Kind.REPLY), a_key(), now())


@given(texts)
def test_words_written_as_little_text_read_back_as_they_were(text):
    assert read(written(text)) == text


@pytest.mark.parametrize(
    ("commentary", "words"),
    [
        (r"Join {hashtag|\#|Stoke} at \(noon\)", "Join #Stoke at (noon)"),
        ("Join {hashtag|#|Stoke}", "Join #Stoke"),
        ("Thanks @[Leek Council](urn:li:organization:12)", "Thanks @Leek Council"),
        (r"a\\b \# c", r"a\b # c"),
    ],
)
def test_linkedins_own_writing_reads_as_words(commentary, words):
    assert read(commentary) == words
