"""Workers that can die at every external call, and be interleaved with one another."""

import threading


class KilledError(Exception):
    """The process died here."""


class Mishap:
    """A wire: at the external call with this number something else happens before it, or the
    worker dies, before or after the call took effect."""

    def __init__(self, at=None, *, dies="never", first=lambda: None):
        self._at, self._dies, self._first = at, dies, first
        self.calls = 0

    def __call__(self, effect):
        def call(*arguments, **named):
            number, self.calls = self.calls, self.calls + 1
            if number != self._at:
                return effect(*arguments, **named)
            self._first()
            if self._dies == "before":
                raise KilledError
            answer = effect(*arguments, **named)
            if self._dies == "after":
                raise KilledError
            return answer

        return call


class Worker:
    """A deed that makes one external call each time it is told to; `told` is what it came to."""

    def __init__(self, deed, began):
        self.began = began
        self.told = self.error = None
        self.over = self._killed = False
        self._go, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        threading.Thread(target=self._run, args=(deed,), daemon=True).start()
        self._stopped.acquire()

    def wire(self, effect):
        def call(*arguments, **named):
            self._stopped.release()
            self._go.acquire()
            if self._killed:
                raise KilledError
            return effect(*arguments, **named)

        return call

    def step(self):
        """Make the next call, and stop before the one after it."""
        if not self.over:
            self._go.release()
            self._stopped.acquire()

    def kill(self):
        """Die before the next call."""
        self._killed = True
        self.step()

    def finish(self):
        """Make all calls that are left."""
        while not self.over:
            self.step()

    def _run(self, deed):
        try:
            self.told = deed(self.wire)
        except KilledError:
            pass
        except BaseException as error:  # noqa: BLE001 - told to the test, which fails on it
            self.error = error
        self.over = True
        self._stopped.release()
