"""What every editor promises (editing.py), once for all; beside the adapter that publishes."""

from dataclasses import replace

import pytest

from shared.platforms.base import (
    NotSentError,
    RateLimitedError,
    RefusedError,
    SignInError,
    UncertainError,
    UnsupportedError,
)
from shared.platforms.editing import InPlace
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
from tests.platforms.served import Served

LOST = ("500-after-commit", "reset-after-commit", "truncated-body", "wrong-content-type")
"""The words are changed, and the answer does not say so."""

UNDONE = ("500-before-commit", "reset-before-commit")


class EditorContract(Served):
    """Inherit, and say how the server is started and how adapter and changes are opened; `platform`
    is the adapter."""

    def changes(self, credentials, sessions, waits):
        """What the editor is made of."""
        raise NotImplementedError

    def standing_texts(self) -> list[str]:
        """All that stands for the public to see, looked at without the adapter."""
        raise NotImplementedError

    @pytest.fixture
    def editor(self, account, sessions):
        return InPlace(self.changes(account, sessions, PATIENT), now)

    @pytest.fixture
    def impatient(self, account, sessions):
        return InPlace(self.changes(account, sessions, HASTY), now)

    def posted(self, platform, text, **fields):
        frozen = platform.prepare(a_draft(text, **fields), a_key(), now())
        return platform.send(frozen, NO_MEDIA)

    def asked(self, platform, text, **fields):
        return platform.prepare(a_draft(text, **fields), a_key(), now())

    def copies(self, text):
        return list(self.standing_texts()).count(text)

    def test_new_words_stand_in_the_place_of_the_old(self, platform, editor):
        receipt = self.posted(platform, old := f"Road closed at Leak {a_key()}")

        edited = editor.edit(receipt, self.asked(platform, new := f"Road closed at Leek {a_key()}"))

        assert edited.platform_id == receipt.platform_id
        assert edited.text == new
        assert (self.copies(old), self.copies(new)) == (0, 1)

    def test_editing_again_changes_nothing(self, platform, editor):
        receipt = self.posted(platform, f"Old {a_key()}")
        asked = self.asked(platform, new := f"New {a_key()}")

        first = editor.edit(receipt, asked)

        assert editor.edit(receipt, asked) == first
        assert self.copies(new) == 1

    def test_a_post_that_is_gone_is_not_brought_back(self, platform, editor):
        receipt = self.posted(platform, f"Old {a_key()}")
        platform.delete(receipt)

        with pytest.raises(RefusedError, match="no more"):
            editor.edit(receipt, self.asked(platform, new := f"New {a_key()}"))

        assert self.copies(new) == 0

    def test_words_beyond_the_limit_leave_the_old_ones(self, platform, editor):
        receipt = self.posted(platform, old := f"Old {a_key()}")

        with pytest.raises(RefusedError, match=r"\d"):
            editor.edit(receipt, self.asked(platform, self.too_long))

        assert self.copies(old) == 1

    @pytest.mark.parametrize("fault", LOST)
    def test_an_edit_whose_answer_is_lost_is_proved_by_reading(
        self, platform, editor, faults, fault
    ):
        receipt = self.posted(platform, f"Old {a_key()}")
        faults.once(fault, on="edit")

        edited = editor.edit(receipt, self.asked(platform, new := f"New {a_key()}"))

        assert edited.text == new
        assert self.copies(new) == 1

    @pytest.mark.parametrize("fault", UNDONE)
    def test_an_edit_that_did_nothing_is_uncertain_and_made_again(
        self, platform, editor, faults, fault
    ):
        receipt = self.posted(platform, f"Old {a_key()}")
        asked = self.asked(platform, new := f"New {a_key()}")
        faults.once(fault, on="edit")

        with pytest.raises(UncertainError, match="again"):
            editor.edit(receipt, asked)

        assert editor.edit(receipt, asked).text == new
        assert self.copies(new) == 1

    def test_an_edit_that_hangs_is_proved_by_reading(self, platform, impatient, faults):
        receipt = self.posted(platform, f"Old {a_key()}")
        faults.once("timeout-after-commit", on="edit")

        assert impatient.edit(receipt, self.asked(platform, new := f"New {a_key()}")).text == new

    def test_not_now_tells_when_and_changes_nothing(self, platform, editor, faults):
        receipt = self.posted(platform, old := f"Old {a_key()}")
        faults.once("429", on="edit")

        with pytest.raises(RateLimitedError) as caught:
            editor.edit(receipt, self.asked(platform, f"New {a_key()}"))

        assert caught.value.retry_at > now()
        assert self.copies(old) == 1

    def test_a_look_that_fails_beforehand_changes_nothing(self, platform, editor, faults):
        receipt = self.posted(platform, old := f"Old {a_key()}")
        faults.once("500-before-commit", on="read")

        with pytest.raises(NotSentError):
            editor.edit(receipt, self.asked(platform, f"New {a_key()}"))

        assert self.copies(old) == 1

    def test_nobody_listening_changes_nothing(self, platform, account, sessions):
        receipt = self.posted(platform, f"Old {a_key()}")
        nowhere = replace(account, service=self.nowhere)
        editor = InPlace(self.changes(nowhere, MemorySessions(), HASTY), now)

        with pytest.raises(NotSentError):
            editor.edit(receipt, self.asked(platform, "New"))

    def test_keys_that_are_no_good_change_nothing(self, platform, account):
        receipt = self.posted(platform, old := f"Old {a_key()}")
        stranger = replace(account, password="ended")
        editor = InPlace(self.changes(stranger, MemorySessions(), PATIENT), now)

        with pytest.raises((NotSentError, SignInError)):
            editor.edit(receipt, self.asked(platform, f"New {a_key()}"))

        assert self.copies(old) == 1


class PicturedEditorContract:
    """A platform that carries pictures: an edit leaves them where they are."""

    def test_an_edit_leaves_the_pictures_where_they_are(self, platform, editor):
        media = MemoryMedia(a_png(1), a_png(2))
        pictures = media.named("A dog.", "A bicycle.")
        frozen = platform.prepare(a_draft(f"Old {a_key()}", media=pictures), a_key(), now())
        receipt = platform.send(frozen, media)
        asked = self.asked(platform, new := f"New {a_key()}", media=pictures)

        editor.edit(receipt, asked)

        assert self.last_alts() == ["A dog.", "A bicycle."]
        assert self.copies(new) == 1

    def test_pictures_are_neither_added_nor_taken_away_by_an_edit(self, platform, editor):
        receipt = self.posted(platform, old := f"Old {a_key()}")
        asked = self.asked(platform, "New", media=MemoryMedia(a_png()).named("A dog."))

        with pytest.raises(UnsupportedError, match="pictures"):
            editor.edit(receipt, asked)

        assert self.copies(old) == 1
