"""A post that is due when the keys of one of its platforms will have ended: advice for whoever
writes it and for comms. No rule of words: it is found in the registry, beside the policy.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shared.policy.verdict import Finding, Severity, Verdict
from shared.posts.capabilities import TITLES
from shared.posts.content import Draft
from shared.posts.localtime import day_text
from shared.posts.names import PlatformName

RULE = "keys-end"
SOURCE = "P03, force training, Proactive reassurance using social media"


def with_ending_keys(
    verdict: Verdict, draft: Draft, ends: Mapping[PlatformName, datetime]
) -> Verdict:
    """The verdict, advising where the post is due after its platform's keys end (`ends`, by
    platform, of those whose end is known). Advice decides nothing: new keys are on their way."""
    due = draft.not_before
    late = [name for name in draft.platforms if name in ends and due and due >= ends[name]]
    if not late:
        return verdict
    said = "; ".join(f"{TITLES.get(name, name)} on {day_text(ends[name])}" for name in late)
    found = Finding(
        rule=RULE,
        severity=Severity.ADVISE,
        start=0,
        end=len(draft.text),
        message=f"The account's keys end before this post is due: {said}.",
        suggestion="The web team is told two weeks before. Make sure that they set new ones.",
        source=SOURCE,
    )
    return replace(verdict, findings=(*verdict.findings, found))
