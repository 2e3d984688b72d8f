"""Exceptions in every state that the description of the API tells of."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from local.force import AUDITOR, COMMS, OFFICER
from shared.posts.exception_found import Cause, Change, Closing, Noticed, PostException
from shared.posts.names import AccountId, PlatformName
from shared.recordlog.leaf import Act
from shared.records.exceptions import Exceptions
from shared.records.rounds import Round, Rounds

EXCEPTIONS, NOWHERE = "/v1/exceptions", "01J0000000000000000000000A"


class Excepting:
    """A force in which one post is gone, one was changed, and one account is not looked at."""

    def __init__(self, force: Any) -> None:
        self._force = force
        self._kept = Exceptions(force.stack.tables, force.pen)
        self.gone = self._found("To be gone.", Change.GONE).exception_id
        closed = self._found("To be changed.", Change.ALTERED)
        at = force.stack.clock.now()
        closing = Closing(COMMS.person_id, at, Cause.MISTAKEN, "It stands.")
        self._kept.close(closed, replace(closed, closed=closing), self._act(closed, Noticed.CLOSED))
        self.closed = closed.exception_id
        target = AccountId("leek-npt"), PlatformName("mastodon")
        silent = Round(*target, fault="No keys that only read are set.", since=at)
        Rounds(force.stack.tables).keep([(Round(*target), silent)])

    def _found(self, text: str, change: Change) -> PostException:
        post_id = self._force.submit(text)
        self._force.until(post_id)
        publication, at = self._force.publication(post_id), self._force.stack.clock.now()
        receipt = publication.receipt
        found = PostException(
            exception_id=f"{post_id}-1-sandbox-1-{change.value}-abcd",
            post_id=post_id,
            version=1,
            place="sandbox",
            account=publication.account,
            change=change,
            published=receipt.text,
            shown=None if change is Change.GONE else "Other words.",
            platform_id=receipt.platform_id,
            url=receipt.url,
            sent_at=publication.settled_at,
            missed_at=at - timedelta(hours=2),
            found_at=at,
        )
        self._kept.open(found, publication, self._act(found, Noticed.FOUND))
        return found

    def _act(self, found: PostException, what: Noticed) -> Act:
        at = self._force.stack.clock.now()
        return Act(what.value, found.account, "exception:it", at, "bluelamp", None, None, {})


def exception_examples(excepting: Excepting, sent: Any, refusals: Any) -> dict[str, Any]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    officer, auditor, comms = OFFICER.person_id, AUDITOR.person_id, COMMS.person_id
    one, nowhere = f"{EXCEPTIONS}/{excepting.gone}", f"{EXCEPTIONS}/{NOWHERE}"
    close = f"{one}/close"
    why = {"cause": "ours", "why": "He thought better of it.", "who": "PC 1234"}
    wish = {**why, "ground": "offensive"}
    return {
        "listExceptions": {
            200: sent(EXCEPTIONS, who=auditor),
            401: sent(EXCEPTIONS, who=""),
            403: sent(EXCEPTIONS, who=officer),
            422: sent(EXCEPTIONS, query="cursor=zzz", who=comms),
        },
        "getException": {
            200: sent(f"{EXCEPTIONS}/{excepting.closed}", who=auditor),
            401: sent(one, who=""),
            404: sent(nowhere, who=auditor),
        },
        "closeException": {
            **refusals(close, comms),
            200: sent(close, wish, comms),
            403: sent(close, wish, officer),
            404: sent(f"{nowhere}/close", wish, comms),
            409: sent(f"{EXCEPTIONS}/{excepting.closed}/close", wish, comms),
        },
    }
