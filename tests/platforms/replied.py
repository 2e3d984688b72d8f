"""What every adapter promises that answers what somebody else said: once, and under it."""

import pytest

from shared.platforms.base import Before, UnsupportedError
from shared.posts.content import Kind
from shared.posts.reply import Reply
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now


class ReplyContract:
    """Inherit beside ThreadContract; of what was said nothing is known but its name there."""

    def test_a_reply_stands_under_what_was_said_and_is_found_again(self, platform):
        said = platform.send(self.frozen(platform), NO_MEDIA)
        draft = a_draft(f"@pat It opens at noon {a_key()}", kind=Kind.REPLY, about="a" * 32)
        to = Reply("a" * 32, platform.name, said.platform_id)

        frozen = platform.prepare(draft, a_key(), now(), Before(to, to))
        receipt = platform.send(frozen, NO_MEDIA)

        assert (draft.text, said.text) in self.standing_answers()
        assert receipt.text == draft.text
        assert platform.find(frozen) == receipt

    def test_a_reply_to_nothing_is_frozen_nowhere(self, platform):
        with pytest.raises(UnsupportedError, match="under what it answers"):
            platform.prepare(a_draft("It opens.", kind=Kind.REPLY), a_key(), now())
