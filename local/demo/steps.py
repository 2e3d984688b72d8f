"""The steps of the demo, in their order; each holds, or raises StepFailedError."""

from collections import Counter
from datetime import timedelta
from functools import partial
from http import HTTPStatus

from local.demo.caller import Caller
from local.demo.corpus import BLUESKY, choose
from local.demo.evidence import sequence_all, texts_on_server, verified_leaves
from local.demo.letters import Letter, answer, scan, scan_in_browser
from local.demo.story import Story, held, require, until
from local.force import COMMS, DUTY_OFFICER, OFFICER, PCSO, handle_name
from shared.policy.pack import bundled
from shared.posts.names import AccountId

OWN_TEAM, WATCHED_TEAM = AccountId("leek-npt"), AccountId("cheadle-npt")
"""The first posts freely when clear; everything of the second is read by another person."""

SHOWN, TAKEN, BLOCKED = HTTPStatus.OK, HTTPStatus.ACCEPTED, HTTPStatus.UNPROCESSABLE_ENTITY

LEFT = 1
"""How many approvals nobody answers."""

ROUNDS = 4
ENDED = ("published", "returned", "rejected", "expired", "failed", "refused", "partly_published")


def submit(story: Story, posts: int) -> None:
    """Officers write; what breaks a rule is told which, and what must not pass is blocked."""
    writers = {"officer": story.caller(OFFICER.person_id), "pcso": story.caller(PCSO.person_id)}
    for number, sample in enumerate(choose(posts, bundled(story.stack.clock.now().date()))):
        team = WATCHED_TEAM if number % 4 == 0 else OWN_TEAM
        body = {"text": sample.text, "account": team, "platforms": [BLUESKY]}
        heard = writers[sample.role].post_json(
            "/v1/posts", body, **{"Idempotency-Key": f"demo-{sample.sample_id}"}
        )
        story.tally.submitted += 1
        require(
            heard.status in {TAKEN, BLOCKED}, f"{sample.sample_id} was not answered: {heard.text}"
        )
        found = {finding["rule"] for finding in heard.json().get("findings", [])}
        require(sample.breaks <= found, f"{sample.sample_id}: {sample.breaks} not among {found}")
        require(heard.status == BLOCKED or not sample.must_block, f"{sample.sample_id} got through")
        if heard.status == BLOCKED:
            require(bool(sample.breaks), f"{sample.sample_id} is clean and was blocked: {found}")
            story.tally.blocked += 1
        else:
            story.sent[heard.json()["post_id"]] = sample
    held(f"{story.tally.submitted} posts submitted, {story.tally.blocked} blocked with findings")


def await_letters(story: Story) -> list[Letter]:
    """Clear posts of a trusted team go on; everything else is asked about, one letter each."""

    def all_placed() -> bool:
        states = list(story.states().values())
        letters = story.letters()
        waiting = states.count("awaiting_approval")
        return "submitted" not in states and len(letters) >= waiting

    until(all_placed, "every post is cleared or waits for an approval")
    waiting = story.waiting()
    for post_id, sample in story.sent.items():
        require(
            post_id in waiting or not sample.breaks,
            f"{sample.sample_id} breaks a rule and went on without a second person",
        )
    story.tally.auto_cleared = len(story.sent) - len(waiting)
    held(f"{story.tally.auto_cleared} went on without waiting, {len(waiting)} need a second person")
    return story.letters()


def be_scanned(story: Story, letters: list[Letter]) -> None:
    """Every link is opened by robots first, and nothing is decided by it."""
    before = story.waiting()
    for letter in letters:
        require(scan(letter, story.stack.url)[-1] == SHOWN, "a scanner could not read a link")
    browsed = scan_in_browser(letters)
    require(story.waiting() == before, "a mail scanner decided something")
    how = f"{browsed} in a real browser" if browsed >= 0 else "no Chromium here to run scripts"
    held(f"{len(letters)} links opened as mail scanners do ({how}): nothing was decided")


def decide(story: Story, letters: list[Letter]) -> None:
    """A person decides all letters but the last; a second look is told who was first."""
    for letter in letters[: len(letters) - LEFT]:
        choice, reason = _opinion(story, letter)
        stack = story.stack
        sign_in = partial(stack.open_session, COMMS.person_id)
        heard = answer(letter, stack.url, stack.clock, choice, reason, sign_in=sign_in)
        require(heard.status == SHOWN, f"a decision was refused: {heard.text}")
        if choice == "return":
            story.tally.returned += 1
        else:
            story.tally.approved += 1
    again = Caller(story.stack.url).get(letters[0].link).text
    # By night it is the duty officer who was asked.
    decided = any(each.name in again for each in (COMMS, DUTY_OFFICER))
    require("Already" in again and decided, "a repeat was not told who was first")
    held(f"{story.tally.approved} approved, {story.tally.returned} returned, a repeat told by whom")


def _opinion(story: Story, letter: Letter) -> tuple[str, str]:
    """What a careful approver does: what was written for insiders, and the very first, go back."""
    page = Caller(story.stack.url).get(letter.link).text
    sample = next(sample for post_id, sample in story.sent.items() if post_id in page)
    if "protective-marking" in sample.breaks:
        return "return", "This was written for insiders."
    if not story.tally.returned:
        return "return", "Please say where people can meet you."
    return "approve", ""


def await_endings(story: Story) -> None:
    """Whatever was decided meets its ending."""

    def all_ended() -> bool:
        states = list(story.states().values())
        return len([state for state in states if state not in ENDED]) <= LEFT

    until(all_ended, "every decided post has met its ending")
    held("every decided post has met its ending")


def let_expire(story: Story) -> None:
    """A day of nobody answering, turned by hand: one turn for each round of asking."""
    asked = len(story.letters())
    for number in range(ROUNDS):
        story.stack.clock.advance(timedelta(hours=2))
        if number < ROUNDS - 1:
            until(
                partial(_more_letters, story, asked),
                "the next round asks again",
            )
            asked = len(story.letters())
    until(lambda: not story.waiting(), "the unanswered post expires")
    states = list(story.states().values())
    story.tally.expired = states.count("expired")
    require(story.tally.expired == LEFT, f"{LEFT} should have expired")
    held("the one nobody answered was asked about four times and expired unpublished")


def _more_letters(story: Story, than: int) -> bool:
    return len(story.letters()) > than


def compare(story: Story) -> None:
    """What stands on the server is what was cleared: every text once, to the byte, and no other."""
    states = story.states()
    story.tally.uncertain = list(states.values()).count("uncertain")
    cleared = [story.sent[post_id].text for post_id in states if states[post_id] == "published"]
    story.tally.published = len(cleared)
    expected = story.tally.auto_cleared + story.tally.approved
    require(story.tally.published == expected, f"{expected} should be published")
    there: Counter[str] = Counter()
    for account in (OWN_TEAM, WATCHED_TEAM):
        there.update(texts_on_server(story.server, handle_name(account, BLUESKY)))
    story.tally.read_back = (there & Counter(cleared)).total()
    require(there == Counter(cleared), "the server shows other posts than were published")
    held(f"{story.tally.published} published once, each read back byte for byte")


def prove(story: Story) -> None:
    """Every act is a leaf, and every leaf is proved."""
    sequence_all(story.stack)
    story.tally.leaves, story.tally.verified = verified_leaves(story.stack)
    require(story.tally.leaves > len(story.sent), "the record log is too short")
    require(story.tally.verified == story.tally.leaves, "a leaf could not be proved")
    held(f"{story.tally.leaves} leaves in the record log, each one proved")
