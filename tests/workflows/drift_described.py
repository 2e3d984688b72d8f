"""Drifts in every state that the description of the API tells of."""

from datetime import timedelta
from typing import Any

from local.force import AUDITOR, COMMS, OFFICER
from shared.drift.acts import Drifted
from shared.drift.drift import Cause, Drift, Finding, Kind, close, drift_name, mark_of
from shared.posts.names import LeafId, PlatformName
from shared.records.beats import Beat, Beats
from shared.records.drift_entries import act_of_closing, act_on_drift
from shared.records.drifts import Drifts
from tests.workflows.force import FREE

DRIFTS, NOWHERE = "/v1/drifts", "no-such-drift"
X, MASTODON = PlatformName("x"), PlatformName("mastodon")
WORDS = {"before": None, "after": "Send coins.", "url": "https://x.com/i/status/9"}


class Drifting:
    """A force with a drift that is open, one to be taken on, one closed, and a silent target."""

    def __init__(self, force: Any) -> None:
        self._force = force
        self._kept, self._beats = Drifts(force.stack.tables, force.pen), Beats(force.stack.tables)
        self.open = self._found("open").drift_id
        self.new = self._found("new").drift_id
        drift = self._found("closed")
        finding, at = Finding(Cause.OURS, "By hand.", "PC 1234"), force.stack.clock.now()
        closed = close(drift, finding, COMMS.person_id, at)
        self._kept.change(drift, closed, act_of_closing(closed))
        self.closed = closed.drift_id
        before = Beat(FREE, MASTODON)
        self._beats.keep([(before, Beat(FREE, MASTODON, fault="No keys.", since=at))])

    def _found(self, value: str) -> Drift:
        at, mark = self._force.stack.clock.now(), mark_of(Kind.POST, value)
        name = drift_name(FREE, X, mark, at)
        drift = Drift(name, FREE, X, Kind.POST, mark, LeafId(""), at, at - timedelta(hours=1))
        before = self._beats.several([(FREE, X)])[FREE, X]
        after = Beat(FREE, X, at, at, drifts={**before.drifts, mark: name})
        act = act_on_drift(drift, Drifted.FOUND, at, personal=WORDS)
        return self._kept.find(drift, act, before, after)


def drift_examples(drifting: Drifting, sent: Any, refusals: Any) -> dict[str, Any]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    officer, auditor, comms = OFFICER.person_id, AUDITOR.person_id, COMMS.person_id
    one, nowhere = f"{DRIFTS}/{drifting.open}", f"{DRIFTS}/{NOWHERE}"
    closed, take, shut = f"{DRIFTS}/{drifting.closed}", "acknowledge", "close"
    wish = {"cause": "stranger", "why": "Somebody had the password."}
    return {
        "listDrifts": {
            200: sent(DRIFTS, who=auditor),
            401: sent(DRIFTS, who=""),
            422: sent(DRIFTS, query="cursor=zzz", who=comms),
        },
        "getDrift": {
            200: sent(closed, who=auditor),
            401: sent(one, who=""),
            404: sent(nowhere, who=auditor),
        },
        "acknowledgeDrift": {
            200: sent(f"{DRIFTS}/{drifting.new}/{take}", {}, comms),
            401: sent(f"{one}/{take}", {}, ""),
            403: sent(f"{one}/{take}", {}, officer),
            404: sent(f"{nowhere}/{take}", {}, comms),
            409: sent(f"{closed}/{take}", {}, comms),
        },
        "closeDrift": {
            **refusals(f"{one}/{shut}", comms),
            200: sent(f"{one}/{shut}", wish, comms),
            403: sent(f"{one}/{shut}", wish, officer),
            404: sent(f"{nowhere}/{shut}", wish, comms),
            409: sent(f"{closed}/{shut}", wish, comms),
        },
    }
