"""The steps of the demo, in their order."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from local.demo.caller import Caller
from local.demo.corpus import BLUESKY, Sample, choose
from local.demo.evidence import sequence_all, text_on_server, verified_leaves
from local.demo.letters import (
    Letter,
    answer,
    approval_letters,
    scan,
    scan_in_browser,
)
from local.force import COMMS, OFFICER, PCSO
from local.listening import PortBusyError
from local.seed import seed
from local.stack import Stack
from local.tools import ToolError
from shared.policy.pack import bundled

OWN_TEAM, WATCHED_TEAM = "leek-npt", "cheadle-npt"
"""The first posts freely when clear; everything of the second is read by another person."""

LEFT = 1
"""How many approvals nobody answers."""

ROUNDS = 4
PATIENCE_SECONDS = 300.0
"""A send whose worker died is settled by reading back after 90 seconds; a busy machine needs more."""
ENDED = ("published", "returned", "rejected", "expired", "failed", "refused", "partly_published")


class StepFailedError(Exception):
    """A step of the demo that did not hold."""


@dataclass
class Tally:
    """What the closing line says."""

    submitted: int = 0
    blocked: int = 0
    auto_cleared: int = 0
    approved: int = 0
    returned: int = 0
    expired: int = 0
    published: int = 0
    uncertain: int = 0
    read_back: int = 0
    leaves: int = 0
    verified: int = 0
    seconds: float = 0.0


@dataclass
class Story:
    """The demo under way."""

    stack: Stack
    tally: Tally = field(default_factory=Tally)
    sent: dict[str, Sample] = field(default_factory=dict)

    def as_(self, person: str) -> Caller:
        """An API client signed in as somebody."""
        return Caller(self.stack.url, token=self.stack.open_session(person))  # type: ignore[arg-type]


def demo(posts: int) -> int:
    """Run the whole story; 0 only if every step held. The last line is one JSON object."""
    began = time.monotonic()
    tally = Tally()
    held = False
    try:
        _say("Starting the whole force and a real Bluesky server on this machine.")
        with Stack.start(platform="bluesky") as stack:
            seed(stack)
            _tell(Story(stack, tally), posts)
        held = True
    except (StepFailedError, PortBusyError, ToolError) as problem:
        print(f"✗ {problem}", file=sys.stderr)
    tally.seconds = round(time.monotonic() - began, 1)
    print(json.dumps(vars(tally)), flush=True)
    return 0 if held else 1


def _tell(story: Story, posts: int) -> None:
    reader = story.as_(COMMS.person_id)
    _submit(story, posts)
    letters = _await_letters(story, reader)
    _be_scanned(story, letters, reader)
    _decide(story, letters)
    _await_endings(story, reader, leaving=LEFT)
    _let_expire(story, reader)
    _compare(story, reader)
    _prove(story)


def _submit(story: Story, posts: int) -> None:
    writers = {"officer": story.as_(OFFICER.person_id), "pcso": story.as_(PCSO.person_id)}
    for number, sample in enumerate(choose(posts, bundled(story.stack.clock.now().date()))):
        team = WATCHED_TEAM if number % 4 == 0 else OWN_TEAM
        body = {"text": sample.text, "account": team, "platforms": [BLUESKY]}
        heard = writers[sample.role].post_json(
            "/v1/posts", body, **{"Idempotency-Key": f"demo-{sample.sample_id}"}
        )
        story.tally.submitted += 1
        _require(heard.status in {202, 422}, f"{sample.sample_id} was not answered: {heard.text}")
        found = {finding["rule"] for finding in heard.json().get("findings", [])}
        _require(sample.breaks <= found, f"{sample.sample_id}: {sample.breaks} not among {found}")
        _require(heard.status == 422 or not sample.must_block, f"{sample.sample_id} got through")
        if heard.status == 422:
            _require(bool(sample.breaks), f"{sample.sample_id} is clean and was blocked: {found}")
            story.tally.blocked += 1
        else:
            story.sent[heard.json()["post_id"]] = sample
    _held(f"{story.tally.submitted} posts submitted, {story.tally.blocked} blocked with findings")


def _await_letters(story: Story, reader: Caller) -> list[Letter]:
    def all_placed() -> bool:
        states = list(_states(story, reader).values())
        letters = approval_letters(list(story.stack.mailbox))
        waiting = states.count("awaiting_approval")
        return "submitted" not in states and len(letters) >= waiting

    _until(all_placed, "every post is cleared or waits for an approval")
    waiting = _waiting(story, reader)
    for post_id, sample in story.sent.items():
        _require(
            post_id in waiting or not sample.breaks,
            f"{sample.sample_id} breaks a rule and went on without a second person",
        )
    story.tally.auto_cleared = len(story.sent) - len(waiting)
    _held(
        f"{story.tally.auto_cleared} went on without waiting, {len(waiting)} need a second person"
    )
    return approval_letters(list(story.stack.mailbox))


def _be_scanned(story: Story, letters: list[Letter], reader: Caller) -> None:
    before = _waiting(story, reader)
    for letter in letters:
        _require(scan(letter, story.stack.url)[-1] == 200, "a scanner could not read a link")
    browsed = scan_in_browser(letters)
    _require(_waiting(story, reader) == before, "a mail scanner decided something")
    how = f"{browsed} in a real browser" if browsed >= 0 else "no Chromium here to run scripts"
    _held(f"{len(letters)} links opened as mail scanners do ({how}): nothing was decided")


def _decide(story: Story, letters: list[Letter]) -> None:
    for letter in letters[: len(letters) - LEFT]:
        choice, reason = _opinion(story, letter)
        heard = answer(letter, story.stack.url, choice, reason)
        _require(heard.status == 200, f"a decision was refused: {heard.text}")
        if choice == "return":
            story.tally.returned += 1
        else:
            story.tally.approved += 1
    again = Caller(story.stack.url).get(letters[0].link).text
    _require("Already" in again and COMMS.name in again, "a repeat was not told who was first")
    _held(f"{story.tally.approved} approved, {story.tally.returned} returned, a repeat told by whom")


def _opinion(story: Story, letter: Letter) -> tuple[str, str]:
    """What a careful approver does: what was written for insiders, and the very first, go back."""
    page = Caller(story.stack.url).get(letter.link).text
    sample = next(sample for post_id, sample in story.sent.items() if post_id in page)
    if "protective-marking" in sample.breaks:
        return "return", "This was written for insiders."
    if not story.tally.returned:
        return "return", "Please say where people can meet you."
    return "approve", ""


def _await_endings(story: Story, reader: Caller, leaving: int) -> None:
    def all_ended() -> bool:
        states = list(_states(story, reader).values())
        return len([state for state in states if state not in ENDED]) <= leaving

    _until(all_ended, "every decided post has met its ending")
    _held("every decided post has met its ending")


def _let_expire(story: Story, reader: Caller) -> None:
    """A day of nobody answering, turned by hand: one turn for each round of asking."""
    asked = len(approval_letters(list(story.stack.mailbox)))
    for number in range(ROUNDS):
        story.stack.clock.advance(timedelta(hours=2))
        if number < ROUNDS - 1:
            seen = asked
            _until(
                lambda seen=seen: len(approval_letters(list(story.stack.mailbox))) > seen,  # type: ignore[misc]
                "the next round asks again",
            )
            asked = len(approval_letters(list(story.stack.mailbox)))
    _until(lambda: not _waiting(story, reader), "the unanswered post expires")
    states = list(_states(story, reader).values())
    story.tally.expired = states.count("expired")
    _require(story.tally.expired == LEFT, f"{LEFT} should have expired")
    _held("the one nobody answered was asked about four times and expired unpublished")


def _compare(story: Story, reader: Caller) -> None:
    for post_id, sample in story.sent.items():
        life = reader.get(f"/v1/posts/{post_id}").json()
        state = life["versions"][-1]["state"]
        story.tally.uncertain += state == "uncertain"
        if state != "published":
            continue
        story.tally.published += 1
        platform_id = _platform_id(story, post_id)
        if text_on_server(story.stack, platform_id).encode() == sample.text.encode():
            story.tally.read_back += 1
    expected = story.tally.auto_cleared + story.tally.approved
    _require(story.tally.published == expected, f"{expected} should be published")
    _require(story.tally.read_back == story.tally.published, "a post reads differently there")
    _held(f"{story.tally.published} published once, each read back byte for byte")


def _prove(story: Story) -> None:
    sequence_all(story.stack)
    story.tally.leaves, story.tally.verified = verified_leaves(story.stack)
    _require(story.tally.leaves > len(story.sent), "the record log is too short")
    _require(story.tally.verified == story.tally.leaves, "a leaf could not be proved")
    _held(f"{story.tally.leaves} leaves in the record log, each one proved")


def _platform_id(story: Story, post_id: str) -> str:
    from shared.posts.names import PostId
    from shared.records.pen import Pen
    from shared.records.publications import Publications

    publications = Publications(story.stack.tables, Pen(lambda count: bytes(count)))
    receipt = publications.get(PostId(post_id), 1, BLUESKY).receipt
    assert receipt is not None
    return receipt.platform_id


def _states(story: Story, reader: Caller) -> dict[str, str]:
    return {
        post_id: reader.get(f"/v1/posts/{post_id}").json()["versions"][-1]["state"]
        for post_id in story.sent
    }


def _waiting(story: Story, reader: Caller) -> set[str]:
    found: Any = reader.get("/v1/approvals").json()["approvals"]
    return {entry["post"]["post_id"] for entry in found}


def _until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        _require(
            time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s in vain until {what}"
        )
        time.sleep(0.2)


def _require(true: bool, otherwise: str) -> None:
    if not true:
        raise StepFailedError(otherwise)


def _held(step: str) -> None:
    print(f"✓ {step}", flush=True)


def _say(words: str) -> None:
    print(words, flush=True)
