"""One approved post from the author's request to its ending, and everything that took.

Counted is what a function asks of AWS between the author's POST and the end of the state machine:
submission, check, letter, the approver's GET and POST, release, publishing, reading back and
conclusion. Not counted: what the bench asks to see how far it is, the schedules (the sequencer
runs once a minute for all posts together and is counted apart), what the mail service tells of the
letter (counted apart, too), and Step Functions calling Lambda.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from local.bench.traffic import Call, Traffic
from local.demo.caller import Caller
from local.demo.letters import Letter, answer, approval_letters
from local.demo.story import require, until
from local.force import OFFICER
from local.stack import Stack

WATCHED = "cheadle-npt"
"""An account whose posts are always read by a second person."""

START = 1
"""Step Functions bills the step into the first state, too."""

WATCHER = "WatchLetters"
"""Hears of every letter, when it is delivered."""

HTTP_REQUESTS = 3
"""The author's POST, the approver's GET and POST."""

TEXT = "Our surgery is at the library in Cheadle on Saturday from ten. Come and say hello. No. {}"


@dataclass(frozen=True)
class Travel:
    """`calls` of the post's own way, `sequencing` those of the runs that logged its leaves,
    `watching` those of the run that heard of its letter; `invocations` of functions, those runs not
    among them."""

    calls: tuple[Call, ...]
    transitions: int
    invocations: int
    sequencing: tuple[Call, ...]
    sequencer_runs: int
    watching: tuple[Call, ...]
    watcher_runs: int


def travel(stack: Stack, traffic: Traffic, platforms: tuple[str, ...], number: int) -> Travel:
    """Send one post to these platforms, approve it from the letter, and see it published."""
    letters = len(_letters(stack))
    began = traffic.mark
    post_id = _submit(stack, TEXT.format(number), platforms)
    until(lambda: len(_letters(stack)) > letters, "the approver has a letter")
    until(_resting(traffic), "nothing runs any more")
    asked = traffic.since(began)
    first = _sequence(stack, traffic)
    decided = traffic.mark
    heard = answer(_letters(stack)[-1], stack.url, stack.clock, "approve")
    require(heard.status == HTTPStatus.OK, f"the approval was refused: {heard.text}")
    entered, tasks = _history(stack, post_id)
    published = traffic.since(decided)
    second = _sequence(stack, traffic)
    calls = asked + published
    watching = tuple(call for call in calls if call.function == WATCHER)
    return Travel(
        calls=tuple(call for call in calls if call.function != WATCHER),
        transitions=entered + START,
        invocations=tasks + HTTP_REQUESTS,
        sequencing=first + second,
        sequencer_runs=2,
        watching=watching,
        watcher_runs=1,
    )


def _letters(stack: Stack) -> list[Letter]:
    return approval_letters(list(stack.mailbox))


def _submit(stack: Stack, text: str, platforms: tuple[str, ...]) -> str:
    officer = Caller(stack.url, token=stack.open_session(OFFICER.person_id))
    body = {"text": text, "account": WATCHED, "platforms": list(platforms)}
    heard = officer.post_json("/v1/posts", body)
    require(heard.status == HTTPStatus.ACCEPTED, f"the post was refused: {heard.text}")
    return str(heard.json()["post_id"])


def _resting(traffic: Traffic) -> Callable[[], bool]:
    """Whether no call came between two looks: the letter is the last thing of its function."""
    seen = [-1]

    def rests() -> bool:
        before, seen[0] = seen[0], traffic.mark
        return before == seen[0]

    return rests


def _sequence(stack: Stack, traffic: Traffic) -> tuple[Call, ...]:
    began = traffic.mark
    stack.call("SequenceLog", {})
    return traffic.since(began)


def _history(stack: Stack, post_id: str) -> tuple[int, int]:
    """How many states its finished execution entered, and how many of them were tasks."""
    client = stack.aws.client("stepfunctions")
    machine = str(stack.outputs["PublicationArn"])
    arn = f"{machine.replace(':stateMachine:', ':execution:')}:{post_id}-1"

    def status() -> str:
        return str(client.describe_execution(executionArn=arn)["status"])

    until(lambda: status() != "RUNNING", "the post has met its ending")
    require(status() == "SUCCEEDED", "the post was not published")
    events = client.get_execution_history(executionArn=arn, maxResults=1000)["events"]
    kinds = [str(event["type"]) for event in events]
    entered = [kind for kind in kinds if kind.endswith("StateEntered")]
    return len(entered), entered.count("TaskStateEntered")
