"""The policy check: every rule reads the candidate, and the verdict is what they found."""

from collections.abc import Sequence
from itertools import islice

from shared.policy.errors import NoRulesError
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.rules import RULES, Rule
from shared.policy.verdict import Candidate, Verdict

MOST_FINDINGS = 25
"""Of one rule on one post: nobody reads more, and a hostile text could hold thousands."""


def check(candidate: Candidate, pack: Pack, rules: Sequence[Rule] = RULES) -> Verdict:
    """What the rules find in a candidate, in the order of its words."""
    if not rules:
        raise NoRulesError
    reading = Reading(candidate)
    found = [one for rule in rules for one in islice(rule(reading, pack), MOST_FINDINGS)]
    found.sort(key=lambda one: one.start)
    return Verdict(tuple(found), pack.policy_version)
