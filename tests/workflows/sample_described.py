"""Dip samples in every state that the description of the API tells of."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from local.force import AUDITOR, COMMS, OFFICER, STANDARDS
from shared.months.logslice import Cut
from shared.months.month import Month
from shared.posts.names import AccountId, PostId
from shared.records.sample_acts import act_of_draw
from shared.records.samples import Samples
from shared.samples.draw import Lot
from shared.samples.sample import (
    HEARD,
    Done,
    Drawn,
    FollowUp,
    Judgement,
    Means,
    Sample,
    Verdict,
    follow_up,
    look_at,
)
from tests.workflows.force import FREE

SAMPLES, NOWHERE = "/v1/samples", "2020-01-nobody"
RULE = "share=10,least=2,most=10"


class Sampling:
    """A force of which one sample is to be looked at, one to be followed up, and one is done."""

    def __init__(self, force: Any) -> None:
        self._at = force.stack.clock.now()
        self._kept = Samples(force.stack.tables, force.pen)
        self.until = (self._at + timedelta(days=14)).date()
        self.wanted = FollowUp(Means.TRAINING, OFFICER.person_id, self.until)
        minor = Judgement(Verdict.MINOR, "Too long.", STANDARDS.person_id, self._at, self.wanted)
        looked = look_at(self._sample(3), 1, minor)
        done = look_at(self._sample(4), 1, replace(minor, verdict=Verdict.SERIOUS))
        done = follow_up(done, 1, Done(COMMS.person_id, self._at + HEARD, "They were taught."))
        kept = map(self._drawn, (self._sample(2), looked, done))
        self.open, self.to_do, self.done = (each.sample_id for each in kept)

    def _sample(self, number: int) -> Sample:
        posts = (Drawn(1, PostId(f"{number:026}"), 1, frozenset({OFFICER.person_id})),)
        return Sample(AccountId(FREE), f"2025-{number:02}", self._at, 7, RULE, posts)

    def _drawn(self, sample: Sample) -> Sample:
        lot = Lot("force.example/record-log", Month(2025, 1), Cut(7, bytes(32)), sample.account)
        self._kept.draw(sample, act_of_draw(sample, lot, [each.name for each in sample.posts]))
        return sample


def sample_examples(sampling: Sampling, sent: Any, refusals: Any) -> dict[str, Any]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    auditor, comms, officer = AUDITOR.person_id, COMMS.person_id, OFFICER.person_id
    one, nowhere = f"{SAMPLES}/{sampling.open}", f"{SAMPLES}/{NOWHERE}"
    judge, do = f"{one}/verdicts", f"{SAMPLES}/{sampling.to_do}/follow-ups"
    training = {"means": "training", "who": officer, "until": sampling.until.isoformat()}
    verdict = {"post": 1, "verdict": "serious", "reason": "A joke.", **training}
    done = {"post": 1, "note": "They were taught."}
    return {
        "listSamples": {
            200: sent(SAMPLES, who=auditor),
            401: sent(SAMPLES, who=""),
            403: sent(SAMPLES, who=officer),
            422: sent(SAMPLES, query="cursor=zzz", who=comms),
        },
        "getSample": {
            200: sent(f"{SAMPLES}/{sampling.done}", who=auditor),
            401: sent(one, who=""),
            403: sent(one, who=officer),
            404: sent(nowhere, who=auditor),
        },
        "judgeSample": {
            **refusals(judge, comms),
            200: sent(judge, verdict, STANDARDS.person_id),
            403: sent(judge, verdict, auditor),
            404: sent(f"{nowhere}/verdicts", verdict, comms),
            409: sent(f"{SAMPLES}/{sampling.done}/verdicts", verdict, comms),
        },
        "followUpSample": {
            **refusals(do, comms),
            200: sent(do, done, comms),
            403: sent(do, done, auditor),
            404: sent(f"{nowhere}/follow-ups", done, comms),
            409: sent(f"{SAMPLES}/{sampling.done}/follow-ups", done, comms),
        },
    }
