"""The LinkedIn adapter keeps the contract, on a server made from LinkedIn's documentation."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from shared.platforms.base import NotSentError, UnsupportedError
from shared.platforms.linkedin import linkedin
from shared.platforms.linkedin.door import VERSIONED
from shared.platforms.linkedin.little import read, written
from shared.platforms.wire import Wire
from shared.posts.content import Card
from tests.platforms.builders import NO_MEDIA, MemoryMedia, a_draft, a_key, a_png, now
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract
from tests.platforms.served import PictureContract, ServedContract
from tests.platforms.servers.linkedin import LinkedInServer
from tests.platforms.timelined import TimelineContract
from tests.platforms.words import texts

GOLDEN = json.loads((Path(__file__).parent / "golden" / "linkedin.json").read_text())


class TestLinkedIn(
    ServedContract, PlatformContract, FaultContract, TimelineContract, PictureContract
):
    too_long = "x" * 3_001
    repetition = "urn:li:share:7141"

    @classmethod
    def serve(cls):
        return LinkedInServer(now)

    def opened(self, credentials, sessions, waits):
        return linkedin(credentials, sessions, wire=Wire(waits), clock=now)

    def standing_texts(self):
        return [read(share.commentary) for share in self.server.shares]

    def change_words(self, receipt, text):
        share = next(s for s in self.server.shares if s.urn == receipt.platform_id)
        share.commentary = written(text)

    def last_alts(self):
        content = self.server.shares[-1].content
        images = content["multiImage"]["images"] if "multiImage" in content else [content["media"]]
        return [image["altText"] for image in images]

    def test_the_request_is_the_documented_one(self, platform):
        words = "Bike marking (free) on Saturday, #StaffordshirePolice"

        frozen = platform.prepare(a_draft(words), a_key(), now())

        assert frozen.request["fields"]["post"] == GOLDEN["post"]
        assert GOLDEN["headers"] == VERSIONED

    def test_a_card_is_sent_in_the_words_that_were_cleared_and_the_post_is_found(self, platform):
        card = Card("https://force.example/a34", "The A34", "Open again.")
        frozen = self.frozen(platform, a_draft(f"Open {a_key()}", card=card))

        receipt = platform.send(frozen, NO_MEDIA)

        article = self.server.shares[-1].content["article"]
        told = {"source": card.url, "title": card.title, "description": card.description}
        assert (article, platform.find(frozen)) == (told, receipt)

    def test_a_card_and_pictures_do_not_go_together(self, platform):
        media = MemoryMedia(a_png())
        card = Card("https://force.example/a34", "The A34")
        draft = a_draft("Open.", card=card, media=media.named("A bicycle."))

        with pytest.raises(UnsupportedError, match="not both"):
            platform.prepare(draft, a_key(), now())

    @pytest.mark.parametrize("fault", ["truncated-body", "wrong-content-type", "slow-drip"])
    def test_an_answer_that_is_none_is_uncertain_and_the_post_is_found(
        self, platform, hasty, faults, fault
    ):
        """LinkedIn names the post in a header and sends no body that could be spoiled."""
        frozen = self.frozen(platform, a_draft(text := f"Spoiled {a_key()}"))
        faults.once(fault)

        receipt = hasty.send(frozen, MemoryMedia())

        assert platform.find(frozen) == receipt
        assert self.copies(text) == 1

    def test_a_picture_goes_to_no_address_but_the_platforms_own(self, platform, monkeypatch):
        monkeypatch.setattr(self.server, "url", "http://elsewhere.example")
        media = MemoryMedia(a_png())
        frozen = self.frozen(platform, a_draft("A picture", media=media.named("A bicycle.")))

        with pytest.raises(NotSentError, match="not its own"):
            platform.send(frozen, media)


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
