"""A thread of three parts on its way, and what must hold of it whoever has just died."""

from itertools import count

from publish.thread import Hand, look, publish
from shared.posts.life import Outcome
from tests.builders import NOW
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import SANDBOX, Timeline, a_released, a_target

PARTS = ("The A34 is shut.", "Traffic goes by Stone.", "It opens at six.")


class Threaded:
    """One thread, one platform, and whoever works on them."""

    def __init__(self, sends=(), finds=(), platform=Timeline, parts=PARTS):
        text, *thread = parts
        self.ledger, self.post = Ledger(), a_released(text=text, thread=tuple(thread))
        self.platform = platform(sends=list(sends), finds=list(finds))
        self.parts = parts
        self._keys = (f"KEY-{number}" for number in count(1))

    def publish(self, at=NOW, wire=None, **changes):
        return publish(self.target(wire, **changes), self.hand(at))

    def look(self, at=NOW, wire=None, **changes):
        return look(self.target(wire, **changes), self.hand(at))

    def target(self, wire=None, **changes):
        from dataclasses import replace

        return replace(a_target(self.ledger, self.platform, self.post, wire), **changes)

    def hand(self, at):
        """At one moment, unless it is a clock."""
        return Hand(lambda: next(self._keys), at if callable(at) else lambda: at)

    def outcomes(self):
        """What is on record, part by part."""
        found = self.ledger.publications.of(self.post.post_id, 1)
        return {each.part: each.state for each in found}

    def shown(self):
        """What readers see: each post's id, its words and what it answers."""
        return [
            (f"at://{one.key}", one.request["text"], one.request.get("answers"))
            for one in self.platform.shown
        ]

    def require_thread(self):
        """No part twice, none that answers anything but the part before it."""
        shown = self.shown()
        assert [text for _, text, _ in shown] == list(self.parts[: len(shown)])
        answered = [None, *(platform_id for platform_id, _, _ in shown)][: len(shown)]
        assert [answers for _, _, answers in shown] == answered
        assert self.ledger.happened.count("publication.claimed") <= len(self.parts)
        heard = set(self.platform.heard)
        assert len(heard) <= len(self.parts), "two different requests left for one part"
        for part, outcome in self.outcomes().items():
            if outcome is Outcome.SENT:
                [claim] = [
                    each
                    for each in self.ledger.publications.of(self.post.post_id, 1)
                    if each.part == part
                ]
                assert claim.key in self.platform.read_back, "sent, and nobody read it back"


__all__ = ["PARTS", "SANDBOX", "Threaded"]
