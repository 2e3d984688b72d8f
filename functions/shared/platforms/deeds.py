"""One deed of a moderator: asked for once, and believed where the platform shows that it was done.

A plain no is told apart from not now and from a lost answer (`answers`). Whatever else came back,
the platform is looked at: what is done is done, whoever's answer was lost, and a yes that changed
nothing is none.
"""

from collections.abc import Callable
from datetime import datetime

from shared.platforms.answers import error_for
from shared.platforms.base import NotSentError, PlatformError, UncertainError
from shared.platforms.moderating import LONGEST_RAW
from shared.platforms.strangers import words
from shared.platforms.wire import Answer, NeverLeftError, WireError

Asked = Callable[[], Answer]
"""The one request; WireError or an error of signing in."""

Look = Callable[[], bool]
"""Whether it is done now; any PlatformError where that cannot be seen."""


def never(_answer: Answer) -> bool:
    """No answer of this kind."""
    return False


class Deeds:
    """How one platform, called `label` by people, is asked to do something."""

    def __init__(
        self, label: str, sentence: Callable[[Answer], str], clock: Callable[[], datetime]
    ) -> None:
        self._label = label
        self._sentence = sentence
        self._clock = clock

    def proved(self, ask: Asked, done: Look, excused: Callable[[Answer], bool] = never) -> None:
        """Do it, and see that it is done; `excused` tells a no that refuses nothing, as when there
        is nothing left to do it to: what can be seen decides."""
        answer = self._asked(ask)
        if answer is not None and not excused(answer):
            self._raise_refusal(answer)
        try:
            is_done = done()
        except PlatformError as error:
            raise UncertainError(f"Whether it was done is unknown. {error}") from error
        if not is_done:
            raise UncertainError(f"{self._label} does not show that it was done; do it again.")

    def told(
        self,
        ask: Asked,
        is_yes: Callable[[Answer], bool],
        excused: Callable[[Answer], bool] = never,
    ) -> None:
        """Do what leaves nothing to look at; the platform's own yes is all the proof there is, and
        what is `excused` needs none."""
        answer = self._asked(ask)
        if answer is None:
            raise UncertainError(f"{self._label}'s answer was lost; do it again.")
        if excused(answer):
            return
        self._raise_refusal(answer)
        if not (answer.ok and is_yes(answer)):
            told = "" if answer.ok else f" {self._sentence(answer)}"
            raise UncertainError(f"Nothing says that it was done; do it again.{told}")

    def _asked(self, ask: Asked) -> Answer | None:
        """The answer, None if it was lost."""
        try:
            return ask()
        except NeverLeftError as error:
            sentence = f"{self._label} could not be reached; nothing was done ({error})."
            raise NotSentError(sentence) from error
        except WireError:
            return None

    def _raise_refusal(self, answer: Answer) -> None:
        """What settles that nothing was done; a 5xx and its like settle nothing."""
        if answer.ok:
            return
        error = error_for(answer, self._sentence(answer), self._clock(), UncertainError)
        if not isinstance(error, UncertainError):
            raise error


def evidence(answer: Answer) -> str:
    """A platform's own answer as it came, safe to keep as text, at most 64 kB."""
    kept = words(answer.body.decode("utf-8", "replace"), LONGEST_RAW).encode()[:LONGEST_RAW]
    return kept.decode("utf-8", "ignore")
