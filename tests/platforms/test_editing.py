"""Every platform that can change words in place keeps the editors' contract; the others say so."""

import time

import pytest

from shared.platforms.base import Frozen, Receipt, UncertainError, UnsupportedError
from shared.platforms.choose_editor import KNOWN, open_editor
from shared.platforms.facebook import facebook
from shared.platforms.facebook.editing import FacebookChanges
from shared.platforms.linkedin import linkedin
from shared.platforms.linkedin.door import bearer_of
from shared.platforms.linkedin.editing import LinkedInChanges
from shared.platforms.linkedin.little import read
from shared.platforms.mastodon import mastodon
from shared.platforms.mastodon.editing import MastodonChanges
from shared.platforms.sandbox import Sandbox
from shared.platforms.sandbox_editing import SandboxChanges
from shared.platforms.wire import Wire
from shared.posts.capabilities import ALL, Can
from tests.platforms.builders import MemoryMedia, MemorySessions, a_draft, a_key, a_png, now
from tests.platforms.editor_contract import EditorContract, PicturedEditorContract
from tests.platforms.served import NOBODY
from tests.platforms.servers.edited import FacebookEdited, LinkedInEdited, MastodonEdited
from tests.platforms.servers.sandbox_watched import SandboxWatched


class TestMastodonEditor(EditorContract, PicturedEditorContract):
    too_long = "x" * 501

    @classmethod
    def serve(cls):
        return MastodonEdited(now)

    def opened(self, credentials, sessions, waits):
        wire = Wire(waits)
        return mastodon(credentials, sessions, wire=wire, clock=now, pause=lambda _: None)

    def changes(self, credentials, sessions, waits):
        return MastodonChanges(credentials, sessions, Wire(waits), now, time.sleep)

    def standing_texts(self):
        return [status.text for status in self.server.statuses]

    def last_alts(self):
        return [alt for _, alt in self.server.statuses[-1].media]

    def test_an_edit_tells_the_language_of_the_new_words(self, platform, editor):
        receipt = self.posted(platform, f"Good morning {a_key()}")

        editor.edit(receipt, self.asked(platform, f"Bore da {a_key()}", language="cy-GB"))

        assert self.server.statuses[-1].language == "cy"

    def test_a_language_alone_is_put_right(self, platform, editor):
        receipt = self.posted(platform, text := f"Bore da {a_key()}")

        editor.edit(receipt, self.asked(platform, text, language="cy"))

        assert self.server.statuses[-1].language == "cy"

    def test_words_that_stood_there_before_prove_no_edit(self, platform, editor, faults):
        receipt = self.posted(platform, text := f"Bore da {a_key()}")
        faults.once("500-before-commit", on="edit")

        with pytest.raises(UncertainError, match="again"):
            editor.edit(receipt, self.asked(platform, text, language="cy"))

        assert self.server.statuses[-1].language == "en"

    def test_an_edit_puts_an_alt_text_right(self, platform, editor):
        media = MemoryMedia(a_png())
        text = f"A dog {a_key()}"
        frozen = platform.prepare(a_draft(text, media=media.named("A cat.")), a_key(), now())
        receipt = platform.send(frozen, media)

        editor.edit(receipt, self.asked(platform, text, media=media.named("A dog.")))

        assert self.last_alts() == ["A dog."]


class TestFacebookEditor(EditorContract, PicturedEditorContract):
    too_long = "x" * 63_207
    nowhere = f"{NOBODY}/v26.0"

    @classmethod
    def serve(cls):
        return FacebookEdited(now)

    def opened(self, credentials, _sessions, waits):
        return facebook(credentials, wire=Wire(waits), clock=now)

    def changes(self, credentials, _sessions, waits):
        return FacebookChanges(credentials, Wire(waits), now)

    def standing_texts(self):
        return [post.message for post in self.server.posts]

    def last_alts(self):
        return [self.server.photos[name] for name in self.server.posts[-1].photos]


class TestLinkedInEditor(EditorContract, PicturedEditorContract):
    too_long = "x" * 3_001

    @classmethod
    def serve(cls):
        return LinkedInEdited(now)

    def opened(self, credentials, sessions, waits):
        return linkedin(credentials, sessions, wire=Wire(waits), clock=now)

    def changes(self, credentials, sessions, waits):
        wire = Wire(waits)
        bearer = bearer_of(credentials, sessions, wire=wire, clock=now)
        return LinkedInChanges(credentials, bearer, wire, now)

    def standing_texts(self):
        return [read(share.commentary) for share in self.server.shares]

    def last_alts(self):
        images = self.server.shares[-1].content["multiImage"]["images"]
        return [image["altText"] for image in images]


class TestSandboxEditor(EditorContract, PicturedEditorContract):
    too_long = "x" * 501

    @classmethod
    def serve(cls):
        return SandboxWatched(now)

    def opened(self, credentials, sessions, waits):
        return Sandbox(credentials, sessions, wire=Wire(waits), clock=now)

    def changes(self, credentials, sessions, waits):
        return SandboxChanges(credentials, sessions, wire=Wire(waits), clock=now)

    def standing_texts(self):
        return [post.text for post in self.server.posts]

    def last_alts(self):
        return [picture["alt"] for picture in self.server.posts[-1].pictures]


@pytest.mark.parametrize("name", ALL)
def test_who_has_no_editor_says_what_to_do_instead(name):
    if ALL[name].can(Can.EDIT):
        assert name in KNOWN
        return
    editor = open_editor(name, None, MemorySessions())

    with pytest.raises(UnsupportedError) as caught:
        editor.edit(Receipt("1", "", ""), Frozen(name, "1", {}))

    assert str(caught.value) == ALL[name].sentence(Can.EDIT)
