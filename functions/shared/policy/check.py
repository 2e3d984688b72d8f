"""The policy check: every rule reads the candidate, and the verdict is what they found."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from shared.policy.errors import NoRulesError
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.rules import RULES, Rule
from shared.policy.verdict import Candidate, Finding, Verdict

MOST_FINDINGS = 25
"""Of one rule on one post: nobody reads more, and a hostile text could hold thousands."""


def check(candidate: Candidate, pack: Pack, rules: Sequence[Rule] = RULES) -> Verdict:
    """What the rules find in a candidate, wording by wording, in the order of their
    words."""
    if not rules:
        raise NoRulesError
    found: list[Finding] = []
    said: set[tuple[str, str]] = set()
    for number, wording in enumerate(candidate.each()):
        further = number > 0 and candidate.others[number - 1].further
        for one in _found(Reading(wording), pack, rules):
            whole = one.end - one.start == len(wording.text)
            named = (one.rule, one.message if whole else wording.text[one.start : one.end])
            # A thread is told once what is about all of it, and once what one of its parts says.
            if named in said and (wording.joined or (further and whole)):
                continue
            found.append(replace(one, wording=number))
            said.add(named)
    return Verdict(tuple(found), pack.policy_version)


def _found(reading: Reading, pack: Pack, rules: Sequence[Rule]) -> list[Finding]:
    found = [one for rule in rules for one in islice(rule(reading, pack), MOST_FINDINGS)]
    return sorted(found, key=lambda one: one.start)
