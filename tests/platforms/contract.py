"""What every adapter promises (base.py), once for all: each adapter's tests inherit these."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from shared.platforms.base import Clues, Frozen, Platform, Receipt, RefusedError
from shared.posts.content import Draft
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now
from tests.platforms.six import SixWorkers
from tests.platforms.words import texts


class PlatformContract:
    """Inherit, and say how to open the platform and how to see what the public would see."""

    too_long: str
    """Words beyond the platform's limit."""

    def say(self, platform: Platform, frozen: Frozen) -> Receipt:
        """Say it once, however often it is asked: as `publish.once` does, look before it."""
        return platform.find(frozen) or platform.send(frozen, NO_MEDIA)

    def made_unlike(self, text: str) -> str:
        """The words, told from all others where the platform keeps no key of ours."""
        return f"{text} {a_key()}"

    @pytest.fixture
    def platform(self) -> Platform:
        """A fresh adapter, as a new function would open it."""
        raise NotImplementedError

    def standing_texts(self) -> Sequence[str]:
        """All that stands for the public to see, looked at without the adapter."""
        raise NotImplementedError

    def frozen(self, platform: Platform, draft: Draft | None = None) -> Frozen:
        """A request frozen and stored, as the caller does before it sends."""
        frozen = platform.prepare(draft or a_draft(f"Post {a_key()}"), a_key(), now())
        return replace(frozen, request=json.loads(json.dumps(frozen.request)))

    def copies(self, text: str) -> int:
        return list(self.standing_texts()).count(text)

    def test_preparing_the_same_draft_twice_gives_the_same_request(self, platform):
        key, moment = a_key(), now()

        first = platform.prepare(a_draft("Good morning"), key, moment)
        second = platform.prepare(a_draft("Good morning"), key, moment)

        assert first == second
        assert first.platform == platform.name

    def test_a_frozen_request_survives_being_stored_as_json(self, platform):
        frozen = platform.prepare(a_draft("Ŵyl y 🏴 #Stoke"), a_key(), now())

        assert json.loads(json.dumps(frozen.request)) == frozen.request

    def test_a_sent_post_is_found_with_the_same_words(self, platform):
        draft = a_draft(f"Ŵyl yn Stoke 🚓 {a_key()}")
        frozen = self.frozen(platform, draft)

        receipt = platform.send(frozen, NO_MEDIA)

        assert receipt.text == draft.text
        assert platform.find(frozen) == receipt
        assert self.copies(draft.text) == 1

    def test_a_request_that_was_never_sent_is_not_found(self, platform):
        assert platform.find(self.frozen(platform)) is None

    def test_asking_again_for_what_was_said_makes_no_second_post(self, platform):
        frozen = self.frozen(platform, a_draft(text := f"Once only {a_key()}"))

        receipts = [self.say(platform, frozen) for _ in range(3)]

        assert receipts == [receipts[0]] * 3
        assert self.copies(text) == 1

    def test_the_same_words_under_another_key_are_another_post(self, platform):
        draft = a_draft(f"Every Monday {a_key()}")

        first = platform.send(self.frozen(platform, draft), NO_MEDIA)
        second = platform.send(self.frozen(platform, draft), NO_MEDIA)

        assert first.platform_id != second.platform_id
        assert self.copies(draft.text) == 2

    def test_what_another_publication_has_proved_its_own_is_not_found_again(self, platform):
        draft = a_draft(f"Every Monday {a_key()}")
        first, second = self.frozen(platform, draft), self.frozen(platform, draft)

        others = platform.send(first, NO_MEDIA)

        assert platform.find(second, Clues(taken=frozenset({others.platform_id}))) is None

    def test_six_workers_given_one_publication_make_one_post(self, platform):
        platform.find(self.frozen(platform))  # signs in, so that six need not
        text, begin = f"Six at once {a_key()}", now()
        workers = SixWorkers(platform, text, begin)

        told = workers.work()
        for minutes in (1, 5, 10):  # as the state machine does with whatever is not settled
            told.append(workers.look(begin + timedelta(minutes=minutes)))

        assert told[-1].outcome == "sent"
        assert "failed" not in {each.outcome for each in told}
        assert self.copies(text) == 1
        assert workers.ledger.happened.count("publication.claimed") == 1

    def test_a_deleted_post_is_gone_and_deleting_it_again_is_fine(self, platform):
        frozen = self.frozen(platform, a_draft(text := f"Taken back {a_key()}"))
        receipt = platform.send(frozen, NO_MEDIA)

        platform.delete(receipt)
        platform.delete(receipt)

        assert platform.find(frozen) is None
        assert self.copies(text) == 0

    def test_what_stands_under_an_id_is_shown_until_it_is_deleted(self, platform):
        frozen = self.frozen(platform, a_draft(text := f"Look at it {a_key()}"))
        receipt = platform.send(frozen, NO_MEDIA)

        shown = platform.shown(receipt)
        platform.delete(receipt)

        assert (shown.platform_id, shown.url) == (receipt.platform_id, receipt.url)
        assert text in shown.text
        assert platform.shown(receipt) is None

    def test_deleting_one_post_leaves_the_others(self, platform):
        kept = self.frozen(platform)
        receipt = platform.send(kept, NO_MEDIA)

        platform.delete(platform.send(self.frozen(platform), NO_MEDIA))

        assert platform.find(kept) == receipt

    def test_words_beyond_the_limit_are_refused_and_do_not_stand(self, platform):
        frozen = self.frozen(platform, a_draft(self.too_long))

        with pytest.raises(RefusedError, match=r"\d"):
            platform.send(frozen, NO_MEDIA)

        assert platform.find(frozen) is None

    @given(text=texts)
    @settings(
        max_examples=25,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,  # one adapter sends them all, as in life
            HealthCheck.differing_executors,  # inherited by every adapter's tests
        ],
    )
    def test_any_words_come_back_byte_for_byte(self, platform, text):
        words = self.made_unlike(text)
        frozen = self.frozen(platform, a_draft(words))

        sent = platform.send(frozen, NO_MEDIA)
        found = platform.find(frozen)

        assert sent.text.encode() == words.encode()
        assert found == sent


class KeyedContract(PlatformContract):
    """A platform that keeps our key, so that the same request again is no second post."""

    def say(self, platform: Platform, frozen: Frozen) -> Receipt:
        return platform.send(frozen, NO_MEDIA)

    def made_unlike(self, text: str) -> str:
        return text

    def test_sending_the_same_request_again_makes_no_second_post(self, platform):
        frozen = self.frozen(platform, a_draft(text := f"Once only {a_key()}"))

        receipts = [platform.send(frozen, NO_MEDIA) for _ in range(3)]

        assert receipts == [receipts[0]] * 3
        assert self.copies(text) == 1

    def test_eight_sends_at_once_make_one_post(self, platform):
        platform.find(self.frozen(platform))  # signs in, so that eight need not
        frozen = self.frozen(platform, a_draft(text := f"All at once {a_key()}"))

        with ThreadPoolExecutor(8) as threads:
            receipts = list(threads.map(lambda _: platform.send(frozen, NO_MEDIA), range(8)))

        assert receipts == [receipts[0]] * 8
        assert self.copies(text) == 1
