"""The pages as a WSGI application: a table of routes, one small method each.

Only requests that name this machine as their host are answered, and only a page of our own may
post: a web site open in the same browser can neither read the mailbox nor turn the clock.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from werkzeug.wrappers import Request, Response

from local.mail_faults import FAULTS, Fate
from local.mailbox import part
from local.pages.house import House
from local.pages.sign_in import SignInPages
from shared.pages.errors import StaticFileError
from shared.pages.static import address
from shared.posts.localtime import moment_text, utc_text

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'"
)
FEED_POLICY = "default-src 'none'; img-src 'self'; frame-ancestors 'none'"
"""As CloudFront serves them (infra/feeds.yaml)."""

MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
"""A mail is shown as a mail client shows it: no scripts, no pictures from elsewhere."""

HERE = {"127.0.0.1", "localhost"}
LONGEST_TURN = 24 * 366
"""Hours; further than a year nobody needs to look."""


class Pages:
    """Every page of one stack."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._templates = _templates()
        self._sign_in = SignInPages(house.issuer, self._page)
        self._routes: tuple[tuple[str, str, Callable[..., Response]], ...] = (
            ("GET", "/local/", self._index),
            ("GET", "/local/mailbox", self._mailbox),
            ("POST", "/local/mailbox/fates", self._set_fate),
            ("GET", r"/local/mailbox/(\d+)", self._mail),
            ("GET", r"/local/mailbox/(\d+)/html", self._mail_html),
            ("GET", "/local/sandbox", self._sandbox),
            ("GET", "/local/feeds/([A-Za-z0-9./_-]+)", self._feed),
            ("GET", "/local/clock", self._clock),
            ("POST", "/local/clock", self._turn),
        )

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.host.rsplit(":", 1)[0] not in HERE:
            return self._sorry(403, "This page is only for the machine it runs on.")
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return self._sorry(403, "Another web site may not press buttons here.")
        if (answer := self._sign_in.answer(request)) is not None:
            return answer
        method = "GET" if request.method == "HEAD" else request.method
        allowed = set()
        for wanted, pattern, page in self._routes:
            found = re.fullmatch(pattern, request.path)
            if found and wanted == method:
                return page(request) if method == "POST" else page(*found.groups())
            if found:
                allowed.add(wanted)
        if allowed:
            return self._sorry(405, f"This page takes only {', '.join(sorted(allowed))}.")
        return self._sorry(404, "There is no such page in the local force.")

    def _page(self, name: str, status: int = 200, **values: object) -> Response:
        body = self._templates.get_template(f"{name}.html").render(here=name, **values)
        headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store"}
        return Response(body, status, headers, content_type="text/html; charset=utf-8")

    def _sorry(self, status: int, sentence: str) -> Response:
        return self._page("sorry", status, sentence=sentence)

    def _index(self) -> Response:
        return self._page("index")

    def _mailbox(self) -> Response:
        mails = list(enumerate(self._house.mails))
        return self._page("mailbox", mails=reversed(mails), kinds=list(Fate), fates=FAULTS.all())

    def _set_fate(self, request: Request) -> Response:
        address, fate = request.form.get("address", "").strip(), request.form.get("fate", "")
        if "@" not in address or fate not in set(Fate):
            return self._sorry(422, "Type an e-mail address, and choose what becomes of its mail.")
        FAULTS.set(address, Fate(fate))
        return _see("/local/mailbox")

    def _mail(self, number: str) -> Response:
        mails = self._house.mails
        if int(number) >= len(mails):
            return self._sorry(404, "There is no such mail.")
        mail = mails[int(number)]
        return self._page(
            "mail", mail=mail, number=number, plain=part(mail, "plain"), html=part(mail, "html")
        )

    def _mail_html(self, number: str) -> Response:
        mails = self._house.mails
        if int(number) >= len(mails):
            return self._sorry(404, "There is no such mail.")
        # Links leave the frame, as they leave a mail client.
        body = '<base target="_top">' + part(mails[int(number)], "html")
        return Response(
            body,
            headers={"Content-Security-Policy": MAIL_POLICY, "Referrer-Policy": "no-referrer"},
            content_type="text/html; charset=utf-8",
        )

    def _sandbox(self) -> Response:
        accounts: dict[str, list[object]] = {}
        for post in self._house.posts():
            accounts.setdefault(post.account, []).insert(0, post)
        return self._page("sandbox", accounts=sorted(accounts.items()))

    def _feed(self, path: str) -> Response:
        found = self._house.feed(path)
        if found is None:
            return self._sorry(404, "Nothing stands there; send a post to the website feed first.")
        headers = {"Content-Security-Policy": FEED_POLICY, "X-Content-Type-Options": "nosniff"}
        return Response(found[0], headers=headers, content_type=found[1])

    def _clock(self) -> Response:
        return self._page("clock", now=self._house.clock.now(), offset=self._house.clock.offset)

    def _turn(self, request: Request) -> Response:
        try:
            hours = float(request.form.get("hours", ""))
        except ValueError:
            hours = math.nan
        if not 0 < hours <= LONGEST_TURN:
            return self._sorry(422, f"Type a number of hours between 0 and {LONGEST_TURN}.")
        self._house.clock.advance(timedelta(hours=hours))
        return _see("/local/clock")


def _see(where: str) -> Response:
    return Response(status=303, headers={"Location": where, "Cache-Control": "no-store"})


def _static(name: str) -> str:
    """The product's own file, or nothing where it has not been built."""
    try:
        return address(name)
    except StaticFileError:
        return ""


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("local.pages"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["static"] = _static
    templates.filters.update(moment=moment_text, utc=utc_text)
    return templates
