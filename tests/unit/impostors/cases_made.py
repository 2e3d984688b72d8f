"""A case of an impostor, and a step into each state."""

from dataclasses import replace

from shared.impostors.case import SENT, Case, CaseState, Source, Step
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from tests.builders import NOW

TODAY = NOW.date()
WHO = PersonId("comms-ray")
CASE = Case(
    case_id="c" * 32,
    account=AccountId("leek-npt"),
    platform=PlatformName("x"),
    source=Source.SEARCH,
    found_at=NOW,
    reason="It could be taken for Leek NPT (leekpolice).",
    leaf=LeafId("leaf"),
)
STEPS = {
    state: Step(
        state,
        NOW,
        WHO,
        "It has our crest.",
        **(
            {"where": "https://report.example/form", "on": TODAY, "reference": "R-17"}
            if state in SENT
            else {}
        ),
    )
    for state in CaseState
    if state is not CaseState.FOUND
}


def in_state(state: CaseState) -> Case:
    """A case that is there."""
    return CASE if state is CaseState.FOUND else replace(CASE, steps=(STEPS[state],))
