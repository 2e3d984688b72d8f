"""What a page weighs on its way to a phone: the page as the gateway sends it, and every file it
asks for, on a first visit; nothing is left in the cache."""

import gzip
import re

from local.bench.row import Row, at_most
from local.demo.caller import Caller
from local.demo.letters import approval_letters
from local.demo.story import require, until
from local.force import COMMS, OFFICER
from local.stack import Stack

LIMIT = 60_000
BLOCKED = "Good morning from the team. #one #two #three #four #five number {}"
"""Too many hashtags: it is kept and listed, and goes no further."""

A_FULL_LIST = 20
WAITING = "Have you seen this? Ring us on 101 or read on at https://example.org/cheadle. " * 3

_FILE = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def rows(stack: Stack) -> list[Row]:
    """One row for every page of the way of a post."""
    officer = Caller(stack.url, token=stack.open_session(OFFICER.person_id))
    comms = Caller(stack.url, token=stack.open_session(COMMS.person_id))
    stranger = Caller(stack.url)
    _fill_the_list(officer)
    post_id, link = _one_waiting(stack, officer)
    pages = {
        "the post form": (officer, "/posts/new"),
        "your posts": (officer, "/posts"),
        "your reminders": (officer, "/reminders"),
        "the reminder form": (officer, "/reminders/new"),
        "a post's life": (officer, f"/posts/{post_id}"),
        "the approvals": (comms, "/approvals"),
        "an approval, signed in": (comms, f"/approvals/{post_id}-1"),
        "an approval, from the letter": (stranger, link),
        "sign-in": (stranger, "/posts"),
    }
    return [_row(name, caller, path) for name, (caller, path) in pages.items()]


def _row(name: str, caller: Caller, path: str) -> Row:
    html = caller.get(path).text
    require("<html" in html, f"{path} is no page: {html[:80]}")
    parts = [html, *(caller.get(file).text for file in sorted(set(_FILE.findall(html))))]
    weights = [len(part.encode()) for part in parts]
    packed = sum(len(gzip.compress(part.encode(), mtime=0)) for part in parts)
    counted = f"page and {len(parts) - 1} files as sent, not packed; {packed:,} bytes with gzip"
    return at_most(f"page: {name}", sum(weights), "bytes", LIMIT, counted)


def _fill_the_list(officer: Caller) -> None:
    """As many posts as one page of the list holds; blocked ones, which start nothing."""
    for number in range(A_FULL_LIST):
        body = {"text": BLOCKED.format(number), "account": "leek-npt", "platforms": ["sandbox"]}
        officer.post_json("/v1/posts", body)


def _one_waiting(stack: Stack, officer: Caller) -> tuple[str, str]:
    """A post that waits for a decision, and the link in its letter."""
    letters = len(approval_letters(list(stack.mailbox)))
    body = {"text": WAITING, "account": "cheadle-npt", "platforms": ["sandbox"]}
    post_id = str(officer.post_json("/v1/posts", body).json()["post_id"])
    until(lambda: len(approval_letters(list(stack.mailbox))) > letters, "the letter is there")
    return post_id, approval_letters(list(stack.mailbox))[-1].link
