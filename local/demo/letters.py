"""What approvers find in their mailbox, and what a mail scanner does to it before they do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import unquote

from local.clock import Clock
from local.demo.caller import Caller, Heard
from local.mailbox import part
from local.tools import MissingToolError
from local.tools.chromium import find_chromium
from shared.identity.session import COOKIE

READING = timedelta(seconds=3)
"""The least a person needs to read a page; a form that comes back sooner is not counted."""

SCANNER = "Mozilla/5.0 (compatible; MailScanner/1.0)"

_LINK = re.compile(r"https?://[^\s<>\"]+/approvals/[A-Za-z0-9_-]{43}")
_WAY_IN = re.compile(r'href="[^"]*/sign-in[?]to=([^"]+)"')
_CODE = re.compile(r"code (?P<code>[0-9A-Z]{4})", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """The link in a letter and the code in its subject."""

    link: str
    code: str


def approval_letters(mails: list[EmailMessage]) -> list[Letter]:
    """The approval requests among these mails."""
    letters = []
    for mail in mails:
        link, code = _LINK.search(part(mail, "plain")), _CODE.search(str(mail["Subject"]))
        if link and code:
            letters.append(Letter(link[0], code["code"]))
    return letters


def scan(letter: Letter, url: str) -> list[int]:
    """Open the link as scanners do: HEAD, GET twice, and submit its form with default values.

    The statuses of what was only looked at; none of it may decide anything.
    """
    scanner = Caller(url, agent=SCANNER)
    seen = [scanner.get(letter.link, "HEAD").status, scanner.get(letter.link).status]
    page = scanner.get(letter.link)
    scanner.post_form(letter.link, page.fields())
    return [*seen, page.status]


def scan_in_browser(letters: list[Letter]) -> int:
    """Open every link in a real browser that runs scripts, and submit every form as it stands.

    How many were opened; -1 where there is no browser.
    """
    try:
        program = find_chromium()
    except MissingToolError:
        return -1
    from playwright.sync_api import sync_playwright  # slow to load, and only wanted here

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for letter in letters:
            page = browser.new_page()
            page.goto(letter.link)
            if page.evaluate("document.forms.length"):  # none where a link is not enough
                with page.expect_navigation():
                    page.evaluate("document.forms[document.forms.length - 1].submit()")
            page.close()
        browser.close()
    return len(letters)


def answer(
    letter: Letter,
    url: str,
    clock: Clock,
    choice: str,
    reason: str = "",
    *,
    sign_in: Callable[[], str] | None = None,
) -> Heard:
    """Decide as a person does: read the page, which takes its time, choose, type the code, send.
    Where a link is not enough, `sign_in` gives a session, and it is decided where that leads.
    """
    person, address = Caller(url), letter.link
    page = person.get(address)
    way_in = _WAY_IN.search(page.text)
    if way_in and sign_in:
        person, address = Caller(url, cookies={COOKIE: sign_in()}), unquote(way_in[1])
        page = person.get(address)
    clock.advance(READING)
    return person.post_form(
        address, {**page.fields(), "choice": choice, "reason": reason, "code": letter.code}
    )
