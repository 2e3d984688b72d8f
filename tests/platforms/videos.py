"""What every adapter promises that carries videos."""

from dataclasses import replace
from datetime import timedelta

import pytest

from publish.once import look, publish
from shared.platforms.base import (
    NotSentError,
    RateLimitedError,
    RefusedError,
    UnsupportedError,
)
from shared.posts.life import State
from tests.builders import a_post
from tests.platforms.builders import MemoryMedia, a_draft, a_key, a_png, now
from tests.platforms.six import Opened
from tests.unit.darkroom.filmed import film
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import a_target

ALT = "A van stands across both lanes; an officer says which road is open."


def a_video(size=0):
    """A video, made longer by what nobody plays; no two are the same."""
    return MemoryMedia(film(behind=a_key().encode().ljust(size, b"x")))


class VideoContract:
    """Inherit beside PlatformContract."""

    def videos(self) -> list[str]:
        """The hash of every video the platform holds, looked at without the adapter."""
        raise NotImplementedError

    def filmed(self, platform, media, words="Filmed"):
        draft = a_draft(f"{words} {a_key()}", media=media.filmed(ALT))
        return self.frozen(platform, draft)

    @pytest.mark.parametrize("size", [10, 9_000_000])
    def test_a_video_arrives_whole_and_the_post_is_found(self, platform, size):
        frozen = self.filmed(platform, media := a_video(size))

        receipt = platform.send(frozen, media)

        assert self.videos()[-1] == frozen.request["pictures"][0]["sha256"]
        assert platform.find(frozen) == platform.find(frozen) is not None
        assert receipt.text == frozen.request["text"]

    def test_a_video_that_is_not_the_cleared_one_never_leaves(self, platform):
        frozen, before = self.filmed(platform, media := a_video()), len(self.videos())
        media.kept = dict.fromkeys(media.kept, b"another")

        with pytest.raises(RefusedError, match="not the video that was cleared"):
            platform.send(frozen, media)

        assert len(self.videos()) == before
        assert platform.find(frozen) is None

    def test_a_video_goes_alone(self, platform):
        pictures = MemoryMedia(a_png()).named("A bicycle.")
        draft = a_draft(media=a_video().filmed(ALT) + pictures)

        with pytest.raises(UnsupportedError, match="one video"):
            platform.prepare(draft, a_key(), now())

    @pytest.mark.parametrize(
        "fault", ["500-before-commit", "reset-before-commit", "500-after-commit"]
    )
    def test_a_video_that_did_not_arrive_is_not_sent_and_may_go_again(
        self, platform, faults, fault
    ):
        frozen = self.filmed(platform, media := a_video())
        platform.find(frozen)  # signs in
        faults.once(fault, on="media")

        with pytest.raises(NotSentError):
            platform.send(frozen, media)

        assert platform.find(frozen) is None
        platform.send(frozen, media)
        assert self.copies(frozen.request["text"]) == 1

    def test_not_now_to_a_video_publishes_nothing(self, platform, faults):
        frozen = self.filmed(platform, media := a_video())
        faults.once("429", on="media")

        with pytest.raises(RateLimitedError):
            platform.send(frozen, media)

        assert platform.find(frozen) is None


class WorkingContract(VideoContract):
    """A platform that works on a video before it can be shown."""

    forgets = "has the video no more"

    def forget(self) -> None:
        """Let the platform know no video any more."""
        raise NotImplementedError

    def test_a_post_waits_until_its_video_is_ready(self, platform, server):
        frozen = self.filmed(platform, media := a_video())
        server.working = 3

        platform.send(frozen, media)

        assert server.working == 0
        assert self.copies(frozen.request["text"]) == 1

    def test_a_video_not_ready_in_time_is_asked_after_by_the_next_attempt(self, platform, server):
        frozen, before = self.filmed(platform, media := a_video()), len(self.videos())
        server.working = 8

        with pytest.raises(NotSentError, match="still working"):
            platform.send(frozen, media)

        assert platform.find(frozen) is None
        platform.send(frozen, media)
        assert self.copies(frozen.request["text"]) == 1
        assert len(self.videos()) == before + 1

    def test_a_video_that_the_platform_forgot_is_handed_over_anew(self, platform, server):
        frozen = self.filmed(platform, media := a_video())
        server.working = 8
        with pytest.raises(NotSentError, match="still working"):
            platform.send(frozen, media)
        server.working = 0
        self.forget()

        with pytest.raises(NotSentError, match=self.forgets):
            platform.send(frozen, media)

        platform.send(frozen, media)
        assert self.copies(frozen.request["text"]) == 1

    def test_a_video_that_takes_its_time_is_published_once_by_whoever_comes_next(
        self, platform, server
    ):
        media, before, begin = a_video(), len(self.videos()), now()
        post = a_post(
            text := f"In its own time {a_key()}",
            state=State.RELEASED,
            platforms=(platform.name,),
            media=media.filmed(ALT),
        )
        target = a_target(Ledger(), Opened(platform), post)
        target = replace(target, media=media)
        server.working = 13

        told = [publish(target, a_key(), begin)]
        told += [look(target, begin + timedelta(minutes=minutes)) for minutes in (4, 8, 12)]

        assert [each.outcome for each in told] == ["uncertain", "uncertain", "sent", "sent"]
        assert self.copies(text) == 1
        assert len(self.videos()) == before + 1

    def test_two_posts_with_one_video_hand_it_over_twice(self, platform):
        media, before = a_video(), len(self.videos())

        for words in ("First", "Second"):
            platform.send(self.filmed(platform, media, words), media)

        assert len(self.videos()) == before + 2
