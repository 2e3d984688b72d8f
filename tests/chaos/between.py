"""The way to a real server: faults strike here, for the server itself cannot be told to fail."""

from datetime import timedelta
from urllib.parse import urlsplit

from local.sandbox.faults import FaultKind, Faults
from shared.platforms.wire import Answer, NoAnswerError, Wire
from tests.platforms.builders import PATIENT

BROKEN = Answer(500, {}, b'{"error": "InternalServerError", "message": "Something went wrong."}')
NOT_NOW = Answer(429, {"retry-after": "60"}, b'{"error": "RateLimitExceeded"}')
BEFORE = {
    FaultKind.RESETS_BEFORE_COMMIT,
    FaultKind.HANGS_BEFORE_COMMIT,
}


class BetweenWire(Wire):
    """`operations` calls a path by the name that faults know; `expired` is how the server says
    that a token is no longer good."""

    def __init__(self, clock, operations, expired):
        super().__init__(PATIENT)
        self.faults, self.late = Faults(), []
        self._clock, self._operations, self._expired = clock, operations, expired
        self._under_way = []

    def call(self, method, url, **more):
        on = self._operations(method, urlsplit(url).path)
        if self.late and on == "post":
            arrives = self._clock() + timedelta(seconds=self.late.pop())
            self._under_way.append((arrives, (method, url), more))
            raise NoAnswerError("ReadTimeoutError")
        fault = self.faults.take(on, None, "")
        if fault is None:
            return super().call(method, url, **more)
        return self._spoiled(fault, lambda: super(BetweenWire, self).call(method, url, **more))

    def arrive(self):
        """Whatever was under way and is due by now reaches the platform."""
        now = self._clock()
        due = [one for one in self._under_way if one[0] <= now]
        self._under_way = [one for one in self._under_way if one[0] > now]
        for _, where, more in due:
            super().call(*where, **more)

    def _spoiled(self, fault, commit):
        if fault is FaultKind.RATE_LIMITED:
            return NOT_NOW
        if fault is FaultKind.EXPIRED_TOKEN:
            return self._expired
        if fault is FaultKind.FAILS_BEFORE_COMMIT:
            return BROKEN
        if fault in BEFORE:
            raise NoAnswerError(fault)
        answer = commit()
        if fault is FaultKind.FAILS_AFTER_COMMIT:
            return BROKEN
        if fault is FaultKind.WRONG_TYPE:
            return Answer(answer.status, {}, b"<html><body>Back soon.</body></html>")
        raise NoAnswerError(fault)
