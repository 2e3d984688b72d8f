"""A person with a phone: sees what stands on the page, taps it, and notices what is wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from local.demo.letters import READING
from tests.pages.accessibility import violations

PHONE = {"width": 390, "height": 844}
CODE = re.compile(r"code ([0-9A-Z]{4})")
IDENTITY = re.compile(r"[A-Za-z0-9_-]{26,}|\b\d+\b")


class Person:
    """One browser window. What it meets is looked at, the same page once; `noticed` was wrong."""

    _looked_at: ClassVar[set[tuple[str, str]]] = set()

    def __init__(self, page: Page, url: str, *, scripts: bool) -> None:
        self.page = page
        self.noticed: list[str] = []
        self.scripts = scripts
        self._url = url
        self._mails = 0
        page.on("console", self._hear)
        page.on("response", self._weigh)

    def local(self, link: str) -> None:
        """Open the local force's first page and follow one of its links."""
        self.page.goto(f"{self._url}/local/")
        self.look()
        self.main.get_by_role("link", name=link).click()
        self.look()

    def sign_in(self, role: str) -> None:
        """Sign in as the first person of a role."""
        self.local("Sign in")
        heading = self.page.get_by_role("heading", name=role, exact=True)
        heading.locator("xpath=following::button[1]").click()
        self.page.wait_for_url("**/posts")
        self.look()

    def tap(self, name: str) -> None:
        """Press the button or follow the link of this name."""
        self.page.get_by_role("button", name=name).or_(
            self.page.get_by_role("link", name=name)
        ).click()
        self.look()

    def fill_in(self, text: str, account: str = "Leek Neighbourhood Team") -> None:
        """Fill the post form in."""
        self.page.get_by_label(account).check()
        self.page.get_by_label("Sandbox", exact=True).check()
        self.page.get_by_label("What do you want to say?").fill(text)

    def write(self, text: str, account: str = "Leek Neighbourhood Team") -> None:
        """Open the post form and fill it in."""
        self.page.goto(f"{self._url}/posts")
        self.tap("Write a post")
        self.fill_in(text, account)

    def count_mails(self) -> None:
        """Open the mailbox, to know later which mails are new."""
        self.local("Mailbox")
        self._mails = self._letters.count()

    def open_new_mail(self) -> str:
        """Open the approval request that has come since; its code."""
        self.local("Mailbox")
        while (count := self._letters.count()) <= self._mails:
            self.page.reload()
        self._mails = count
        self._letters.first.click()
        self.look()
        code = CODE.search(self.heading.inner_text())
        assert code, "the subject has no code"
        return code[1]

    def follow_link_in_mail(self) -> None:
        """Follow the one link in the mail."""
        self.page.frame_locator("iframe").get_by_role("link").click()
        self.page.wait_for_url("**/approvals/*")
        self.look()

    def decide(self, choice: str, code: str, reason: str = "") -> None:
        """Fill the approval form in and send it."""
        self.read_slowly()
        self.page.get_by_role("radio", name=choice, exact=True).check()
        self.page.get_by_label("Your reason").fill(reason)
        self.page.get_by_label("The code in the e-mail’s subject").fill(code)
        self.tap("Send your decision")

    def read_slowly(self) -> None:
        """Let the time pass that reading takes, by the local force's own clock."""
        hours = READING.total_seconds() / 3600
        self.page.context.request.post(f"{self._url}/local/clock", form={"hours": str(hours)})

    def reload_until(self, words: str) -> None:
        """Look again and again, as people do, until these words stand on the page."""
        while not self.page.get_by_text(words, exact=True).first.is_visible():
            self.page.reload()
        self.look()

    def look(self) -> None:
        """Take the page in, and note whatever keeps somebody from using it."""
        expect(self.heading).to_be_visible()
        seen = (IDENTITY.sub("…", self.page.url), self.page.title())
        # Without scripts nothing can look at the page from inside; the markup is the same.
        if self.scripts and seen not in self._looked_at:
            self._looked_at.add(seen)
            self.noticed += [f"{self.page.url}: {wrong}" for wrong in violations(self.page)]

    @property
    def heading(self) -> Locator:
        """The page's one heading of the first level."""
        return self.page.get_by_role("heading", level=1)

    @property
    def main(self) -> Locator:
        """The page without what stands around every page."""
        return self.page.get_by_role("main")

    @property
    def _letters(self) -> Locator:
        return self.page.get_by_role("link", name="Approval needed")

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser remarks upon a page that itself is a 4xx; that is how a form comes back.
        if message.location["url"] != self.page.url or "status of 4" not in message.text:
            self.noticed.append(f"{self.page.url}: {message.text}")

    def _weigh(self, response: Response) -> None:
        if not response.url.startswith(self._url):
            self.noticed.append(f"{self.page.url} asked a stranger: {response.url}")


@contextmanager
def somebody(browser: Browser, url: str, *, scripts: bool = True) -> Iterator[Person]:
    """A person with a fresh phone, who at the end has noticed nothing wrong."""
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="en-GB",
        java_script_enabled=scripts,
        has_touch=True,
    )
    context.set_default_timeout(20_000)
    person = Person(context.new_page(), url, scripts=scripts)
    person.count_mails()
    yield person
    context.close()
    assert person.noticed == [], person.noticed
