"""The platforms as a tale meets them: how they are opened, failed and turned in time, and what the
public would see.

Time runs on from tale to tale, as it does for a platform; what was said in a tale before is taken
off the stage. The strict servers stand in this process; Bluesky is a real server.
"""

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

from local.sandbox.faults import Fault, FaultKind
from shared.platforms.facebook import facebook
from shared.platforms.linkedin import linkedin
from shared.platforms.mastodon import mastodon
from shared.platforms.viva_engage import viva_engage
from shared.platforms.x import x
from tests.builders import NOW
from tests.chaos.spoiling import SpoiledWire
from tests.platforms.builders import MemoryMedia, MemorySessions, a_png
from tests.platforms.servers.facebook import FacebookServer
from tests.platforms.servers.linkedin import LinkedInServer
from tests.platforms.servers.mastodon import MastodonServer
from tests.platforms.servers.viva_engage import VivaEngageServer
from tests.platforms.servers.x import XServer

READS = ("timeline", "read")


class Stage:
    """One platform. `name` is what posts are addressed to, `title` what the table calls it;
    `others` are what a fault may strike besides the post itself."""

    name = title = ""
    others = READS
    carries_pictures = True
    never = frozenset()
    """Faults that cannot happen there."""

    def __init__(self):
        self.now = NOW
        self.media = MemoryMedia(a_png())

    def clock(self):
        return self.now

    def open(self):
        """The adapter, as a new function would open it."""
        raise NotImplementedError

    def fail(self, kind, on, times):
        """Fail the next `times` such requests so."""
        raise NotImplementedError

    def hold_back(self, seconds):
        """Let the next request that publishes arrive so much later than it was given up."""
        raise NotImplementedError

    def arrive(self):
        """Whatever is due by now reaches the platform."""

    def clear(self):
        """Nothing under way, no fault, nothing said."""

    def copies(self, text):
        """How often the public sees these words."""
        raise NotImplementedError

    def stands(self):
        """Id, words and what is answered, of every post; where a platform has threads."""
        raise NotImplementedError

    def turn(self, by):
        """Let time pass; what was under way arrives when it is due."""
        self.now += by
        self.arrive()

    def pictures(self):
        return self.media.named("A bicycle.") if self.carries_pictures else ()

    def with_media(self, target):
        return replace(target, media=self.media)


class StrictStage(Stage):
    """A strict server in this process."""

    serve = None
    said = ""
    """The server's own list of what stands, and the words of one of them."""

    def __init__(self):
        super().__init__()
        self.server = self.serve(self.clock)
        self.sessions = MemorySessions()
        self.wire = SpoiledWire(self.server, self.clock)

    def words_of(self, post):
        return post.text

    def fail(self, kind, on, times):
        self.server.faults.add(Fault(FaultKind(kind), on=on, times=times))

    def hold_back(self, seconds):
        self.wire.late.append(seconds)

    def arrive(self):
        self.wire.arrive()

    def clear(self):
        self.wire.late.clear()
        self.turn(timedelta(minutes=5))
        self.server.faults.clear()
        getattr(self.server, self.said).clear()

    def copies(self, text):
        return [self.words_of(post) for post in getattr(self.server, self.said)].count(text)

    def stop(self):
        self.server.stop()


class MastodonStage(StrictStage):
    name, title, said = "mastodon", "Mastodon", "statuses"
    others = (*READS, "source", "media")
    serve = MastodonServer

    def stands(self):
        return [(s.status_id, s.text, s.answers) for s in self.server.statuses]

    def open(self):
        keys, wire = self.server.account(), self.wire
        return mastodon(keys, self.sessions, wire=wire, clock=self.clock, pause=lambda _: None)


class GoToSocialStage(MastodonStage):
    title = "Mastodon API, keys ignored"

    @staticmethod
    def serve(now):
        return MastodonServer(now, keeps_keys=False)


class UncheckedX(XServer):
    """Without X's own document, which takes longer than all the rest; tests/platforms holds it."""

    def _held(self, request):
        self._signed_in(request)

    def _described(self, request, reply):
        return reply


class XStage(StrictStage):
    name, title, said = "x", "X", "tweets"
    others = (*READS, "sign-in", "media")
    serve = UncheckedX

    def stands(self):
        return [(t.tweet_id, t.text, t.answers) for t in self.server.tweets]

    def __init__(self):
        super().__init__()
        self.keys = self.server.account()

    def clear(self):
        super().clear()
        self.keys = self.server.account()  # new ones, as a lost renewal asks for

    def open(self):
        return x(self.keys, self.sessions, "@StokePolice", wire=self.wire, clock=self.clock)


class ForgetfulXStage(XStage):
    title = "X, repetition allowed"

    @staticmethod
    def serve(now):
        return UncheckedX(now, refuses_repetition=False)


class FacebookStage(StrictStage):
    name, title, said = "facebook", "Facebook", "posts"
    others = (*READS, "media")
    serve = FacebookServer

    def words_of(self, post):
        return post.message

    def open(self):
        return facebook(self.server.account(), wire=self.wire, clock=self.clock)


class LinkedInStage(StrictStage):
    name, title, said = "linkedin", "LinkedIn", "shares"
    others = (*READS, "media")
    serve = LinkedInServer

    def words_of(self, post):
        return post.commentary

    def open(self):
        return linkedin(self.server.account(), self.sessions, wire=self.wire, clock=self.clock)


class VivaEngageStage(StrictStage):
    name, title, said = "viva-engage", "Viva Engage", "messages"
    others = (*READS, "sign-in")
    carries_pictures = False
    serve = VivaEngageServer

    def __init__(self):
        super().__init__()
        self.keys = self.server.account()

    def clear(self):
        super().clear()
        self.keys = self.server.account()

    def open(self):
        return viva_engage(self.keys, self.sessions, wire=self.wire, clock=self.clock)


STRICT = (
    MastodonStage,
    GoToSocialStage,
    XStage,
    ForgetfulXStage,
    FacebookStage,
    LinkedInStage,
    VivaEngageStage,
)


@contextmanager
def strict(kind):
    """One strict stage, taken down at the end."""
    stage = kind()
    try:
        yield stage
    finally:
        with suppress(OSError):
            stage.stop()
