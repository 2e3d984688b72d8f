"""The seeded force as the workflow tests drive it: write, decide, wait, look."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from local.clock import Clock
from local.demo.caller import Caller
from local.demo.letters import Letter, answer, approval_letters
from local.force import COMMS, OFFICER
from local.seed import seed
from local.stack import Stack
from shared.posts.life import ENDINGS, State
from shared.posts.localtime import LONDON, local
from shared.posts.names import PersonId, PlatformName, PostId
from shared.posts.working_days import next_working_day
from shared.records.accounts import Accounts
from shared.records.approvals import Approvals
from shared.records.links import Links
from shared.records.pen import Pen
from shared.records.posts import Posts
from shared.records.publication import Publication
from shared.records.publications import Publications
from tests.builders import a_pen

FREE, WATCHED = "leek-npt", "cheadle-npt"
T = TypeVar("T")


class Force:
    """A running, seeded stack and the people in it."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.pen: Pen = a_pen()
        self.posts = Posts(stack.tables, self.pen)
        self.approvals = Approvals(stack.tables, self.pen)
        self.accounts = Accounts(stack.tables, self.pen)
        self._subjects: dict[str, PostId] = {}

    @property
    def officer(self) -> Caller:
        """The officer, freshly signed in: the clock is turned by days here."""
        return self.caller(OFFICER.person_id)

    @property
    def comms(self) -> Caller:
        """The approver, freshly signed in."""
        return self.caller(COMMS.person_id)

    def caller(self, person_id: PersonId) -> Caller:
        """An API client signed in as somebody."""
        return Caller(self.stack.url, token=self.stack.open_session(person_id))

    def submit(self, text: str, account: str = FREE, **more: Any) -> PostId:
        """Submit as the officer; the post's id."""
        body = {"text": text, "account": account, "platforms": ["sandbox"], **more}
        heard = self.officer.post_json("/v1/posts", body)
        assert heard.status == 202, heard.text
        return PostId(heard.json()["post_id"])

    def state(self, post_id: PostId) -> State:
        """Where its newest version stands."""
        return self.posts.get(post_id).state

    def until(self, post_id: PostId, *states: State) -> State:
        """Wait until it stands in one of these states, or in any ending; another ending fails."""
        wanted = set(states) or ENDINGS
        state = eventually(lambda: (s := self.state(post_id)) in wanted | ENDINGS and s)
        assert state in wanted, f"{post_id} ended {state.value}, not as one of {states}"
        return state

    def ended(self, post_id: PostId) -> list[str]:
        """The names of the states its finished execution went through, Map's inner ones too."""
        client = self.stack.aws.client("stepfunctions")
        arn = self.execution(post_id)
        status = eventually(
            lambda: (s := client.describe_execution(executionArn=arn)["status"]) != "RUNNING" and s
        )
        assert status in {"SUCCEEDED", "FAILED"}
        events = client.get_execution_history(executionArn=arn, maxResults=1000)["events"]
        entered = (event.get("stateEnteredEventDetails", {}).get("name") for event in events)
        return [name for name in entered if name]

    def execution(self, post_id: PostId, version: int = 1) -> str:
        """The ARN of its execution."""
        machine = self.stack.environment("ComposeApi")["PUBLICATION_ARN"]
        return f"{machine.replace(':stateMachine:', ':execution:')}:{post_id}-{version}"

    def letters(self, post_id: PostId) -> list[Letter]:
        """The approval letters about one post, oldest first."""
        return [letter for letter in self.all_letters() if self.about(letter) == post_id]

    def all_letters(self) -> list[Letter]:
        """Every approval letter so far."""
        return approval_letters(list(self.stack.mailbox))

    def letter(self, post_id: PostId, count: int = 1) -> Letter:
        """The newest letter about a post, once there are `count`."""
        self.until(post_id, State.AWAITING_APPROVAL)
        return eventually(lambda: len(f := self.letters(post_id)) >= count and f)[-1]

    def decide(self, post_id: PostId, choice: str, reason: str = "") -> None:
        """Decide as the approver, from the letter."""
        letter, stack = self.letter(post_id), self.stack
        heard = answer(
            letter,
            stack.url,
            stack.clock,
            choice,
            reason,
            sign_in=lambda: stack.open_session(COMMS.person_id),
        )
        assert heard.status == 200, heard.text

    def publication(self, post_id: PostId) -> Publication:
        """What became of it on the sandbox."""
        kept = Publications(self.stack.tables, self.pen)
        return kept.get(post_id, 1, PlatformName("sandbox"))

    def keep_leaves(self) -> None:
        """Let leaves stay where they wait for the log, so that a test can read them there."""
        self.without("SequenceLog")

    def without(self, function: str) -> None:
        """Let the clock not call this function."""
        scheduler = self.stack.aws.client("scheduler")
        [one] = [s for s in self.stack.schedules.read() if function in s.name]
        scheduler.delete_schedule(GroupName=one.group, Name=one.name)

    def turn(self, **by: float) -> None:
        """Turn the clock, once what is told of letters was heard: else it would come too late."""
        self.stack.lambdas.settle()
        self.stack.clock.advance(timedelta(**by))

    def turn_until(self, post_id: PostId, seconds: float, *states: State) -> State:
        """Turn the clock again and again until it stands in one of these states."""
        wanted = set(states) or ENDINGS

        def turned() -> State | bool:
            self.turn(seconds=seconds)
            threading.Event().wait(0.3)
            return (s := self.state(post_id)) in wanted | ENDINGS and s

        state = eventually(turned)
        assert state in wanted, f"{post_id} ended {state.value}, not as one of {states}"
        return state

    def published(self, text: str) -> int:
        """How many posts with these words stand on the sandbox."""
        return sum(post.text == text for post in self.stack.sandbox.posts)

    def about(self, letter: Letter) -> PostId:
        """Which post a letter is about."""
        if letter.link not in self._subjects:
            secret = letter.link.rpartition("/")[2]
            self._subjects[letter.link] = Links(self.stack.tables).find(secret).post_id
        return self._subjects[letter.link]


def clock_at(hour: time, day: date | None = None) -> Clock:
    """A clock that begins at this hour of a day, on London's: of the next working day if none."""
    now = datetime.now(UTC)
    begins = datetime.combine(day or next_working_day(local(now).date()), hour, LONDON)
    return Clock(begins - now)


@contextmanager
def a_force(**options: Any) -> Any:
    """A fresh force, at ten in the morning of a working day: who is asked depends on the hour."""
    with Stack.start(**{"clock": clock_at(time(10)), **options}) as stack:
        seed(stack)
        yield Force(stack)


def eventually(holds: Callable[[], T | bool]) -> T:
    """Wait until something is true; the test's own time-out ends a wait that is in vain."""
    while not (value := holds()):
        threading.Event().wait(0.05)
    return value  # type: ignore[return-value]
