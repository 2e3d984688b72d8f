"""A wire that goes nowhere: it keeps what would be asked, and answers all of it alike."""

import json
from urllib.parse import urlencode, urlsplit

from shared.platforms.opening import Opening
from shared.platforms.wire import Answer


class ListeningWire:
    """Keeps the path and query of each request, byte for byte."""

    def __init__(self, answer: object) -> None:
        self.asked: list[str] = []
        self._answer = Answer(200, {}, json.dumps(answer).encode())

    def call(self, _method, url, *, query=None, headers=None, body=None) -> Answer:
        whole = f"{url}?{urlencode(query)}" if query else url
        parts = urlsplit(whole)
        self.asked.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        return self._answer


class Listening(Opening):
    """Opens with a wire that goes nowhere."""

    def wire(self, usual=None) -> ListeningWire:
        return self.timeouts
