"""The console keeps the contract; its log is its whole memory."""

import json

import pytest

from shared.platforms.base import NotSentError, Receipt, UncertainError, UnreachableError
from shared.platforms.console import LONGEST, Console
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now
from tests.platforms.contract import KeyedContract
from tests.platforms.threaded import ThreadContract, by_words


class TestConsole(KeyedContract, ThreadContract):
    too_long = "x" * (LONGEST + 1)

    @pytest.fixture
    def platform(self, tmp_path):
        self.log, self.said = tmp_path / "posts.jsonl", []
        return Console(self.log, self.said.append)

    def standing_answers(self):
        acts = [json.loads(line) for line in self.log.read_text().splitlines()]
        said = [(act["key"], act["request"]) for act in acts if act["act"] == "post"]
        return by_words([(key, post["text"], post.get("answers")) for key, post in said])

    def standing_texts(self):
        texts = {}
        for line in self.log.read_text().splitlines():
            act = json.loads(line)
            if act["act"] == "post":
                texts[act["key"]] = act["request"]["text"]
            else:
                del texts[act["key"]]
        return list(texts.values())

    def test_another_process_sees_the_same_posts(self, platform):
        frozen = self.frozen(platform)

        receipt = platform.send(frozen, NO_MEDIA)

        assert Console(self.log, self.said.append).find(frozen) == receipt

    def test_each_post_is_said_once(self, platform):
        frozen = self.frozen(platform, a_draft("Good night Leek"))

        platform.send(frozen, NO_MEDIA)
        platform.send(frozen, NO_MEDIA)

        assert self.said == ["[console] Good night Leek\n"]

    def test_a_log_that_cannot_be_opened_publishes_and_proves_nothing(self, tmp_path):
        console = Console(tmp_path, str)  # a folder is no log
        frozen = console.prepare(a_draft(), a_key(), now())

        with pytest.raises(NotSentError):
            console.send(frozen, NO_MEDIA)
        with pytest.raises(UnreachableError):
            console.find(frozen)
        with pytest.raises(UncertainError):
            console.delete(Receipt("id", "url", "text"))

    def test_a_log_with_a_broken_line_proves_no_absence(self, platform):
        self.log.write_text('{"act": "po')

        with pytest.raises(UnreachableError):
            platform.find(self.frozen(platform))
