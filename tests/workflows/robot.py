"""A mail security sandbox: it opens what a mail holds, runs scripts, and presses all there is.

It is a real browser. For each mail: every address in its text and in its HTML, every link of the
page behind it once, every button, and every form as it stands: as fast as a machine, and again as
slowly as a person. Like the real ones it reads the body of a mail, not the subject. It does not
press what stands behind the sign-in link: that site is not ours, and it asks for a password.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage

from playwright.sync_api import Browser, Page, Response

from local.clock import Clock
from local.mailbox import part

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
SLOWLY = timedelta(seconds=3)
TABS = 5
SMALL = {"width": 390, "height": 844}
GUESS = re.compile(r"\b[0-9A-Za-z]{4}\b")
BUTTONS = (
    "button, input[type=submit], input[type=button], input[type=image], [role=button], summary"
)
FOLLOWED = "all => all.map(a => a.href.split('#')[0])"
SENDS = "all => all.map(b => Boolean(b.form) && !['button', 'reset'].includes(b.type))"
PRESS = "b => { if (b.form) b.form.noValidate = true; b.click(); }"
SUBMIT = "number => HTMLFormElement.prototype.submit.call(document.forms[number])"
FILL = """([radio, word]) => {
  for (const form of document.forms) {
    const fields = [...form.elements].filter((field) => !field.readOnly && !field.disabled);
    for (const name of new Set(fields.filter((f) => f.type === "radio").map((f) => f.name))) {
      const group = fields.filter((f) => f.type === "radio" && f.name === name);
      group[radio % group.length].checked = true;
    }
    for (const field of fields) {
      if (field.type === "checkbox") field.checked = true;
      const typed = field.matches("textarea, input:not([type]), [type=text]");
      if (typed && !field.value) field.value = word;
    }
  }
}"""


class Robot:
    """`sent` has the answers to what it sent, by address; `followed` is where links led it."""

    def __init__(self, browser: Browser, url: str, clock: Clock) -> None:
        self._url, self._clock = url, clock
        self._context = browser.new_context(locale="en-GB", viewport=SMALL)
        self._context.set_default_timeout(20_000)
        self._context.on("response", self._hear)
        self._tabs: list[Page] = []
        self.followed: set[str] = set()
        self.sent: defaultdict[str, list[int]] = defaultdict(list)
        self.broken: list[str] = []

    def close(self) -> None:
        self._context.close()

    def addresses(self, mail: EmailMessage) -> list[str]:
        """Every address of our site that stands in a mail, in its text or in its HTML."""
        page = self._tab(0)
        page.set_content(part(mail, "html"))
        linked = page.eval_on_selector_all("[href], [src]", "all => all.map(e => e.href || e.src)")
        found = {*linked, *ADDRESS.findall(part(mail, "plain"))}
        return sorted(address for address in found if self._is_ours(address))

    def detonate(self, mails: Iterable[EmailMessage]) -> None:
        """Do to every mail all that a machine can but guess, a few at a time."""
        addresses = sorted({address for mail in mails for address in self.addresses(mail)})
        for few in (addresses[n : n + TABS] for n in range(0, len(addresses), TABS)):
            pages = [self._open(address, tab) for tab, address in enumerate(few)]
            for page in pages:
                self._follow(page)
            self._clock.advance(SLOWLY)
            for page in pages:
                self._press_all(page)
            for page in pages:
                self._submit_all(page)
            self._clock.advance(SLOWLY)
            for page in pages:
                self._submit_all(page)

    def guess(self, mail: EmailMessage, tries: int) -> set[str]:
        """Tick each radio in turn, fill the gaps with words of mail and page; those it tried."""
        tried: set[str] = set()
        for address in self.addresses(mail):
            body = self._open(address, 0).inner_text("body")
            words = sorted(set(GUESS.findall(f"{part(mail, 'plain')} {body}")), key=_code_like)
            for number, word in enumerate(words[:tries]):
                page = self._open(address, 0)
                self._clock.advance(SLOWLY)
                page.evaluate(FILL, [number, word])
                for form in range(page.evaluate("document.forms.length")):
                    self._submit(page, form)
                    tried.add(word)
        return tried

    def _follow(self, page: Page) -> None:
        """Follow every link of the page once, in another tab."""
        links = page.eval_on_selector_all("a[href], area[href]", FOLLOWED)
        for link in sorted({*filter(self._is_ours, links)} - {page.url} - self.followed):
            self.followed.add(link)
            self._open(link, TABS)

    def _press_all(self, page: Page) -> None:
        """Press every button: what sends nothing first, the others each on a page of its own."""
        address, buttons = page.url, page.locator(BUTTONS)
        sends = buttons.evaluate_all(SENDS)
        for number in sorted(range(len(sends)), key=sends.__getitem__):
            if not sends[number]:
                buttons.nth(number).evaluate(PRESS)
                continue
            with page.expect_navigation():
                buttons.nth(number).evaluate(PRESS)
            if sum(sends[number:]) > 1:
                page.goto(address)
                self._clock.advance(SLOWLY)

    def _submit_all(self, page: Page) -> None:
        """Submit every form of the page as it stands, each on a page of its own."""
        address = page.url
        if not page.evaluate("document.forms.length"):
            page.goto(address)
        for number in range(page.evaluate("document.forms.length")):
            if number:
                page.goto(address)
            self._submit(page, number)

    def _submit(self, page: Page, number: int) -> None:
        with page.expect_navigation():
            page.evaluate(SUBMIT, number)

    def _open(self, address: str, tab: int) -> Page:
        page = self._tab(tab)
        page.goto(address)
        return page

    def _tab(self, number: int) -> Page:
        while len(self._tabs) <= number:
            self._tabs.append(self._context.new_page())
        return self._tabs[number]

    def _is_ours(self, address: str) -> bool:
        return address.startswith(f"{self._url}/")

    def _hear(self, response: Response) -> None:
        if response.request.method != "GET":
            self.sent[response.url].append(response.status)
        if response.status >= 500:
            self.broken.append(f"{response.request.method} {response.url}: {response.status}")


def _code_like(word: str) -> tuple[bool, str]:
    """What looks like a code comes first."""
    return word.upper() != word, word
