"""A person at a browser or a program at the API: one HTTP conversation with the gateway."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

import urllib3

PATIENCE = urllib3.Timeout(connect=5.0, read=40.0)


@dataclass(frozen=True)
class Heard:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)

    def fields(self) -> dict[str, str]:
        """The hidden fields of the page's last form, as a browser would send them back."""
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.text)
        return {name: unescape(value) for name, value in hidden}


@dataclass
class Caller:
    """Calls `url`; a bearer token speaks for somebody, cookies are kept as browsers keep them."""

    url: str
    token: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    agent: str = "Mozilla/5.0"
    _pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))

    def get(self, path: str, method: str = "GET") -> Heard:
        """GET, or HEAD."""
        return self._call(method, path, None, {})

    def post_json(self, path: str, body: Any, **headers: str) -> Heard:
        """POST a JSON object."""
        return self._call(
            "POST",
            path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json", **headers},
        )

    def post_form(self, path: str, fields: Mapping[str, str | Sequence[str]]) -> Heard:
        """POST a form; a field may be sent several times."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._call("POST", path, urlencode(fields, doseq=True).encode(), kind)

    def _call(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Heard:
        headers = {"User-Agent": self.agent, **headers}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        address = path if path.startswith("http") else self.url + path
        answer = self._pool.request(
            method, address, body=body, headers=headers, timeout=PATIENCE, redirect=False
        )
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        text = answer.data.decode("utf-8", "replace")
        return Heard(answer.status, text, {k.lower(): v for k, v in answer.headers.items()})
