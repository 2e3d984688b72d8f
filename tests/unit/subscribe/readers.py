"""Subscribers in memory, held to the real ones by tests/records/test_subscribers.py."""

import hmac
import threading
from dataclasses import dataclass, field, replace

from shared.mail.errors import RefusedMailError, UnsentMailError
from shared.records.errors import DeadLinkError
from shared.records.subscribers import BETWEEN_LETTERS, UNCONFIRMED, Subscriber, subscriber_id
from subscribe.desk import Desk
from subscribe.letters import Sender

SENDER = Sender("newsletter@bluelamp.example", "https://bluelamp.example")


@dataclass
class Kept:
    reader: Subscriber
    asked_at: object
    confirm: str


class MemorySubscribers:
    """What `Subscribers` does, without tables."""

    def __init__(self):
        self.kept: dict[str, Kept] = {}
        self.counted: dict[tuple, int] = {}
        self.acts = []
        self._lock = threading.Lock()

    def ask(self, address, confirm_token, leave_token, now):
        key = subscriber_id(address)
        found = self.kept.get(key)
        if found and found.asked_at > now - BETWEEN_LETTERS:
            return False
        reader = Subscriber(key, address, leave_token, None, None)
        if found and found.reader.joined_at:
            reader = found.reader
        self.kept[key] = Kept(reader, now, confirm_token)
        return True

    def join(self, key, confirm_token, now):
        found = self.kept.get(key)
        if not found or found.confirm != confirm_token or found.asked_at <= now - UNCONFIRMED:
            raise DeadLinkError
        joined = found.reader.joined_at or now
        found.reader = replace(found.reader, joined_at=joined)

    def leave(self, key, leave_token):
        found = self.kept.get(key)
        if found and hmac.compare_digest(found.reader.leave_token, leave_token):
            del self.kept[key]

    def drop(self, key):
        self.kept.pop(key, None)

    def readers(self):
        with self._lock:
            joined = [kept.reader for kept in self.kept.values() if kept.reader.joined_at]
        yield from sorted(joined, key=lambda reader: reader.subscriber_id)

    def claim(self, reader, issue):
        with self._lock:
            found = self.kept.get(reader.subscriber_id)
            if not found or (found.reader.issue or "") >= issue:
                return False
            found.reader = replace(found.reader, issue=issue)
            return True

    def count(self, network, now, window):
        key = network, int(now.timestamp() // window.total_seconds())
        self.counted[key] = self.counted.get(key, 0) + 1
        return self.counted[key]

    def note(self, act):
        self.acts.append(act)


@dataclass
class World:
    """A desk, the letters that left it, and addresses that do not take them."""

    subscribers: MemorySubscribers = field(default_factory=MemorySubscribers)
    letters: list = field(default_factory=list)
    refusing: set = field(default_factory=set)
    silent: set = field(default_factory=set)
    tokens: int = 0

    @property
    def desk(self):
        return Desk(self.subscribers, SENDER, self.send, self.chance)

    def send(self, message):
        if message["To"] in self.refusing:
            raise RefusedMailError("MessageRejected", "on the suppression list")
        if message["To"] in self.silent:
            raise UnsentMailError("busy")
        self.letters.append(message)
        return "id"

    def chance(self):
        self.tokens += 1
        return f"token-{self.tokens}".ljust(43, "x")

    def join(self, address, now):
        token = self.chance()
        self.subscribers.ask(address, token, self.chance(), now)
        self.subscribers.join(subscriber_id(address), token, now)
        return self.subscribers.kept[subscriber_id(address)].reader
